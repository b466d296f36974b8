"""Graph mode and eager mode in one process, on every release.

Eager mode is on from the start, also on 1.x, where a program can choose only once. Graph mode uses a new graph.
"""

import contextlib

from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf, v1

if bindings.VERSION < (2, 0):
    bindings.enable_eager_execution()
v1.logging.set_verbosity(v1.logging.ERROR)

if bindings.VERSION < (1, 8):  # which introduced tf.GradientTape
    from tensorflow.python.eager.backprop import GradientTape
else:
    GradientTape = tf.GradientTape


@contextlib.contextmanager
def new_graph():
    """Enter graph mode, in a new graph."""
    with contextlib.ExitStack() as stack:
        if not bindings.GRAPH_ENTERS_GRAPH_MODE:
            from tensorflow.python.eager import context

            stack.enter_context(context.graph_mode())
        yield stack.enter_context(tf.Graph().as_default())


class _Graph:
    name = "graph"

    def evaluate(self, build, *values):
        """Return the NumPy value of ``build(*tensors)``, where `tensors` are made from `values`."""
        with new_graph():
            result = build(*[tf.constant(value) for value in values])
            with v1.Session() as session:
                return session.run(result)

    def gradients(self, build, *values):
        """Return the gradients of ``build(*tensors)`` with respect to each tensor, None for a tensor that gets none."""
        with new_graph():
            tensors = [tf.constant(value) for value in values]
            gradients = v1.gradients(build(*tensors), tensors)
            with v1.Session() as session:
                values = iter(session.run([gradient for gradient in gradients if gradient is not None]))
            return [None if gradient is None else next(values) for gradient in gradients]


class _Eager:
    name = "eager"

    def evaluate(self, build, *values):
        """Return the NumPy value of ``build(*tensors)``, where `tensors` are made from `values`."""
        return build(*[tf.constant(value) for value in values]).numpy()

    def gradients(self, build, *values):
        """Return the gradients of ``build(*tensors)`` with respect to each tensor, None for a tensor that gets none."""
        tensors = [tf.constant(value) for value in values]
        with GradientTape() as tape:
            for tensor in tensors:
                tape.watch(tensor)
            result = build(*tensors)
        return [None if gradient is None else gradient.numpy() for gradient in tape.gradient(result, tensors)]


GRAPH, EAGER = _Graph(), _Eager()
