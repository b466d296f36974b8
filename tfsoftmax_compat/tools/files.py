"""Find the files to read: those that are named, and in folders those with a known suffix."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pathspec import GitIgnoreSpec, Pattern

_FOLDERS_BELOW = re.compile(r"(?<![^/])\*\*/(?=\s*$)")


def _raise(error: OSError) -> None:
    raise error


def find_files(
    paths: Sequence[str], suffixes: tuple[str, ...], on_error: Callable[[OSError], None] = _raise
) -> Iterator[str]:
    """Find the files to read, in order and each once.

    In a folder, these are skipped: what its `.gitignore` files exclude, with those of the folders above it up to the
    root of the git repository; hidden folders, virtual environments and `__pycache__`. A file or a folder that is
    named is never skipped.

    Args:
      paths: files, which are found whatever their suffix and whether they exist or not, and folders.
      suffixes: the suffixes of the files to find in folders, in lower case: ``(".md", ".rst")``.
      on_error: called with the error for each folder or `.gitignore` file that cannot be read. `error.filename` is its
        path and `error.strerror` the reason. The search then goes on with what can be read. By default the error is
        raised.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _in_folder(path, suffixes, on_error) if os.path.isdir(path) else [path]:
            real = os.path.realpath(found)
            if real not in seen:
                seen.add(real)
                yield found


class _Rule(NamedTuple):
    """A line of a `.gitignore` file.

    Attributes:
      folder: the folder that has the file.
      pattern: what it matches, and whether it excludes that.
      is_of_names: whether it matches a name in any folder below, and not a path.
    """

    folder: str
    pattern: Pattern
    is_of_names: bool


def _in_folder(folder: str, suffixes: tuple[str, ...], on_error: Callable[[OSError], None]) -> Iterator[str]:
    rules_above = {folder: _rules_above(folder, on_error)}
    for where, folders, names in os.walk(folder, onerror=on_error):
        rules = [*rules_above.pop(where), *_rules_in(where, on_error)]
        paths = (os.path.join(where, name) for name in sorted(folders))
        entered = [path for path in paths if not (_is_never_entered(path) or _is_ignored(path + os.sep, rules))]
        folders[:] = map(os.path.basename, entered)
        rules_above.update((path, rules) for path in entered)
        for name in sorted(names):
            path = os.path.join(where, name)
            if name.endswith(suffixes) and not _is_ignored(path, rules):
                yield os.path.normpath(path)


def _is_never_entered(folder: str) -> bool:
    name = os.path.basename(folder)
    is_environment = os.path.exists(os.path.join(folder, "pyvenv.cfg"))
    return name.startswith(".") or name == "__pycache__" or is_environment


def _rules_above(folder: str, on_error: Callable[[OSError], None]) -> list[_Rule]:
    """Return the rules of the folders above `folder` in its git repository; [] if they exclude `folder` itself."""
    inside = [os.path.abspath(folder)]  # the folder and those above it, up to the root of the repository
    while not os.path.exists(os.path.join(inside[-1], ".git")):
        parent = os.path.dirname(inside[-1])
        if parent == inside[-1]:  # there is no repository
            return []
        inside.append(parent)
    rules: list[_Rule] = []
    for parent, child in reversed(list(zip(inside[1:], inside))):
        rules += _rules_in(parent, on_error)
        if _is_ignored(child + os.sep, rules):
            return []
    return rules


def _rules_in(folder: str, on_error: Callable[[OSError], None]) -> list[_Rule]:
    """Return the rules of the `.gitignore` file in a folder; [] if it has none."""
    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="surrogateescape") as file:
            lines = file.read().split("\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        on_error(error)
        return []
    return [rule for line in lines for rule in _rules_of(folder, line)]


def _rules_of(folder: str, line: str) -> list[_Rule]:
    """Return the rule in a line of a `.gitignore` file; none for a line that is not valid, which git ignores."""
    is_of_names = "/" not in line.strip().removeprefix("!").removesuffix("/")
    try:
        return [_Rule(folder, pattern, is_of_names) for pattern in spec_of([line]).patterns]
    except ValueError:
        return []


def spec_of(lines: Iterable[str]) -> GitIgnoreSpec:
    """Return the rules in lines of a `.gitignore` file.

    Raises:
      ValueError: a line is not valid.
    """
    # For pathspec `x/**/` is also x itself; for git it is the folders in x only.
    return GitIgnoreSpec.from_lines(_FOLDERS_BELOW.sub("**/*/", line) for line in lines)


def _is_ignored(path: str, rules: Sequence[_Rule]) -> bool:
    """Return whether rules exclude a path in a folder that they do not exclude. The last rule that matches it decides.

    Args:
      path: the path; that of a folder ends with a separator.
      rules: from the outermost folder to the innermost.
    """
    return next((bool(rule.pattern.include) for rule in reversed(rules) if _matches(rule, path)), False)


def _matches(rule: _Rule, path: str) -> bool:
    """Return whether a rule matches a path itself. One that matches only a folder above has been followed there."""
    bare = path.rstrip(os.sep)
    relative = os.path.basename(bare) if rule.is_of_names else os.path.relpath(bare, rule.folder)
    result = rule.pattern.match_file(relative + path[len(bare) :])
    if result is None:
        return False
    # The group of pathspec's expressions, if there is one, begins where the path goes on below what they match.
    return not result.match.re.groups or result.match.end(1) == -1 or result.match.start(1) == len(relative)
