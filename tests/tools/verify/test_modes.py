"""What an example does in a mode that is not its own."""

import pytest

from tfsoftmax_compat.tools.verify.modes import why_not
from tfsoftmax_compat.tools.verify.results import EAGER, GRAPH, Outcome


# The messages are TensorFlow's own, from 1.5, 1.15, 2.10 and 2.21.
@pytest.mark.parametrize(
    "error",
    [
        "RuntimeError: tf.placeholder() is not compatible with eager execution.",
        "RuntimeError: tf.gradients is not supported when eager execution is enabled. Use tf.GradientTape instead.",
        "RuntimeError: `loss` passed to Optimizer.compute_gradients should be a function when eager execution is "
        "enabled.",
        "AttributeError: Tensor.name is undefined when eager execution is enabled.",
        "RuntimeError: tf.Variable not supported in Eager mode. Please use tfe.Variable instead",
        "NotImplementedError: eval is not supported when eager execution is enabled, is .numpy() what you're looking "
        "for?",
        "NotImplementedError: eval not supported for Eager Tensors.",
        "RuntimeError: Attempting to capture an EagerTensor without building a function.",
        "RuntimeError: The Session graph is empty. Add operations to the graph before calling run().",
    ],
)
def test_eager_mode_is_not_for_graph_code(error):
    assert why_not(EAGER, "1.5", Outcome("", error, eager=True)) == error
    assert why_not(EAGER, None, Outcome("", error, eager=True)) == error


@pytest.mark.parametrize(
    "error",
    [
        "AttributeError: 'Tensor' object has no attribute 'numpy'",
        "AttributeError: 'RefVariable' object has no attribute '_id'",
        "TypeError: Using a `tf.Tensor` as a Python `bool` is not allowed. Use `if t is not None:` instead of `if t:`",
        "AttributeError: 'SymbolicTensor' object has no attribute 'numpy'",
        "TypeError: Tensor objects are only iterable when eager execution is enabled. To iterate over this tensor use "
        "tf.map_fn.",
        "NotImplementedError: Cannot convert a symbolic Tensor (Softmax:0) to a numpy array.",
        "TypeError: float() argument must be a string or a number, not 'Tensor'",
        "ValueError: tf.enable_eager_execution must be called at program startup.",
    ],
)
def test_graph_mode_is_not_for_eager_code(error):
    assert why_not(GRAPH, "1.5", Outcome("", error, eager=False)) == error


@pytest.mark.parametrize("mode, eager", [(GRAPH, False), (EAGER, True)])
@pytest.mark.parametrize(
    "error",
    [
        "ZeroDivisionError: division by zero",
        "NameError: name 'x' is not defined",
        "ValueError: Cannot specify both 'axis' and 'dim': give `axis` alone",
        "its process ended with signal 11 (SIGSEGV)",
    ],
)
def test_other_errors_are_errors(mode, eager, error):
    assert why_not(mode, "1.5", Outcome("", error, eager=eager)) is None


def test_mode_that_the_code_leaves_is_not_for_it():
    assert why_not(EAGER, "1.5", Outcome("1.5\n", eager=False)) == "it switches to graph mode"
    assert why_not(GRAPH, "1.5", Outcome("1.5\n", eager=True)) == "it switches to eager mode"


GRAPH_TENSOR = 'Tensor("Softmax:0", shape=(2,), dtype=float32)'
EAGER_TENSOR = "tf.Tensor([0.5 0.5], shape=(2,), dtype=float32)"


def test_tensors_of_the_other_mode():
    assert "graph tensor" in why_not(GRAPH, EAGER_TENSOR, Outcome(GRAPH_TENSOR, eager=False))
    assert "graph tensor" in why_not(GRAPH, "[0.5 0.5]", Outcome("<tf.Tensor 'Softmax:0' shape=(2,)>", eager=False))
    assert "graph tensor" in why_not(EAGER, GRAPH_TENSOR, Outcome(EAGER_TENSOR, eager=True))
    assert "eager tensor" in why_not(GRAPH, EAGER_TENSOR, Outcome("True", eager=False))
    assert why_not(GRAPH, GRAPH_TENSOR, Outcome(GRAPH_TENSOR, eager=False)) is None
    assert why_not(EAGER, EAGER_TENSOR, Outcome(EAGER_TENSOR, eager=True)) is None
    assert why_not(EAGER, "[0.5 0.5]", Outcome("[0.6 0.4]", eager=True)) is None
