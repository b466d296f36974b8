"""What `migrate --write` keeps and refuses, and files that are not text."""

import os
import socket
import stat

import pytest

from tfsoftmax_compat._runtime.files import ChangedError, write_atomically
from tfsoftmax_compat.tools import writing
from tfsoftmax_compat.tools.migrate import files

TF1 = "import tensorflow as tf\ny = tf.nn.softmax(x, dim=1)\n"
NATIVE = TF1.replace("dim", "axis")
WRITE = ("migrate", "--write", "--to", "native")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "project" / "a.py"
    path.parent.mkdir()
    path.write_text(TF1)
    return path


def test_edit_made_meanwhile_is_not_lost(run, file, monkeypatch):
    """The file is compared just before it is replaced."""
    refusal = writing._refusal

    def edit(*arguments):
        file.write_text(TF1 + "# more\n")
        return refusal(*arguments)

    monkeypatch.setattr(writing, "_refusal", edit)
    status, out, err = run(*WRITE, "project")
    assert (status, out) == (1, "")
    assert "another program has changed it" in err
    assert file.read_text() == TF1 + "# more\n"
    assert os.listdir(file.parent) == ["a.py"]


def test_file_that_is_gone_meanwhile(file):
    with pytest.raises(ChangedError):
        write_atomically(str(file), b"new", expected=b"old")
    file.unlink()
    with pytest.raises(ChangedError):
        write_atomically(str(file), b"new", expected=b"old")
    assert os.listdir(file.parent) == []


def test_read_only_file(run, file):
    """For the superuser too."""
    file.chmod(0o444)
    status, out, err = run(*WRITE, "project")
    assert (status, out) == (1, "")
    assert "not written: it is read-only" in err
    assert file.read_text() == TF1


def test_hard_links(run, file, tmp_path):
    os.link(file, tmp_path / "other.py")
    status, _, err = run(*WRITE, "project")
    assert status == 1
    assert "it has 2 hard links" in err
    assert file.read_text() == TF1


@pytest.mark.parametrize("named", ["links", "links/link.py"])
def test_link_that_leads_outside(run, file, tmp_path, named):
    """It is not written unless the folder that it leads to is named."""
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "link.py").symlink_to(file)
    status, _, err = run(*WRITE, named)
    assert status == 1
    assert "leads outside" in err and str(file) in err
    assert file.read_text() == TF1
    assert run(*WRITE, named, "project")[0] == 0
    assert file.read_text() == NATIVE
    assert (tmp_path / "links" / "link.py").is_symlink()


def test_folder_that_is_a_link(run, file, tmp_path):
    """The files in the linked folder count as inside."""
    (tmp_path / "link").symlink_to(file.parent)
    assert run(*WRITE, "link")[0] == 0
    assert file.read_text() == NATIVE


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="this system has no extended attributes")
def test_extended_attributes_stay(run, file):
    try:
        os.setxattr(file, "user.origin", b"here")
    except OSError as error:
        pytest.skip(f"this file system has no extended attributes: {error}")
    assert run(*WRITE, "project")[0] == 0
    assert file.read_text() == NATIVE
    assert os.getxattr(file, "user.origin") == b"here"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only the superuser can give files away")
def test_owner_stays(run, file):
    os.chown(file, 12345, 23456)
    file.chmod(0o640)
    assert run(*WRITE, "project")[0] == 0
    status = file.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 23456, 0o640)


def test_owner_that_can_not_stay(run, file, monkeypatch):
    """The file is refused."""

    def chown(*arguments):
        raise PermissionError(1, "Operation not permitted")

    mine = os.stat

    def of_another(path, *arguments, **options):
        found = list(mine(path, *arguments, **options))
        found[4] += str(path).endswith("a.py")
        return os.stat_result(found)

    monkeypatch.setattr(os, "chown", chown)
    monkeypatch.setattr(os, "stat", of_another)
    with pytest.raises(PermissionError):
        write_atomically(str(file), b"new")
    assert file.read_text() == TF1
    assert os.listdir(file.parent) == ["a.py"]


def test_pipe_is_written_to_and_stays(tmp_path):
    """A device that was replaced by a file would be lost for all programs."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(str(pipe), b"new")
    assert os.read(reading, 10) == b"new"
    os.close(reading)
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)


def test_what_is_no_regular_file(run, tmp_path):
    """It is named, and neither waited for nor read."""
    os.mkfifo(tmp_path / "pipe.py")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "zero.py").symlink_to("/dev/zero")
    server = socket.socket(socket.AF_UNIX)
    server.bind("socket.py")
    server.close()
    (tmp_path / "z.py").write_text(TF1)
    status, out, _ = run("check", "--jobs", "1")
    assert status == 1
    for name in ("pipe.py", "pipe.md", "zero.py", "socket.py"):
        assert f"{name}:1:1: TFS000 skipped: it is not a regular file\n" in out
    assert "z.py:2:5: TFS102" in out


def test_files_that_are_too_large(run, tmp_path):
    with open(tmp_path / "a.ipynb", "wb") as file:
        file.truncate(200_000_001)
    (tmp_path / "b.py").write_bytes(TF1.encode() + b"#" * 10_000_000)
    (tmp_path / "c.py").write_bytes(b"#" * 10_000_001)
    assert run("check")[1].splitlines() == [
        "a.ipynb:1:1: TFS000 skipped: it is larger than 200 MB",
        "b.py:1:1: TFS000 skipped: it is larger than 10 MB, the most that is parsed",
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["a.py", "a.md"])
def test_file_in_utf_16(run, tmp_path, encoding, name):
    """It is named: its words are not those of the bytes."""
    (tmp_path / name).write_bytes(TF1.encode(encoding))
    status, out, _ = run("check")
    assert status == 1
    assert out.startswith(f"{name}:1:1: TFS000") and "convert it to UTF-8" in out
    (tmp_path / name).write_bytes("x = 1\n".encode(encoding))
    assert run("check")[0] == 0


@pytest.mark.parametrize("encoding", ["undefined", "hex", "rot13", "punycode", "idna", "mbcs", "base64", "\u00e9"])
def test_declared_encodings(run, tmp_path, encoding):
    """Each is reported in one sentence, and the other files are processed."""
    (tmp_path / "a.py").write_bytes(f"# coding: {encoding}\n{TF1}".encode())
    (tmp_path / "b.py").write_text(TF1)
    for words in (["check"], WRITE):
        status, out, err = run(*words)
        said = [line for line in (out + err).splitlines() if line.startswith("a.py")]
        assert len(said) == 1
        assert "please report" not in said[0]
        assert "b.py" in out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_fault_in_one_file(run, tmp_path, monkeypatch, jobs):
    """It is a finding of that file, which says that it is a fault of the tool, and the rest goes on."""
    read = files.read_bytes

    def failing(path):
        if path == "a.py":
            raise KeyError("surprise")
        return read(path)

    monkeypatch.setattr(files, "read_bytes", failing)
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text(TF1)
    status, out, _ = run("check", "--jobs", jobs)
    assert status == 1
    first, second = out.splitlines()
    assert first.startswith("a.py:1:1: TFS000 skipped: a fault of tfsoftmax-compat, please report it: KeyError")
    assert second.startswith("b.py:2:5: TFS102")
