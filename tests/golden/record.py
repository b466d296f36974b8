"""Record the golden values on the real releases: ``tox -e record``, or ``tox -e record -- 1.15 2.21`` for some.

Each release has a file, ``tf-<release>.json``, with the values that it computes by default and with oneDNN's kernels
off. If neither the release nor the machine has changed, a new recording is the same to the byte.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tfsoftmax_compat.tools.verify.environments import NoEnvironmentError, python_with
from tfsoftmax_compat.tools.verify.releases import RELEASES, Release

HERE = Path(__file__).parent
SETTINGS = {"as it comes": {}, "oneDNN off": {"TF_ENABLE_ONEDNN_OPTS": "0"}}


def values(python: str, variables: dict[str, str]) -> dict:
    """Return what values.py prints in that interpreter."""
    environment = {name: value for name, value in os.environ.items() if name != "TF_ENABLE_ONEDNN_OPTS"}
    completed = subprocess.run(
        [python, str(HERE / "values.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**environment, **variables},
    )
    if completed.returncode:
        sys.exit(f"{python}: values.py failed:\n{completed.stderr.decode(errors='replace')}")
    return json.loads(completed.stdout)


def record(release: Release) -> None:
    """Write the file of one release completely or not at all."""
    python = python_with(release)
    recorded = {setting: values(python, variables) for setting, variables in SETTINGS.items()}
    with tempfile.NamedTemporaryFile("w", dir=HERE, suffix=".tmp", delete=False) as file:
        file.write(json.dumps(recorded, indent=1, sort_keys=True) + "\n")
    os.chmod(file.name, 0o644)
    os.replace(file.name, HERE / f"tf-{release.name}.json")
    print(f"TensorFlow {release.name}: recorded", flush=True)


def main(names: list[str]) -> int:
    """Record the releases named, or all; return 1 if a release could not be installed."""
    unknown = [name for name in names if name not in RELEASES]
    if unknown:
        print(f"no such release: {', '.join(unknown)}; there are {', '.join(RELEASES)}", file=sys.stderr)
        return 2
    missing = 0
    for name in names or RELEASES:
        try:
            record(RELEASES[name])
        except NoEnvironmentError as error:
            print(error, file=sys.stderr)
            missing = 1
    return missing


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
