"""What the tests of the command line share."""

import argparse

import pytest

from tfsoftmax_compat.tools.migrate import command


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Return a function that runs a command in an empty folder and returns its status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*words, options=("--quiet",)):
        parser = argparse.ArgumentParser()
        command.add_parsers(parser.add_subparsers(required=True))
        arguments = parser.parse_args([*words, *options])
        status = arguments.run(arguments)
        return (status, *capsys.readouterr())

    return run
