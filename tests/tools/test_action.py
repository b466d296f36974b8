"""action.yml: its steps, run as GitHub runs them, with an environment that stands in for the one they install."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
CALL = "import tensorflow as tf\nloss = tf.nn.softmax_cross_entropy_with_logits(None, y, x)\n"


@pytest.fixture
def run(tmp_path):
    """Return a function that runs the step of an identifier in `tmp_path`, with inputs in place of their defaults."""
    program = tmp_path / "temp" / "tfsoftmax-compat" / "bin" / "tfsoftmax-compat"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "$RUNNER_TEMP/arguments"\n{stand_in()} "$@"\n')
    program.chmod(0o755)
    output = tmp_path / "output"

    def run(**given):
        inputs = {name: str(each["default"]) for name, each in ACTION["inputs"].items()}
        assert set(given) <= set(inputs)
        (step,) = [step for step in ACTION["runs"]["steps"] if step.get("id") == "run"]
        variables = {name: of_input(text, {**inputs, **given}) for name, text in step["env"].items()}
        places = {"RUNNER_TEMP": str(tmp_path / "temp"), "GITHUB_OUTPUT": str(output)}
        output.write_text("")
        completed = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **places, **variables},
            capture_output=True,
            text=True,
        )
        outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return completed, outputs, (tmp_path / "temp" / "arguments").read_text().splitlines()

    return run


def stand_in():
    """The command of this interpreter. `verify` uses the TensorFlow of this interpreter for any ``--tf VERSION``."""
    program = (
        "import sys; from tfsoftmax_compat.tools import cli; a = sys.argv[1:]; "
        "i = a.index('--tf') if '--tf' in a else None; "
        "sys.exit(cli.main(a if i is None else a[:i] + a[i + 2:]))"
    )
    return f'"{sys.executable}" -c "{program}"'


def of_input(text, inputs):
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: inputs[match[1]], text)


def test_check_annotates_and_writes_sarif(run, tmp_path):
    (tmp_path / "train.py").write_text(CALL)
    completed, outputs, _ = run(command="check", paths="train.py", format="sarif")
    assert completed.returncode == 1, completed.stderr
    assert "::warning file=train.py,line=2" in completed.stdout
    (log,) = json.loads(Path(outputs["report"]).read_text())["runs"]
    assert {"TFS101", "TFS103"} <= {result["ruleId"] for result in log["results"]}


def test_verify_passes_its_inputs_on(run, tmp_path):
    (tmp_path / "good.md").write_text("```python\nprint(0.5)\n# output\n# 0.5\n```\n")
    completed, outputs, arguments = run(paths="good.md", tf="1.15,2.21", mode="eager", shard="1/1", format="json")
    assert completed.returncode == 0, completed.stdout + completed.stderr
    assert arguments[:7] == ["verify", "--tf", "1.15,2.21", "--mode", "eager", "--shard", "1/1"]
    assert json.loads(Path(outputs["report"]).read_text())
    assert outputs["name"] == "tfsoftmax-compat-verify-1.15-2.21-1-1"


def test_without_paths_the_configuration_file_says_which(run, tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.tfsoftmax-compat.check]\npaths = ["old"]\n')
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "train.py").write_text(CALL)
    (tmp_path / "other.py").write_text(CALL)
    completed, outputs, _ = run(command="check")
    assert "old/train.py" in completed.stdout and "other.py" not in completed.stdout
    assert outputs == {}


@pytest.mark.parametrize("paths", ["$(touch made)", "`touch made`", "; touch made", "*.md", "--output made"])
def test_text_in_inputs_is_not_run(run, tmp_path, paths):
    (tmp_path / "train.md").write_text("text")
    completed, _, arguments = run(command="check", paths=paths)
    assert completed.returncode == 2
    assert arguments[-len(paths.split()) :] == paths.split()
    assert not (tmp_path / "made").exists()


def test_wrong_usage_is_not_tried_twice(run):
    completed, outputs, _ = run(command="check", paths="no-such-file", format="sarif")
    assert completed.returncode == 2
    assert outputs == {}


def test_the_page_lists_the_inputs():
    page = (ROOT / "docs" / "how-to" / "github.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \|.*\| (?:`(.*)`|.*) \|$", page, flags=re.MULTILINE)
    assert [name for name, _ in listed] == list(ACTION["inputs"])
    shown = {name: default for name, default in listed if default}
    assert shown == {name: str(each["default"]) for name, each in ACTION["inputs"].items() if each["default"]}
