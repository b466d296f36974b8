"""Measure how much faster `tfsoftmax-compat` is than `tf_upgrade_v2`, on a generated tree as large as tensor2tensor.

    python benchmarks/migrate.py --upgrade-script /path/to/tf_upgrade_v2 [--jobs N]

The tree has 450 files with about 140,000 lines; 60 of the files have softmax calls. The times are those of whole
processes, including their start. The best run of each program counts.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILES, CONCERNED, FUNCTIONS_A_FILE = 450, 60, 26
HEADER = '"""Module %d."""\nimport numpy as np\nimport tensorflow as tf\n\n'
FUNCTION = '''
def layer_%d(inputs, hparams, name=None):
  """A layer: some arithmetic, a variable and a comment or two."""
  with tf.variable_scope(name, default_name="layer", values=[inputs]):
    shape = inputs.get_shape().as_list()
    # The kernel is shared.
    kernel = tf.get_variable("kernel", [shape[-1], hparams.hidden_size])
    outputs = tf.matmul(inputs, kernel)
    if hparams.dropout > 0.0:
      outputs = tf.nn.dropout(outputs, 1.0 - hparams.dropout)
    return tf.reshape(outputs, [-1, hparams.hidden_size])
'''
SITES = """
def loss_%d(labels, logits):
  weights = tf.nn.softmax(logits, dim=1)
  return weights, tf.nn.softmax_cross_entropy_with_logits(
      logits=logits, labels=labels)
"""


def write_tree(folder: Path) -> int:
    """Write the tree, and return its number of lines."""
    lines = 0
    for number in range(FILES):
        text = HEADER % number + "".join(FUNCTION % n for n in range(FUNCTIONS_A_FILE))
        if number < CONCERNED:
            text += SITES % number
        lines += text.count("\n")
        (folder / ("module_%03d.py" % number)).write_text(text)
    return lines


def seconds(command: list[str], runs: int) -> float:
    """Return the shortest wall time of `runs` runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        finished = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        times.append(time.perf_counter() - start)
        if finished.returncode not in (0, 1):
            sys.exit("%s failed:\n%s" % (command[0], finished.stderr[-1000:]))
    return min(times)


def main() -> None:
    """Time both and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--upgrade-script", default="tf_upgrade_v2", help="an installed tf_upgrade_v2")
    parser.add_argument("--jobs", default="1", help="for tfsoftmax-compat")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        tree = Path(temporary, "tree")
        tree.mkdir()
        print("%d files, %d lines, %d concerned" % (FILES, write_tree(tree), CONCERNED))
        ours = [sys.executable, "-m", "tfsoftmax_compat"]
        check = seconds([*ours, "check", "--jobs", arguments.jobs, str(tree)], 3)
        migrate = seconds([*ours, "migrate", "--jobs", arguments.jobs, str(tree)], 3)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        theirs = [arguments.upgrade_script, "--intree", str(tree), "--outtree", str(Path(temporary, "out"))]
        upgrade = seconds([*theirs, "--reportfile", str(Path(temporary, "report.txt"))], 1)
    print("tf_upgrade_v2 %.2f s" % upgrade)
    print("check         %.2f s, %.0f times as fast, at most %.0f MB" % (check, upgrade / check, memory))
    print("migrate       %.2f s, %.0f times as fast" % (migrate, upgrade / migrate))


if __name__ == "__main__":
    main()
