"""Files of golden values that several processes update."""

import json
import os
import threading

import pytest

from tfsoftmax_compat.golden import records
from tfsoftmax_compat.worker import provenance

fcntl = pytest.importorskip("fcntl")

VALUES = {"number": {"dtype": "int64", "shape": [], "elements": [1]}}


@pytest.fixture
def origin():
    return provenance.of_this_process()


def test_an_update_waits_for_another_and_keeps_what_it_recorded(tmp_path, origin):
    path = str(tmp_path / "golden" / "test_it.json")
    records.update(path, {"test_first": VALUES}, origin)
    other = os.open(os.path.dirname(path), os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)  # as another process while it updates the file
    thread = threading.Thread(target=records.update, args=(path, {"test_third": VALUES}, origin))
    thread.start()
    thread.join(0.5)
    assert thread.is_alive()
    with open(path) as file:
        content = json.load(file)
    content["tests"]["test_second"] = content["tests"]["test_first"]
    with open(path, "w") as file:
        json.dump(content, file)
    os.close(other)
    thread.join(30)
    assert sorted(records.read(path)) == ["test_first", "test_second", "test_third"]


def test_several_first_recordings_at_once_are_all_kept(tmp_path, origin):
    path = str(tmp_path / "golden" / "test_it.json")
    names = ["test_%d" % number for number in range(20)]
    threads = [threading.Thread(target=records.update, args=(path, {name: VALUES}, origin)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(records.read(path)) == sorted(names)
    assert os.listdir(os.path.dirname(path)) == ["test_it.json"]
