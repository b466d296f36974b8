"""Options from configuration files: pyproject.toml, setup.cfg and tox.ini.

The names and values are those of the command line, which wins. In pyproject.toml the options of a command are in the
table ``[tool.tfsoftmax-compat.verify]``; in setup.cfg and tox.ini the section ``[tfsoftmax-compat]`` has them as
``verify.max-ulp``.
"""

from __future__ import annotations

import argparse
import configparser
import difflib
import os
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

DEFAULT, COMMAND_LINE = "default", "command line"  # where a value comes from, if not from a file
_SECTION = "tfsoftmax-compat"
_FILES = ("pyproject.toml", "setup.cfg", "tox.ini")
_TRUE, _FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


class ConfigurationError(Exception):
    """A configuration file cannot be used. The message names the file and the key."""


@dataclass(frozen=True)
class _File:
    """A configuration file: the options of each command, by their names."""

    path: str
    commands: Mapping[str, Mapping[str, Any]]

    def error(self, command: str, name: str, problem: object) -> ConfigurationError:
        return ConfigurationError(f"{os.path.relpath(self.path)}: {command}.{name}: {problem}")


def configure(options: argparse.Namespace, given: Collection[str]) -> dict[str, str]:
    """Set the options that the command line does not give to the values of the configuration file.

    The file is the first one with a section for this program, in the current folder and those above it.

    Args:
      options: the parsed command line, which is changed. `options.parser` is the parser of the command,
        `options.configured` has the names of the options that may be configured, and `options.sections` the commands
        whose options apply: a later one wins.
      given: the destinations of the options that the command line gives.

    Returns:
      Where the value of each of the options comes from: `DEFAULT`, `COMMAND_LINE` or the path of the file.

    Raises:
      ConfigurationError: the file has an unknown key or a wrong value, or cannot be read.
    """
    actions = {_name(action): action for action in options.parser._actions}
    origins = {name: COMMAND_LINE if actions[name].dest in given else DEFAULT for name in options.configured}
    file = _find(os.getcwd())
    if file is None:
        return origins
    for command in options.sections:
        for name, value in file.commands.get(command, {}).items():
            if name not in origins:
                close = difflib.get_close_matches(name, options.configured, 1)
                hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(options.configured)}"
                raise file.error(command, name, f"there is no such option; {hint}")
            if origins[name] != COMMAND_LINE:
                setattr(options, actions[name].dest, _value(actions[name], value, file, command, name))
                origins[name] = os.path.relpath(file.path)
    return origins


def shown(options: argparse.Namespace, origins: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each option: its value, and where that comes from."""
    actions = {_name(action): action for action in options.parser._actions}
    for name, origin in origins.items():
        value = getattr(options, actions[name].dest)
        items = value if isinstance(value, list) else [value]
        texts = [",".join(item) if isinstance(item, tuple) else str(item) for item in items]
        yield f"{name} = {', '.join(texts) if texts else '(none)'}  # {origin}"


def _name(action: argparse.Action) -> str:
    """Return the name of an option in a configuration file: of ``--max-ulp`` it is ``max-ulp``."""
    longest = next((option for option in action.option_strings if option.startswith("--")), None)
    return longest.removeprefix("--") if longest else action.dest


def _value(action: argparse.Action, value: Any, file: _File, command: str, name: str) -> Any:
    """Return the value of an option as the command line would give it; paths are those of the file's folder."""
    try:
        if isinstance(action, argparse.BooleanOptionalAction):
            return _truth(value)
        if isinstance(action.default, list) or action.nargs == "*":
            return [_one(action, text, file) for text in _texts(value, by_line=action.metavar == "PATTERN:RULES")]
        if isinstance(value, (bool, list, dict)):
            raise argparse.ArgumentTypeError(f"must be one value, not {value}")
        return _one(action, str(value), file)
    except argparse.ArgumentTypeError as error:
        raise file.error(command, name, error) from None


def _truth(value: Any) -> bool:
    text = str(value).lower()
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise argparse.ArgumentTypeError(f"must be true or false, not {value}")


def _texts(value: Any, by_line: bool) -> list[str]:
    """Return the texts of a value: a list, a table of lists, or lines or words with commas between them."""
    if isinstance(value, dict):
        return [f"{key}:{','.join(_texts(items, False))}" for key, items in value.items()]
    if isinstance(value, list):
        return [str(item) for item in value]
    lines = str(value).split("\n") if by_line else str(value).replace("\n", ",").split(",")
    return [line.strip() for line in lines if line.strip()]


def _one(action: argparse.Action, text: str, file: _File) -> Any:
    value: Any = action.type(text) if callable(action.type) else text
    if action.choices is not None and value not in action.choices:
        raise argparse.ArgumentTypeError(f"must be one of {', '.join(map(str, action.choices))}, not {text}")
    folder = os.path.dirname(file.path)
    if hasattr(value, "in_folder"):  # a pattern
        return value.in_folder(folder)
    if action.dest == "paths" or (action.dest == "python" and os.sep in text):
        return os.path.relpath(os.path.join(folder, text))
    return value


def _find(folder: str) -> _File | None:
    while True:
        for name in _FILES:
            path = os.path.join(folder, name)
            commands = _read(path) if os.path.isfile(path) else None
            if commands is not None:
                return _File(path, commands)
        if folder == os.path.dirname(folder):
            return None
        folder = os.path.dirname(folder)


def _read(path: str) -> dict[str, dict[str, Any]] | None:
    """Return the options of each command in a file; None if it has no section for this program."""
    shown_path = os.path.relpath(path)
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if _SECTION not in text:
            return None
        return _from_toml(text) if path.endswith(".toml") else _from_ini(text)
    except ConfigurationError as error:
        raise ConfigurationError(f"{shown_path}: {error}") from None
    except OSError as error:
        raise ConfigurationError(f"{shown_path}: can't be read: {error.strerror}") from None
    except (ValueError, configparser.Error) as error:  # not TOML, not INI, or not UTF-8
        raise ConfigurationError(f"{shown_path}: {error}") from None


def _from_toml(text: str) -> dict[str, dict[str, Any]] | None:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    table = tomllib.loads(text).get("tool", {}).get(_SECTION)
    if table is None:
        return None
    for command, options in table.items():
        if not isinstance(options, dict):
            raise ConfigurationError(f"tool.{_SECTION}.{command}: it must be a table of the options of a command")
    return _checked(table)


def _from_ini(text: str) -> dict[str, dict[str, Any]] | None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string(text)
    if not parser.has_section(_SECTION):
        return None
    commands: dict[str, dict[str, Any]] = {}
    for key, value in parser.items(_SECTION):
        command, dot, name = key.partition(".")
        if not dot:
            raise ConfigurationError(f"{key}: write the command before it, as in verify.{key}")
        commands.setdefault(command, {})[name] = value
    return _checked(commands)


def _checked(commands: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    known = ("verify", "check", "migrate")
    for command in commands:
        if command not in known:
            raise ConfigurationError(f"{command}: there is no such command; there are {', '.join(known)}")
    return commands
