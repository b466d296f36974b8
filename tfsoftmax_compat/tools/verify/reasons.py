"""Why an example that fails says nothing about its document: it lacks what a reader of the document has."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from tfsoftmax_compat.tools.documents import PROMPT, SCRIPT, Example
from tfsoftmax_compat.tools.documents.blocks import SHOWS_NOTHING
from tfsoftmax_compat.tools.documents.code import (
    assigned_name,
    bound_names,
    first_line,
    last_line,
    may_show,
    outside_definitions,
    root_name,
    string_literals,
    try_parse,
)
from tfsoftmax_compat.tools.documents.names import names_of, undefined_name
from tfsoftmax_compat.tools.documents.wording import has_only_values
from tfsoftmax_compat.tools.verify.comparison.errors import read_error
from tfsoftmax_compat.tools.verify.comparison.judge import judge
from tfsoftmax_compat.tools.verify.results import EQUAL, EXACT, Outcome

MADE_BY_SHELL = "it needs what the shell command"
NEEDS_DEVICE = "it needs a device that this machine does not have"
_LEAVES_OUT = "the document leaves a part of its code out"
_INCLUDES = "the document includes it from another file when it is built"

_MISSING_MODULE = re.compile(r"ModuleNotFoundError: No module named '([\w.]+)'")
# How libraries say that they need another one: not that a release has no such name.
_NEEDS_LIBRARY = re.compile(
    r"ImportError: (?!cannot import name)(?P<why>[^\n]*\b(?:import|requires?|install)\b[^\n]*)", re.IGNORECASE
)
_NO_TENSORBOARD = re.compile(r"TBNotInstalledError: TensorBoard is not installed")
_OFFLINE = re.compile(
    r"(?:[\w.]+\.)?(?:URLError|gaierror|ConnectionError|ConnectionRefusedError)\b|.*URL fetch failure"
)
_NEEDS_GRAPH_MODE = re.compile(r"tfsoftmax_compat\.[\w.]*\bGraphModeRequired\b")
_NEEDS_EAGER_MODE = re.compile(r"\w+Error: [^\n]* is only supported in eager mode")
_ASKS_FOR_INPUT = re.compile(r"EOFError: EOF when reading a line|(?:bdb\.)?BdbQuit\b")  # pdb asks for commands
_NO_DEVICE = re.compile(r"Cannot assign a device for operation|Could not satisfy .*device|(?i:unknown device)")
_NO_SESSION = re.compile(r"No default session is registered")
_MAKES_SESSION = re.compile(r"session", re.IGNORECASE)
_NO_FILE = {
    # Python's and NumPy's.
    "FileNotFoundError": re.compile(r"\A(?:\[Errno 2\] [^\n]*: ')?(?P<name>[^'\n]+)(?:'| not found\.$)"),
    # TensorFlow's, of a saved graph or model.
    "OSError": re.compile(
        r"\A(?:File (?=[^\n]* does not exist)|File does not exist\. Received: |SavedModel file does not exist at: "
        r"|No file or directory found at )"
        r"(?P<name>[^\n{]+?)/?(?:\{[^\n]*\})?(?: does not exist)?\.?$"
    ),
    # That of make_csv_dataset.
    "ValueError": re.compile(r"\ANo files match `file_pattern` (?P<name>[^\n]+?)\.?$"),
    # In graph mode TF 2 first says which node reads the file.
    "NotFoundError": re.compile(
        r"^(?:\w+ failed to \w+/\w+: )?(?P<name>[^\n:;]+?)(?:;| :) No such file or directory", re.MULTILINE
    ),
}
# What makes files: a function by its name, or a mode of `open`.
_MAKES_FILES = re.compile(
    r"(?:save|write|dump|mkdir|makedirs|mkdtemp|touch|copy|move|rename|extract|unpack|download|retrieve|get_file|to_csv"
    r"|to_json|export|symlink)\w*\(|['\"](?:[wax]|r\+)[bt]?\+?['\"]",
    re.IGNORECASE,
)
_LISTS_FILES = re.compile(r"\b(?:listdir|scandir|glob|iglob|walk|iterdir|rglob)\(")
_NO_ARGUMENTS = re.compile(r"SystemExit: 2$")
_READS_ARGUMENTS = re.compile(r"\b(?:argparse|ArgumentParser|optparse|OptionParser|click|getopt|absl|flags)\b")
_ASKS_FOR_DEVICES = re.compile(
    r"list_(?:physical|logical|local)_devices|get_visible_devices|is_gpu_available|gpu_device_name|is_built_with|num_gpus"
    r"|\.device\b(?!\()"
)
# Devices in the display of a list of them, the name of one, and what counts them.
_LISTED_DEVICE = re.compile(r"(?:Physical|Logical)Device\([^()\n]*\bGPU\b[^()\n]*\)")
_NAMED_DEVICE = re.compile(r"\b[cg]pu:\d+", re.IGNORECASE)
_COUNT_OR_FLAG = re.compile(r"(?<![\w.])\d+(?![\w.])|\bTrue\b|\bFalse\b")

_NO_VERSION = re.compile(r"AttributeError: .* has no attribute '__version__'")
_VERSION = re.compile(r"\b\d+(?:\.\d+)+(?:[-.]?(?:rc|dev|a|b|post|alpha|beta)\.?\d*)?(?:\+[\w.]+)?\b")
_ASKS_FOR_VERSION = re.compile(r"__version__|version|VERSION|platform\.")

_PRINT_OPERATION = re.compile(r"\.Print\(")
_SHELL_COMMAND = re.compile(r"^[ \t]*pass  # !((?:[^\\\n]|\\\n|\\.)*)", re.MULTILINE)
_GOES_ON = re.compile(r"\\\n[ \t]*pass  # ")  # a command, on the next line
_COMMAND = re.compile(r"^[ \t]*pass  # (?P<command>[%!][^\n]*)", re.MULTILINE)  # that only IPython takes
_BRINGS_NAMES = re.compile(r"^[ \t]*pass  # (?P<command>%(?:pylab|run|load|store)\b[^\n]*)", re.MULTILINE)
_SILENT = re.compile(r"%(?:load_ext|matplotlib|autoreload|config)\b")  # mostly
_DOTS = re.compile(r"\bellipsis\b", re.IGNORECASE)
# What a template puts in place of itself when the document is built: Jekyll, Hugo, Jinja, MkDocs, mdBook, VitePress.
_TEMPLATE = re.compile(
    r"""\s*(?: \{%-? \s* \w*include\w* \s [^%\n]* %\} | \{\{ [^{}\n]* \}\}
    | -+8<-+ \s* "[^"\n]+" | <<<\s+[@./][^\n]* )\s*""",
    re.VERBOSE,
)
_FRAMES = re.compile(r"[\u2500-\u257f]{2}")
# What TensorFlow displays of a dataset, and of any other object that it shows by its address.
_NO_VALUE = re.compile(
    r"<(?:[\w.]+\.)?(?P<type>_?\w*Dataset\w*)\b[^<>]*(?:<[^<>]*>[^<>]*)*>"
    r"|<tensorflow\.[\w.]*\.(?P<other>\w+) object at 0x\w+>"
)
_BY_ADDRESS = re.compile(r"<[\w.]+(?: object)? at 0x\w+>")
_TYPE = re.compile(r"\b_?[A-Z]\w*(?=[\s(])")
# What Keras names automatically: by the class of a layer, with the number of those that the process made before.
_MAKES_LAYERS = re.compile(r"\bkeras\b|\blayers\b")
_COUNTED_NAME = re.compile(r"\b(?P<base>[a-z]\w*?)_\d+(?![\w.])")
_SEVERAL_COMMANDS = re.compile(r"[|;&]+")
# Programs that make no files, but by a redirection.
_ONLY_READ = frozenset("ls cat head tail du tree wc file grep stat less more pwd cd find sort".split())
# Statements of which a line may run after those below it.
_NOT_IN_ORDER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.AsyncFor, ast.While)
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
        self._code: dict[str, str] = defaultdict(str)  # by scope, the code down to here
        self._unfinished: dict[str, list[str]] = defaultdict(list)  # by scope, the code that has not run to its end
        self._questions: dict[str, list[str]] = defaultdict(list)  # by scope, the prompts of `input`
        self._commands: dict[str, int] = {}  # by the name of a file, the line of the shell command that names it
        self._with_dots: set[str] = set()  # the scopes in which dots are a value, of code that is left out
        self._examples = examples
        for number, example in enumerate(examples):
            for name in bound_names(example.code) or names_of(example.code).binds:
                self._binding[example.scope, name].append(number)

    def read(self, example: Example) -> None:
        """Take note of the next example."""
        self._number += 1
        self._code[example.scope] += example.code
        self._questions[example.scope] += _questions(example.code)
        tree = try_parse(example.code)
        if tree is not None and any(map(_has_dots, tree.body)):
            self._with_dots.add(example.scope)
        for command in _SHELL_COMMAND.finditer(example.code):
            number = example.line + example.code.count("\n", 0, command.start())
            for name in _files_in_command(_GOES_ON.sub(" ", command[1])):
                self._commands.setdefault(name, number)

    def read_unfinished(self, example: Example) -> None:
        """Take note that the last example has not run, or not to its end: it may not have made its files."""
        self._unfinished[example.scope].append(example.code)

    def missing(self, example: Example, outcome: Outcome) -> str:
        """Return what the reader has and the example lacks, if its error says so; "" for any other error."""
        error = outcome.error or ""
        name = undefined_name(error)
        if name is not None and name in outcome.missing:
            return needs_module(outcome.missing[name])
        if name is not None:
            return self.undefined(example, outcome)
        module = _MISSING_MODULE.match(error)
        if module and module[1].partition(".")[0] not in ("tensorflow", "tfsoftmax_compat"):
            return needs_module(module[1])
        if _NO_TENSORBOARD.search(error):
            return needs_module("tensorboard")
        library = _NEEDS_LIBRARY.match(error)
        if library:
            return f"it needs a library that this interpreter does not have: {library['why']}"
        file = _missing_file(error)
        if file and not self._makes(example, outcome, file):
            return self.made_by_shell(example) or f"it needs the file {file}"
        if _TEMPLATE.fullmatch(example.code):
            return _INCLUDES
        if _leaves_code_out(example, outcome) or self._uses_dots(example, error):
            return _LEAVES_OUT
        if _NO_VERSION.match(error):
            return "it shows the version of a module that has none in this release"
        if _NO_ARGUMENTS.match(error) and _READS_ARGUMENTS.search(self._code[example.scope]):
            return "it needs command line arguments"
        if _NEEDS_GRAPH_MODE.match(error):
            return "it needs graph mode"
        if _NEEDS_EAGER_MODE.match(error):
            return "it needs eager mode"
        if _ASKS_FOR_INPUT.match(error):
            return "it asks for input"
        if _NO_DEVICE.search(error):
            return NEEDS_DEVICE
        if _NO_SESSION.search(error) and any(map(_MAKES_SESSION.search, self._unfinished[example.scope])):
            return "it needs a default session, and the code that may make one has not run to its end"
        return "it needs the network" if _OFFLINE.match(error) else _said_in_words(example)

    def calls_print_operation(self, example: Example) -> bool:
        """Return whether code down to an example calls ``tf.Print``, whose operation prints when it runs."""
        return _PRINT_OPERATION.search(self._code[example.scope]) is not None

    def undefined(self, example: Example, outcome: Outcome | None) -> str:
        """Return that the document does not define, so far, the name whose NameError ended an example.

        Returns "" for any other end, and where the document defines the name or the example itself is to. The statement
        ``x = x / 255`` is not to define `x`.
        """
        name = undefined_name(outcome.error or "") if outcome is not None else None
        if outcome is None or name is None or name in outcome.missing:
            return ""
        binding = self._binding.get((example.scope, name), [])  # the numbers of the examples that bind it, in order
        command = _BRINGS_NAMES.search(self._code[example.scope]) if not binding else None
        if command:
            return f"it uses `{name}`, and `{command['command'].strip()}`, which may define it, is not run"
        if not binding and example.module:
            return f"the docstring does not define `{name}`, nor does its module as far as it can be imported here"
        if not binding:
            return f"the document does not define `{name}`"
        if binding[0] < self._number:
            return ""
        later = next((self._lines[number] for number in binding if number > self._number), None)
        statement = _statement_at_end(example, outcome)
        if later is None and statement is not None and name in bound_names(ast.unparse(statement)):
            later = outcome.line
        return f"the document does not define `{name}` before line {later}" if later is not None else ""

    def _makes(self, example: Example, outcome: Outcome, file: str) -> bool:
        """Return whether the code that has run may be to make a file: it makes some, and names this one.

        The name may be without its last suffix: `tf.train.Saver` adds some.
        """
        earlier = self._code[example.scope].removesuffix(example.code)
        for unfinished in self._unfinished[example.scope]:
            earlier = earlier.replace(unfinished, "", 1)
        name = file.rstrip("/").rpartition("/")[2]
        names = {name, name.rpartition(".")[0]} if name.count(".") > 1 else {name}
        return any(
            _MAKES_FILES.search(code) is not None and any(each in code for each in names)
            for code in (earlier, _run_before_error(example, outcome))
        )

    def why_failed(self, example: Example, documented: str, measured: str) -> str:
        """Return what differs where the document was written, if that is all; "" for any other failure."""
        versions = _only_versions_differ(example, documented, measured)
        if versions:
            return f"it shows versions: written under {versions}"
        if _lacks_device(example, documented, measured):
            return NEEDS_DEVICE
        if _LISTS_FILES.search(example.code) and any(map(_MAKES_FILES.search, self._unfinished[example.scope])):
            return "it lists files, and the code that makes some has not run to its end"
        if self._uses_dots(example, measured) and not _DOTS.search(documented):
            return _LEAVES_OUT
        if _MAKES_LAYERS.search(self._code[example.scope]) and self._only_counts_differ(example, documented, measured):
            return "it shows names that Keras numbers by what the process made before"
        if self._is_answer(example):
            return "it asks for input"
        if _TEMPLATE.fullmatch(documented):
            return _INCLUDES
        if _is_drawn(example, documented, measured):
            return "the document draws the value"
        only_computes = example.kind == SCRIPT and self._only_computes(example.code)
        if not measured.strip() and (only_computes or _is_of_state(example, documented) or _assigns_constant(example)):
            return SHOWS_NOTHING
        return (
            _shown_by_other_code(example, documented, measured)
            or _shown_without_value(documented, measured)
            or _said_in_words(example)
        )

    def _only_computes(self, code: str) -> bool:
        """Return whether code shows no value, and calls only functions of modules: ``y = tf.add(x, 1)``.

        A function of the document could print something when it is called.
        """
        tree = try_parse(code)
        if tree is None or may_show(tree):
            return False
        modules = {"tf", "np"}.union(*(names_of(example.code).imports for example in self._examples))
        calls = (node.func for node in outside_definitions(tree) if isinstance(node, ast.Call))
        return all(isinstance(each, ast.Attribute) and root_name(each) in modules for each in calls)

    def _uses_dots(self, example: Example, said: str) -> bool:
        """Return whether an error or an output is of the dots that the document has in place of code."""
        return example.scope in self._with_dots and _DOTS.search(said) is not None

    def _only_counts_differ(self, example: Example, documented: str, measured: str) -> bool:
        """Return whether only the numbers of names differ that Keras makes, each name always for the same other."""
        bases = {match["base"] for output in (documented, measured) for match in _COUNTED_NAME.finditer(output)}
        if not bases:
            return False
        name = re.compile(rf"\b({'|'.join(sorted(map(re.escape, bases), key=len, reverse=True))})(?:_\d+)?(?![\w.])")
        pairs = set(
            zip(
                (match[0] for match in name.finditer(documented)),
                (match[0] for match in name.finditer(measured)),
            )
        )
        firsts, seconds = ({pair[side] for pair in pairs} for side in (0, 1))
        given = any(one != other and other in self._code[example.scope] for one, other in pairs)
        if given or not len(firsts) == len(seconds) == len(pairs):
            return False
        return _are_same(name.sub(r"\1", documented), name.sub(r"\1", measured))

    def _is_answer(self, example: Example) -> bool:
        """Return whether what was typed at a prompt answers a program: ``>>> b = 3`` for ``input("b = ")``.

        As code it is an assignment, which shows nothing.
        """
        tree = try_parse(example.code) if example.kind == PROMPT else None
        questions = self._questions[example.scope]
        return tree is not None and bool(assigned_name(tree)) and example.code.startswith(tuple(questions))

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


def _said_in_words(example: Example) -> str:
    """Return which name that an example reads only a comment defines; "" if there is none.

    Code above may bind it too, to another value.
    """
    name = min(example.in_words & names_of(example.code).reads, default="")
    return f"only a comment says what `{name}` is" if name else ""


def _assigns_constant(example: Example) -> bool:
    """Return whether an example only gives a name a constant: ``>>> b = 3`` shows nothing itself."""
    tree = try_parse(example.code)
    statement = tree.body[0] if tree is not None and len(tree.body) == 1 else None
    return isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)


def _is_of_state(example: Example, documented: str) -> bool:
    """Return whether a comment shows values below a call of a method, which may be those of what it changed.

    ``words.update(a=1)`` returns nothing.
    """
    tree = try_parse(example.code)
    last = tree.body[-1] if tree is not None and tree.body else None
    called = last.value.func if isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) else None
    lines = [each for each in example.written if each is not None]
    is_below = bool(lines) and all(each.before.lstrip().startswith("#") for each in lines)
    return isinstance(called, ast.Attribute) and bool(root_name(called)) and is_below and has_only_values(documented)


def _shown_by_other_code(example: Example, documented: str, measured: str) -> str:
    """Return why a document shows what its code does not: other code does; "" if that is not so.

    A command that only IPython takes is not run, and may print something around what the code prints. An exercise
    leaves code out, and a notebook has still the output of it.
    """
    tree = try_parse(example.code)
    shows = tree is None or may_show(tree)
    commands = list(_COMMAND.finditer(example.code))
    command = next((each for each in commands if not _SILENT.match(each["command"])), commands[0] if commands else None)
    # It may print something above, below and between the lines that the code prints.
    around = "\n...\n".join(["", *measured.strip().split("\n"), ""])
    if command and (measured.strip() or not shows) and _are_same_but_versions(example, around, documented):
        return f"it shows what `{command['command'].strip()}` prints, which is not run"
    tried = next((each for each in commands if tree is not None and _is_tried(tree, example.code, each)), None)
    if tried:
        return f"it depends on whether `{tried['command'].strip()}` fails, which is not run"
    is_saved = example.cell is not None and not measured.strip()
    return SHOWS_NOTHING if is_saved and not shows else ""


def _is_tried(tree: ast.Module, code: str, command: re.Match[str]) -> bool:
    """Return whether code does something else if a command in it fails: the command is in a ``try`` statement."""
    line = code.count("\n", 0, command.start()) + 1
    tries = (node for node in ast.walk(tree) if isinstance(node, ast.Try) and node.handlers)
    return any(node.lineno < line <= last_line(node.body[-1]) for node in tries)


def _is_drawn(example: Example, documented: str, measured: str) -> bool:
    """Return whether a document draws frames around what the code shows as values, or assigns and does not show.

    A program may print frames itself, as Keras does; then it prints more than values, or fails to.
    """
    if not _FRAMES.search(documented):
        return False
    tree = try_parse(example.code)
    last = tree.body[-1] if tree is not None and tree.body else None
    assigns = isinstance(last, (ast.Assign, ast.AugAssign, ast.Delete))
    return has_only_values(measured) if measured.strip() else assigns


def _shown_without_value(documented: str, measured: str) -> str:
    """Return that the display of an object holds no value, where the document shows one; "" for another failure."""
    match = _NO_VALUE.fullmatch(measured.strip())
    if match is None or _NO_VALUE.search(documented) or _BY_ADDRESS.fullmatch(documented.strip()):
        return ""
    named = set(_TYPE.findall(documented))
    shown = match["type"] or match["other"]
    if named and shown not in named:
        return ""
    return f"it displays a {shown}, and the document shows what is in it"


def _has_dots(statement: ast.stmt) -> bool:
    """Return whether a statement has dots in place of a value, and not as an index, or in place of statements."""
    fine: set[int] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Subscript):
            fine.update(id(each) for each in ast.walk(node.slice))
        elif isinstance(node, ast.Expr):
            fine.add(id(node.value))
    return any(_is_dots(node) and id(node) not in fine for node in ast.walk(statement))


def _leaves_code_out(example: Example, outcome: Outcome) -> bool:
    """Return whether an example ended in a statement that has dots for a part of it: ``mean, scale = [...]``.

    As an index (``x[..., 0]``) they are code. In the statement of a function they stand for its whole body.
    """
    statement = _statement_at_end(example, outcome)
    return statement is not None and _has_dots(statement)


def _statement_at_end(example: Example, outcome: Outcome) -> ast.stmt | None:
    """Return the statement, without statements in it, in which an example ended; None where that is not known."""
    line = (outcome.line or 0) - example.line + 1
    tree = try_parse(example.code)
    for statement in ast.walk(tree) if tree is not None and outcome.line else ():
        if not isinstance(statement, ast.stmt) or hasattr(statement, "body"):
            continue
        if first_line(statement) <= line <= last_line(statement):
            return statement
    return None


def _run_before_error(example: Example, outcome: Outcome) -> str:
    """Return the lines of an example down to that of its error; all of them if more may have run before, as in loops.

    What is below the line ``with zipfile.ZipFile("a.zip") as archive:`` has not run.
    """
    line = (outcome.line or 0) - example.line + 1
    tree = try_parse(example.code)
    if tree is None or line < 1:
        return example.code
    loops = (node for node in ast.walk(tree) if isinstance(node, _NOT_IN_ORDER))
    if any(node.lineno <= line <= last_line(node) for node in loops):
        return example.code
    return "".join(example.code.splitlines(keepends=True)[:line])


def _is_dots(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def needs_module(module: str) -> str:
    """Say that a module is not installed."""
    return f"it needs the module `{module}`, which this interpreter does not have"


def _questions(code: str) -> Iterator[str]:
    """Yield the text that code shows where it asks for input, if it ends as an assignment begins."""
    tree = try_parse(code)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "input":
            for each in node.args:
                if isinstance(each, ast.Constant) and str(each.value).rstrip().endswith("="):
                    yield str(each.value)


def _missing_file(error: str) -> str:
    """Return the name of the file that an error says does not exist; "" for any other error."""
    kind, message = read_error(error)
    found = _NO_FILE[kind].search(message) if kind in _NO_FILE else None
    return found["name"] if found else ""


def _only_versions_differ(example: Example, documented: str, measured: str) -> str:
    """Return the versions that an output documents, where the code asks for versions and nothing else differs."""
    if not _ASKS_FOR_VERSION.search(example.code) or not _are_same_but_versions(example, documented, measured):
        return ""
    return ", ".join(dict.fromkeys(_VERSION.findall(documented)))


def _are_same_but_versions(example: Example, documented: str, measured: str) -> bool:
    """Return whether two outputs are the same; where the code asks for versions, whatever these are."""
    if _ASKS_FOR_VERSION.search(example.code):
        documented, measured = (_VERSION.sub("version", each) for each in (documented, measured))
    return _are_same(documented, measured)


def _lacks_device(example: Example, documented: str, measured: str) -> bool:
    """Return whether the code asks for devices, and is documented to find others or to show more of a GPU.

    Where it finds others, what it finds and counts is all that differs.
    """
    if not _ASKS_FOR_DEVICES.search(example.code) or "gpu" not in (example.code + documented).lower():
        return False
    if documented.lower().count("gpu") > measured.lower().count("gpu"):
        return True
    return _are_same(_without_devices(documented), _without_devices(measured))


def _without_devices(output: str) -> str:
    return _COUNT_OR_FLAG.sub("count", _NAMED_DEVICE.sub("device", _LISTED_DEVICE.sub("", output)))


def _are_same(documented: str, measured: str) -> bool:
    return judge(documented, measured, 0).status in (EXACT, EQUAL)


def _files_in_command(line: str) -> Iterator[str]:
    """Yield the names of the files and folders that commands of a shell may make: those that their arguments name."""
    for command in _SEVERAL_COMMANDS.split(line):
        program, *words = command.split() or [""]
        if program in _ONLY_READ:
            words = command.partition(">")[2].split()
        for word in words:
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
