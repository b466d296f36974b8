"""Files read in several processes, of which one may be ended by the system."""

import os
import signal

import pytest

from tfsoftmax_compat.tools.migrate.files import FileResult
from tfsoftmax_compat.tools.migrate.processes import results_in_processes


def work(path):
    if path.startswith("kills"):
        os.kill(os.getpid(), signal.SIGKILL)
    return None if path.startswith("empty") else FileResult(path)


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("where", [(), (0,), (5,), (23,), (0, 1, 2, 23)], ids=str)
def test_a_process_that_is_ended_loses_its_file_only(jobs, where):
    paths = [f"file{n}" for n in range(24)]
    for index in where:
        paths[index] = f"kills{index}"
    paths[10] = "empty"
    results = list(results_in_processes(work, paths, jobs))
    assert [result and result.path for result in results] == [None if p == "empty" else p for p in paths]
    lost = {result.path: result.findings[0].message for result in results if result and result.findings}
    assert lost.keys() == {paths[index] for index in where}
    assert all("the process that read it was ended" in message for message in lost.values())
