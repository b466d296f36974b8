"""Why an example that fails says nothing about its document: it lacks what a reader of the document has."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tfsoftmax_compat.tools.documents import Example
from tfsoftmax_compat.tools.documents.code import bound_names, string_literals
from tfsoftmax_compat.tools.documents.names import undefined_name
from tfsoftmax_compat.tools.verify.comparison.judge import judge
from tfsoftmax_compat.tools.verify.results import EQUAL, EXACT, Outcome

MADE_BY_SHELL = "it needs what the shell command"

_MISSING_MODULE = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
_OFFLINE = re.compile(
    r"(?:[\w.]+\.)?(?:URLError|gaierror|ConnectionError|ConnectionRefusedError)\b|.*URL fetch failure"
)
_NEEDS_GRAPH_MODE = re.compile(r"tfsoftmax_compat\.[\w.]*\bGraphModeRequired\b")
_ASKS_FOR_INPUT = re.compile("EOFError: EOF when reading a line")
_NO_DEVICE = re.compile(r"Cannot assign a device for operation|Could not satisfy .*device|(?i:unknown device)")
_VERSION = re.compile(r"\b\d+(?:\.\d+)+(?:[-.]?(?:rc|dev|a|b|post|alpha|beta)\.?\d*)?(?:\+[\w.]+)?\b")
_ASKS_FOR_VERSION = re.compile(r"__version__|version|VERSION|platform\.")

_SHELL_COMMAND = re.compile(r"\s*pass  # !(.*)")
_SEVERAL_COMMANDS = re.compile(r"[|;&]+")
_SHORTEST_STEM = 3  # characters of a file's name without its suffix


class Told:
    """What a document tells its reader down to one of its examples."""

    def __init__(self, examples: Sequence[Example]) -> None:
        """Look through the examples for the names that they bind.

        Args:
          examples: those of a document that are run or exempted, in order.
        """
        # By scope and name, the numbers of the examples that bind it, and their lines in the document.
        self._binding: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._lines = [example.line for example in examples]
        self._number = -1  # of the example that is read
        self._commands: dict[str, int] = {}  # by the name of a file, the line of the shell command that names it
        for number, example in enumerate(examples):
            for name in bound_names(example.code):
                self._binding[example.scope, name].append(number)

    def read(self, example: Example) -> None:
        """Take note of the next example."""
        self._number += 1
        for number, line in enumerate(example.code.split("\n"), example.line):
            command = _SHELL_COMMAND.match(line)
            for name in _files_in_command(command[1]) if command else ():
                self._commands.setdefault(name, number)

    def missing(self, example: Example, outcome: Outcome) -> str:
        """Return what the reader has and the example lacks, if its error says so; "" for any other error."""
        error = outcome.error or ""
        name = undefined_name(error)
        if name is not None and name in outcome.missing:
            return needs_module(outcome.missing[name])
        if name is not None:
            return self._undefined(self._binding.get((example.scope, name), []), name)
        module = _MISSING_MODULE.match(error)
        if module and module[1].partition(".")[0] not in ("tensorflow", "tfsoftmax_compat"):
            return needs_module(module[1])
        if _NEEDS_GRAPH_MODE.match(error):
            return "it needs graph mode"
        if _ASKS_FOR_INPUT.match(error):
            return "it asks for input"
        if _NO_DEVICE.search(error):
            return "it needs a device that this machine does not have"
        return "it needs the network" if _OFFLINE.match(error) else ""

    def _undefined(self, binding: Sequence[int], name: str) -> str:
        """Return that the document does not define a name so far; "" where it does, or the example itself is to.

        Args:
          binding: the numbers of the examples that bind it, in order.
          name: the name.
        """
        if not binding:
            return f"the document does not define `{name}`"
        later = binding[bisect_right(binding, self._number) :]
        if binding[0] < self._number or not later:
            return ""
        return f"the document does not define `{name}` before line {self._lines[later[0]]}"

    def made_by_shell(self, example: Example) -> str:
        """Return which shell command makes a file that the example names; "" if none does.

        The commands of a document are not run: ``!wget https://example.com/data.csv``.
        """
        for literal in string_literals(example.code) if self._commands else ():
            for part in literal.split("/"):
                for name in _names_of_file(part):
                    if name in self._commands:
                        return f"{MADE_BY_SHELL} on line {self._commands[name]} makes"
        return ""


def needs_module(module: str) -> str:
    """Say that a module is not installed."""
    return f"it needs the module `{module}`, which this interpreter does not have"


def only_versions_differ(example: Example, documented: str, measured: str) -> str:
    """Return the versions that an output documents, where the code asks for versions and nothing else differs."""
    if not _ASKS_FOR_VERSION.search(example.code):
        return ""
    if judge(_VERSION.sub("version", documented), _VERSION.sub("version", measured), 0).status not in (EXACT, EQUAL):
        return ""
    return ", ".join(dict.fromkeys(_VERSION.findall(documented)))


def _files_in_command(line: str) -> Iterator[str]:
    """Yield the names of the files and folders that the arguments of a shell's commands name."""
    for command in _SEVERAL_COMMANDS.split(line):
        for word in command.split()[1:]:
            option, equals, value = word.strip("'\"").rpartition("=")
            if not option.startswith("-") and equals:
                value = f"{option}={value}"
            if not value.startswith("-"):
                yield from _names_of_file(value.partition("?")[0].rstrip("/").rpartition("/")[2])


def _names_of_file(name: str) -> Iterator[str]:
    """Yield the name of a file, and without its suffix: ``data.zip`` is unpacked to ``data``."""
    stem, dot, _ = name.partition(".")
    if dot and stem:
        yield name
    if len(stem) >= _SHORTEST_STEM:
        yield stem
