"""The layout of the package: which folder may import which, and which Python each is written for."""

import ast
import importlib
import os
import sys

import pytest

import tfsoftmax_compat

PACKAGE = os.path.dirname(os.path.abspath(tfsoftmax_compat.__file__))
# The lowest level first: a part imports only itself and parts of lower levels.
LEVELS = [
    {"_runtime"},
    {"nn", "losses", "tf1"},
    {"worker"},
    {"golden", "tools"},
    {"pytest_plugin", "__main__"},
]


def modules():
    """Yield the path of each module, relative to the package."""
    for folder, _, names in os.walk(PACKAGE):
        for name in names:
            if name.endswith(".py"):
                yield os.path.relpath(os.path.join(folder, name), PACKAGE)


MODULES = sorted(modules())
BESIDE_TENSORFLOW = [path for path in MODULES if path.split(os.sep)[0] != "tools"]


def source(path):
    with open(os.path.join(PACKAGE, path), encoding="utf-8") as file:
        return file.read()


def part(path):
    """Return the folder of the package that a module is in, or the module's name if it is in none."""
    return os.path.splitext(path.split(os.sep)[0])[0]


def imported_parts(path):
    """Yield the parts of the package that a module imports, at the top or in functions."""
    for node in ast.walk(ast.parse(source(path))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["%s.%s" % (node.module, alias.name) for alias in node.names]
        for name in names:
            if name.startswith("tfsoftmax_compat.") and not name.endswith(".__version__"):
                yield name.split(".")[1]


def level(name):
    return next(number for number, parts in enumerate(LEVELS) if name in parts)


@pytest.mark.parametrize("path", [path for path in MODULES if path != "__init__.py"])
def test_imports_point_one_way(path):
    own = part(path)
    if own == "tools" and sys.version_info < (3, 10):
        pytest.skip("the tools are written for Python 3.10")
    for other in imported_parts(path):
        assert other == own or level(other) < level(own) or (own in LEVELS[1] and other in LEVELS[1]), other


@pytest.mark.parametrize("path", BESIDE_TENSORFLOW)
def test_what_runs_beside_tensorflow_is_python_3_6(path):
    """Parse each module with the grammar of Python 3.6. The environments of Python 3.6 import it as well."""
    if "feature_version" in (ast.parse.__kwdefaults__ or {}):
        ast.parse(source(path), feature_version=(3, 6))
    name = os.path.splitext(path)[0].replace(os.sep, ".")
    importlib.import_module("tfsoftmax_compat." + name.replace(".__init__", ""))
