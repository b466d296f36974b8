"""What nn, losses, tf1 and the package show: their public names, and no import or helper of their own."""

import inspect
import pydoc

import fresh
import pytest

from tfsoftmax_compat import losses, nn, tf1
from tfsoftmax_compat._runtime.bindings import v1

HELPERS = ["Any", "Callable", "Dict", "List", "Optional", "bindings", "eager", "functools", "keras", "misspelt", "sys"]
HELPERS += ["tf", "types", "typing", "v1"]


@pytest.mark.parametrize("module", [nn, losses], ids=["nn", "losses"])
def test_a_module_of_functions_has_its_public_names_only(module):
    # pytest gives the modules of a plugin's package two names that begin with "@".
    assert {name for name in vars(module) if name[0] not in "_@"} == set(module.__all__)
    assert [name for name in dir(module) if not name.startswith("__")] == sorted(module.__all__)
    assert {"__all__", "__doc__", "__name__"} < set(dir(module))
    for name in HELPERS:
        with pytest.raises(AttributeError):
            getattr(module, name)


@pytest.mark.parametrize("name", HELPERS)
def test_tf1_has_the_names_of_tensorflow_only(name):
    for module, own in ((tf1, v1), (tf1.nn, v1.nn), (tf1.losses, v1.losses)):
        if hasattr(own, name):
            assert getattr(module, name) is getattr(own, name)
        else:
            with pytest.raises(AttributeError, match="as TensorFlow .* has it, has no attribute %r" % name):
                getattr(module, name)


def test_tf1_types_is_tensorflows_from_2_4_on():
    if tuple(map(int, v1.__version__.split(".")[:2])) >= (2, 4):
        assert tf1.types is v1.types
    else:
        assert not hasattr(tf1, "types")


def test_dir_of_tf1_is_what_can_be_called():
    for module, own in ((tf1, v1), (tf1.nn, v1.nn), (tf1.losses, v1.losses)):
        shown = set(dir(module))
        assert {name for name in dir(own) if not name.startswith("_")} <= shown
        assert not [name for name in shown if name.startswith("_") and not name.startswith("__")]
        assert not [name for name in vars(module) if name in HELPERS and not hasattr(own, name)]


def test_inspect_and_pydoc_read_the_modules():
    for module in (nn, losses):  # not tf1: since TF 2.16 pydoc fails on tf.compat.v1 itself
        shown = pydoc.plain(pydoc.render_doc(module))
        assert all(name in shown for name in module.__all__)
    for module in (nn, losses, tf1):
        assert set(module.__all__) <= set(dict(inspect.getmembers(module)))
        assert inspect.getsourcefile(module).endswith(module.__name__.split(".")[-1] + ".py")


def test_tf1s_modules_are_not_imported_from_tensorflows_folder():
    """TensorFlow's ``__path__`` would let this import replace tf1.nn by TensorFlow's own module."""
    program = """
from tfsoftmax_compat import nn, tf1
try:
    import tfsoftmax_compat.tf1.nn
except ImportError as error:
    print("not a package" in str(error), tf1.nn.softmax is nn.softmax)
"""
    completed = fresh.run(program)
    assert completed.stdout.split() == ["True", "True"], completed.stderr
