"""What a static type checker sees of the package from outside."""

import pytest

api = pytest.importorskip("mypy.api")  # `tox -e tools` has it


def test_a_type_checker_sees_their_signatures(tmp_path):
    (tmp_path / "user.py").write_text(
        "from tfsoftmax_compat import nn\n"
        "nn.softmax([1.0], axis=0)\n"
        "nn.softmax_cross_entropy_with_logits_v2([1.0], [1.0], dim=-1)\n"
        "nn.softmax([1.0], axes=0)\n"
        "nn.softmax_cross_entropy_with_logits_v2([1.0])\n"
        "nn.softmax_cross_entropy_with_logits([1.0], [1.0])\n"
    )
    said, _, _ = api.run(
        [str(tmp_path / "user.py"), "--ignore-missing-imports", "--cache-dir", str(tmp_path / "cache")]
    )
    assert [int(line.split(":")[1]) for line in said.splitlines() if " error: " in line] == [4, 5, 6]
