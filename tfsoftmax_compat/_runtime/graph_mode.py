"""The error for TF1 code that means something else in eager mode, and where it is raised."""

import functools
from typing import Any, Callable

from tfsoftmax_compat._runtime import bindings, state
from tfsoftmax_compat._runtime.bindings import EagerTensor, quiet_v1


class GraphModeRequired(RuntimeError):
    """Raised in eager mode for code that only graph mode runs as TF1 does. The message says how to get graph mode."""


def required(what: str, why: str = "but this program runs in eager mode") -> GraphModeRequired:
    """Return the error that says that `what` needs graph mode."""
    return GraphModeRequired("%s needs graph mode, %s: %s" % (what, why, bindings.HOW_TO_GET_GRAPH_MODE))


def graph_only(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Return `function` with TF1's `name`, which raises `GraphModeRequired` in eager mode."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if bindings.executing_eagerly():
            raise required("tf." + name)
        return function(*args, **kwargs)

    return wrapper


def filled_in_graph_mode(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Return `function`, which returns what is in a collection. In eager mode an empty collection is an error.

    Eager mode adds no variable and no loss to a collection, so the list is empty where TF1's is not.
    """

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if not bindings.executing_eagerly():
            return function(*args, **kwargs)
        try:
            result = function(*args, **kwargs)
        except ValueError:  # what the oldest releases raise
            result = None
        if not result:
            raise required("tf." + name, "because eager mode fills no collection")
        return result

    return wrapper


def disable_v2_behavior() -> None:
    """Make TF1 code run as it does on TF1: in graph mode. Call it at the start of the program.

    On releases that have no such function, graph mode is the default, and nothing is done.

    Raises:
      RuntimeError: eager mode has already been used. What it has computed cannot become part of a graph.

    Source: `tf.compat.v1.disable_v2_behavior` of TF 1.15.
    """
    if bindings.in_eager_mode():
        if bindings.eager_mode_has_run():
            raise RuntimeError(
                "disable_v2_behavior() was called too late: eager mode has run operations already; "
                "call it at the start of the program, before anything else of TensorFlow"
            )
        state.unwatch()
    own = getattr(quiet_v1, "disable_v2_behavior", None)
    if own is not None:
        own()


def explain_errors_of_eager_mode() -> None:
    """Let TF1's methods of TensorFlow's own classes work in eager mode, or say how to get graph mode.

    TensorFlow's methods raise an error in eager mode: `eval` always, and `compute_gradients`, which `minimize` calls,
    for a loss that is a tensor. Graph mode does not change.
    """
    EagerTensor.eval = _evaluated
    bindings.ResourceVariable.eval = _eval_of_variable(bindings.ResourceVariable.eval)
    quiet_v1.train.Optimizer.compute_gradients = _compute_gradients(quiet_v1.train.Optimizer.compute_gradients)


def _evaluated(self: Any, feed_dict: Any = None, session: Any = None) -> Any:
    """Return the value of an eager tensor or variable as `session`, or the default session, returns it."""
    session = session or quiet_v1.get_default_session()
    if session is None:
        raise ValueError(
            "eval() needs a session, and there is no default one: pass session=..., or call it inside "
            "`with tf.Session():`"
        )
    return session.run(self, feed_dict)


def _eval_of_variable(own: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(own)
    def evaluate(self: Any, session: Any = None) -> Any:
        return _evaluated(self, None, session) if bindings.executing_eagerly() else own(self, session)

    return evaluate


def _compute_gradients(own: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(own)
    def compute_gradients(self: Any, loss: Any, *args: Any, **kwargs: Any) -> Any:
        if not callable(loss) and bindings.executing_eagerly():
            raise required("Optimizer.minimize of a tensor")
        return own(self, loss, *args, **kwargs)

    return compute_gradients
