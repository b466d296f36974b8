"""Make the pages of the documentation that the code itself describes. MkDocs calls this module as a hook.

`reference/options.md` comes from the command line's parsers, and `reference/rules.md` from the rules. Both are made
when the documentation is built, and are in no commit.

Source: https://www.mkdocs.org/user-guide/configuration/#hooks
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from tfsoftmax_compat.tools import cli
from tfsoftmax_compat.tools.migrate import explain, rules


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages to those that MkDocs has found."""
    for path, lines in (("reference/options.md", options()), ("reference/rules.md", rule_pages())):
        files.append(File.generated(config, path, content="\n".join(lines) + "\n"))
    return files


def options() -> Iterator[str]:
    """Yield the lines of the page of all options."""
    yield "# Options\n"
    yield "This page is generated from the command line's parsers. `tfsoftmax-compat COMMAND --help` prints the same.\n"
    for command, parser in _commands().items():
        yield f"## `{command}` {{#{command}}}\n"
        yield f"{parser.description}\n"
        yield f"```sh\ntfsoftmax-compat {command} [OPTION ...] [PATH ...]\n```\n"
        configured = set(parser.get_default("configured"))
        for action in parser._actions:
            if action.help != argparse.SUPPRESS and action.dest != "help":
                about = parser._get_formatter()._expand_help(action)  # with the default value
                yield from _option(command, action, about, configured)


def rule_pages() -> Iterator[str]:
    """Yield the lines of the page of all rules, each with its identifier as the anchor."""
    yield "# Rules\n"
    yield "This page is generated from the rules. `tfsoftmax-compat check --explain TFS101` prints the same.\n"
    yield "| rule | about |\n|---|---|"
    for identifier, text in explain.summaries().items():
        yield f"| [{identifier}](#{identifier.lower()}) | {_code(text)} |"
    by_identifier = {rule.ID: rule for rule in rules.all_rules()}
    for identifier, text in explain.summaries().items():
        yield f"\n## {identifier} {{#{identifier.lower()}}}\n"
        yield explain.markdown(by_identifier[identifier]) if identifier in by_identifier else text


def _commands() -> dict[str, argparse.ArgumentParser]:
    actions = cli._parser()._actions
    return next(action.choices for action in actions if isinstance(action, argparse._SubParsersAction))


def _option(command: str, action: argparse.Action, about: str, configured: set[str]) -> Iterator[str]:
    """Yield a definition: how the option is written, and what its help says, `about`."""
    name = action.option_strings[0].lstrip("-") if action.option_strings else action.dest
    values = action.metavar or "|".join(action.choices or [])
    takes_value = action.nargs != 0 and not isinstance(action, argparse.BooleanOptionalAction)
    written = " ".join(filter(None, [", ".join(action.option_strings), values if takes_value else ""]))
    key = f" Key in a configuration file: `{command}.{name}`." if name in configured else ""
    text = _escaped(about)
    yield f'<span id="{command}-{name}"></span>`{written}`'
    yield f":   {text[:1].upper()}{text[1:]}.{key}\n"


def _code(text: str) -> str:
    """Return a docstring's text with its code as Markdown writes it."""
    return text.replace("``", "`").replace("|", "\\|")


def _escaped(text: str) -> str:
    return re.sub(r"([*_<|])", r"\\\1", text)
