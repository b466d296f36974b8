"""Measure the cost of `verify` in addition to the import of TensorFlow, in the interpreter that runs this file.

    python benchmarks/verify.py

The commands are timed as whole processes, which take turns; the best run of each counts. The examples in the documents
take almost no time, so the ratio shows what the tool adds. Memory is the peak of the tool's own process, which does not
import TensorFlow.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
DOCUMENT = """\
```python
import tensorflow as tf

print(tf.nn.softmax([1.0, 1.0]).numpy())
# output
# [0.5 0.5]
```
"""
IMPORT = [sys.executable, "-c", "import tensorflow"]
HELP = [sys.executable, "-m", "tfsoftmax_compat", "--help"]
MEMORY = (
    "import resource, sys; from tfsoftmax_compat.tools import cli; status = cli.main(sys.argv[1:]); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr); sys.exit(status)"
)


def main() -> None:
    """Measure, and print a table in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder, "one"), Path(folder, "many")
        for target, count in ((one, 1), (many, 20)):
            target.mkdir()
            for number in range(count):
                (target / f"{number}.md").write_text(DOCUMENT)
        verify = [sys.executable, "-c", MEMORY, "verify"]
        commands = {
            "import tensorflow": IMPORT,
            "verify, one document": [*verify, str(one)],
            "verify, 20 documents": [*verify, str(many)],
            "--help": HELP,
        }
        best = dict.fromkeys(commands, float("inf"))
        memory = {}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                started = time.perf_counter()
                completed = subprocess.run(command, capture_output=True, text=True, check=True)
                best[name] = min(best[name], time.perf_counter() - started)
                if command[:3] == verify[:3]:
                    memory[name] = completed.stderr.split()[-1] + " MB"
    print("| command | seconds | of the import's time | peak memory of the tool |\n|---|---|---|---|")
    for name, seconds in best.items():
        ratio = f"{seconds / best['import tensorflow']:.2f}"
        print(f"| {name} | {seconds:.2f} | {ratio} | {memory.get(name, '')} |")


if __name__ == "__main__":
    main()
