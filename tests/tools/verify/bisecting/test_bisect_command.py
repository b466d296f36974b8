"""``verify --bisect`` on real releases: those whose environments the other tests use too."""

import re
import subprocess
from pathlib import Path

import pytest
from pythons import python_of

from tfsoftmax_compat.tools import cli

RELEASES = "1.5,1.15,2.10,2.21"
SUM = """\
```python
import tensorflow as tf
sess = tf.Session()
result = sess.run(tf.nn.softmax([1.0, 1.0, 2.0, 2.0, 2.0, 2.0]))
print(sum(result))
# output
# 1.0000000447034836
```
"""
PLANTED = """
```python
print(0.5 if hasattr(tf, "GradientTape") else 0.25)
# output
# 0.5
```
"""


@pytest.fixture(autouse=True)
def no_onednn(monkeypatch):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")


@pytest.fixture
def bisect(capsys):
    """In this process, in which the tests share interpreters."""

    for release in RELEASES.split(","):
        python_of(release)

    def bisect(target, *options):
        status = cli.main(["verify", "--bisect", str(target), *options])
        printed = capsys.readouterr()
        return subprocess.CompletedProcess(options, status, printed.out, printed.err)

    return bisect


def test_release_cause_and_package_are_named(bisect, tmp_path):
    path = tmp_path / "a.md"
    path.write_text(SUM + PLANTED)
    completed = bisect(path, "--tf", RELEASES)
    assert completed.returncode == 0, completed.stderr
    lines = [re.sub(r"(\d\.\d+)\.\d+", r"\1", line) for line in completed.stdout.splitlines()]
    assert "TensorFlow 2.10 (NumPy 1.26): line 2 as documented, line 11 as documented" in lines
    assert "4 of 4 releases were run" in lines
    place = f"{path}:2: as documented under TensorFlow 2.10 (NumPy 1.26), and not since TensorFlow 2.21 (NumPy 2.4)"
    start = lines.index(place)
    assert lines[start + 1 : start + 5] == [
        "   2.10 exact",
        "      1.0000000447034836",
        "   2.21 drift 0.38 ULP",
        "      1.0",
    ]
    assert lines[start + 5].startswith("  NumPy 2: sum() of float32 scalars stays float32; ")
    assert lines[start + 6] == "  TensorFlow 2.21 with NumPy 1.26: as documented; NumPy moved it"
    assert (
        f"{path}:11: as documented under TensorFlow 1.15 (NumPy 1.18), and not until TensorFlow 1.5 (NumPy 1.16)"
        in lines
    )


def test_random_numbers_of_a_seed_are_said(bisect, tmp_path):
    """TensorFlow 1.5 to 1.15 print this, and 2.10 and 2.21 other numbers from the same seed."""
    path = tmp_path / "a.md"
    code = "import tensorflow as tf\ntf.set_random_seed(1)\nprint(tf.Session().run(tf.random_normal([2])))"
    path.write_text(f"```python\n{code}\n# output\n# [-0.67086124  0.22357145]\n```\n")
    completed = bisect(path, "--tf", "1.15,2.10")
    assert completed.returncode == 0, completed.stderr
    assert completed.stdout.endswith(
        "\n  it draws random numbers from a seed, and a release may draw others from the same seed\n"
    )


@pytest.mark.parametrize(
    ("documented", "said"),
    [
        ("0.5", "a.md:2 is as documented under TensorFlow 1.15 and 2.21: there is nothing to bisect"),
        ("0.6", "a.md:2 is not as documented under TensorFlow 1.15 and 2.21: there is nothing to bisect"),
    ],
)
def test_ends_that_agree_are_said(bisect, tmp_path, documented, said):
    path = tmp_path / "a.md"
    path.write_text(f"```python\nprint(0.5)\n# output\n# {documented}\n```\n")
    completed = bisect(path, "--tf", "1.15,2.21")
    assert completed.returncode == 1
    assert f"2 of 2 releases were run\n{tmp_path}/{said}\n" in completed.stdout


@pytest.mark.parametrize(
    ("target", "options", "said"),
    [
        ("a.md", ["--tf", "1.15"], "--bisect needs two releases or more, for example --tf 1.15..2.21"),
        ("a.md:1", [], "a.md:1: there is no documented output at this line"),
        ("no.md", [], "no.md: "),
        ("a.md", ["b.md"], "--bisect names the one document, runs releases, and prints text; it takes no other PATH, "),
        ("a.md", ["--format", "json"], "--bisect names the one document, runs releases, and prints text; "),
    ],
)
def test_wrong_usage_is_a_sentence(bisect, tmp_path, monkeypatch, target, options, said):
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(SUM)
    completed = bisect(target, *options)
    assert (completed.returncode, completed.stdout) == (2, "")
    assert completed.stderr.startswith(f"tfsoftmax-compat: {said}")
