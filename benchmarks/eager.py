"""Measure one call of this package, of TensorFlow's own function, of the bare kernel and of Keras.

``python benchmarks/eager.py`` measures the installed TensorFlow, prints a table, and writes it to eager.md and, with
matplotlib, a plot to eager.png in this folder. ``--rounds`` sets how long it measures.

The calls of one row take turns in one process, and the best round of each counts. So other load on the machine slows
all of them, and has little effect on the ratios. pytest-benchmark and pyperf measure one call after the other.
"""

import argparse
import datetime
import os
import platform
import subprocess
import sys
import tempfile
import timeit
from pathlib import Path
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from tfsoftmax_compat import losses, nn  # noqa: E402
from tfsoftmax_compat.worker import provenance  # noqa: E402

try:
    from keras import ops as keras_ops  # Keras 3, of TensorFlow 2.16 and later
except ImportError:
    keras_ops = None

Call = Callable[[], Any]
Measured = Dict[str, Dict[str, float]]
SECONDS_A_ROUND = 0.001

raw = tf.raw_ops
own = tf.nn
own_v1 = tf.compat.v1.nn
own_losses = tf.compat.v1.losses

v2, own_v2 = nn.softmax_cross_entropy_with_logits_v2, own.softmax_cross_entropy_with_logits
v1, own_of_v1 = nn.softmax_cross_entropy_with_logits, own_v1.softmax_cross_entropy_with_logits
sparse, own_sparse = (module.sparse_softmax_cross_entropy_with_logits for module in (nn, own))

RANDOM = np.random.RandomState(0)
LOGITS = tf.constant(RANDOM.randn(32, 10), tf.float32)
LABELS = tf.nn.softmax(tf.constant(RANDOM.randn(32, 10), tf.float32))
CLASSES = tf.constant(RANDOM.randint(10, size=32))
LOGITS_3, LABELS_3, CLASSES_3 = (tf.reshape(t, (4, 8) + tuple(t.shape[1:])) for t in (LOGITS, LABELS, CLASSES))


class Row(NamedTuple):
    """One line of the table: its name and the functions to compare."""

    what: str
    ours: Call
    tensorflow: Call
    kernel: Optional[Call] = None  # with the necessary transposes and reshapes, whose constants are made before
    keras: Optional[Call] = None
    watched: Tuple[Any, ...] = ()  # what a tape watches while the calls are timed; empty means no tape


def compared(what: str, ours: Callable[..., Any], own: Callable[..., Any], *args: Any, **kwargs: Any) -> Row:
    """Return the row that calls both functions with the same arguments."""
    return Row(what, lambda: ours(*args, **kwargs), lambda: own(*args, **kwargs))


def loss_row(what: str, ours: Callable[..., Any], own: Callable[..., Any], labels: Any, logits: Any) -> Row:
    return compared(what, ours, own, labels=labels, logits=logits)


def rows() -> List[Row]:
    return [
        *rows_of_float32(),
        *rows_of_other_dtypes_and_labels(),
        *rows_of_losses(),
        *rows_of_variables(),
        *rows_of_large_logits(),
        *rows_of_graphs(),
    ]


def rows_of_float32() -> List[Row]:
    """Return the rows that have a kernel, and Keras's functions, to compare with."""
    swap, matrix, vector, batch = (tf.constant(c) for c in ([1, 0], [-1, 10], [-1], [4, 8]))

    def dense_kernel() -> Any:
        return raw.SoftmaxCrossEntropyWithLogits(features=LOGITS, labels=LABELS)

    def sparse_kernel() -> Any:
        return raw.SparseSoftmaxCrossEntropyWithLogits(features=LOGITS, labels=CLASSES)

    def kernel_axis_0() -> Any:
        return raw.Transpose(x=raw.Softmax(logits=raw.Transpose(x=LOGITS, perm=swap)), perm=swap)

    def kernel_rank_3() -> Any:
        flat = raw.Reshape(tensor=LOGITS_3, shape=matrix), raw.Reshape(tensor=LABELS_3, shape=matrix)
        loss = raw.SoftmaxCrossEntropyWithLogits(features=flat[0], labels=flat[1]).loss
        return raw.Reshape(tensor=loss, shape=batch)

    def kernel_sparse_rank_3() -> Any:
        flat = raw.Reshape(tensor=LOGITS_3, shape=matrix), raw.Reshape(tensor=CLASSES_3, shape=vector)
        loss = raw.SparseSoftmaxCrossEntropyWithLogits(features=flat[0], labels=flat[1]).loss
        return raw.Reshape(tensor=loss, shape=batch)

    def of_kernel(labels: Any, logits: Any) -> Any:
        return raw.SoftmaxCrossEntropyWithLogits(features=logits, labels=labels).loss

    found = [
        compared("softmax", nn.softmax, own.softmax, LOGITS)._replace(kernel=lambda: raw.Softmax(logits=LOGITS)),
        compared("log_softmax", nn.log_softmax, own.log_softmax, LOGITS)._replace(
            kernel=lambda: raw.LogSoftmax(logits=LOGITS)
        ),
        loss_row("cross entropy v2", v2, own_v2, LABELS, LOGITS)._replace(kernel=dense_kernel),
        loss_row("cross entropy v1", v1, own_of_v1, LABELS, LOGITS)._replace(kernel=dense_kernel),
        loss_row("cross entropy v1 under a tape, forward", v1, own_of_v1, LABELS, LOGITS)._replace(
            watched=(LABELS, LOGITS)
        ),
        loss_row("sparse", sparse, own_sparse, CLASSES, LOGITS)._replace(kernel=sparse_kernel),
        compared("softmax, axis 0", nn.softmax, own.softmax, LOGITS, axis=0)._replace(kernel=kernel_axis_0),
        loss_row("cross entropy v2, rank 3", v2, own_v2, LABELS_3, LOGITS_3)._replace(kernel=kernel_rank_3),
        loss_row("sparse, rank 3", sparse, own_sparse, CLASSES_3, LOGITS_3)._replace(kernel=kernel_sparse_rank_3),
        Row("cross entropy v2, forward + gradient", with_gradient(v2), with_gradient(own_v2), with_gradient(of_kernel)),
    ]
    of_keras = keras_calls()
    return [row._replace(keras=of_keras.get(row.what)) for row in found]


def with_gradient(loss: Callable[..., Any]) -> Call:
    def forward_and_gradient() -> Any:
        with tf.GradientTape() as tape:
            tape.watch(LOGITS)
            value = loss(labels=LABELS, logits=LOGITS)
        return tape.gradient(value, LOGITS)

    return forward_and_gradient


def keras_calls() -> Dict[str, Call]:
    """Return the functions of Keras 3 that compute the rows of those names; none without it."""
    if keras_ops is None:
        return {}
    dense, of_classes = keras_ops.categorical_crossentropy, keras_ops.sparse_categorical_crossentropy
    return {
        "softmax": lambda: keras_ops.softmax(LOGITS),
        "log_softmax": lambda: keras_ops.log_softmax(LOGITS),
        "cross entropy v2": lambda: dense(LABELS, LOGITS, from_logits=True),
        "sparse": lambda: of_classes(CLASSES, LOGITS, from_logits=True),
        "softmax, axis 0": lambda: keras_ops.softmax(LOGITS, axis=0),
        "cross entropy v2, rank 3": lambda: dense(LABELS_3, LOGITS_3, from_logits=True),
        "sparse, rank 3": lambda: of_classes(CLASSES_3, LOGITS_3, from_logits=True),
    }


def rows_of_other_dtypes_and_labels() -> List[Row]:
    """Return the rows of calls that TensorFlow casts or broadcasts for."""
    found = []
    for dtype in (tf.float16, tf.bfloat16):
        labels, logits = tf.cast(LABELS, dtype), tf.cast(LOGITS, dtype)
        found += [
            loss_row("cross entropy v2, %s" % dtype.name, v2, own_v2, labels, logits),
            loss_row("cross entropy v1, %s" % dtype.name, v1, own_of_v1, labels, logits),
            loss_row("sparse, %s" % dtype.name, sparse, own_sparse, CLASSES, logits),
        ]
    one_hot = tf.one_hot(CLASSES, 10, dtype=tf.int32)
    return found + [
        loss_row("cross entropy v2, integer labels, tensor", v2, own_v2, one_hot, LOGITS),
        loss_row("cross entropy v2, integer labels, array", v2, own_v2, one_hot.numpy(), LOGITS),
        loss_row("cross entropy v2, labels that broadcast", v2, own_v2, tf.constant(LABELS[:1]), LOGITS),
    ]


def rows_of_losses() -> List[Row]:
    """Return the rows of `losses`, with each kind of option."""
    batch = tf.constant(RANDOM.rand(32), tf.float32)
    all_options = {"": {}, ", weights of the batch": {"weights": batch}}  # type: Dict[str, Dict[str, Any]]
    for reduction in ("NONE", "SUM", "SUM_OVER_BATCH_SIZE", "MEAN"):  # the default is SUM_BY_NONZERO_WEIGHTS
        all_options[", " + reduction] = {"reduction": getattr(losses.Reduction, reduction)}
    dense, own_dense = losses.softmax_cross_entropy, own_losses.softmax_cross_entropy
    of_classes, own_of_classes = losses.sparse_softmax_cross_entropy, own_losses.sparse_softmax_cross_entropy
    found = [compared("losses: dense, label smoothing", dense, own_dense, LABELS, LOGITS, label_smoothing=0.1)]
    for label, options in all_options.items():
        found += [
            compared("losses: dense" + label, dense, own_dense, LABELS, LOGITS, **options),
            compared("losses: sparse" + label, of_classes, own_of_classes, CLASSES, LOGITS, **options),
        ]
    return sorted(found, key=lambda row: "sparse" in row.what)  # stable: the dense ones in their order, then the others


def rows_of_variables() -> List[Row]:
    with tf.distribute.MirroredStrategy(["CPU:0"]).scope():
        mirrored = tf.Variable(LOGITS)
    variables = {"a variable": tf.Variable(LOGITS), "a mirrored variable": mirrored}
    if keras_ops is not None:
        variables["a Keras variable"] = tf.keras.Variable(LOGITS)
    found = []
    for kind, variable in variables.items():
        found += [
            compared("softmax, " + kind, nn.softmax, own.softmax, variable),
            loss_row("cross entropy v2, " + kind, v2, own_v2, LABELS, variable),
            loss_row("sparse, " + kind, sparse, own_sparse, CLASSES, variable),
        ]
    return found


def rows_of_large_logits() -> List[Row]:
    large = tf.constant(RANDOM.randn(64, 50000), tf.float32)
    classes = tf.constant(RANDOM.randint(50000, size=64))
    return [
        compared("64 × 50,000: softmax", nn.softmax, own.softmax, large),
        loss_row("64 × 50,000: cross entropy v2", v2, own_v2, tf.nn.softmax(large), large),
        loss_row("64 × 50,000: sparse", sparse, own_sparse, classes, large),
    ]


def rows_of_graphs() -> List[Row]:
    """Return the rows in which this package builds TensorFlow's own operations."""

    def traced(loss: Callable[..., Any]) -> Call:
        return tf.function(lambda: loss(labels=LABELS, logits=LOGITS))  # type: ignore[no-any-return]

    def session_run(loss: Callable[..., Any]) -> Call:
        with tf.Graph().as_default() as graph:
            fetched = loss(labels=tf.ones([32, 10]) / 10.0, logits=tf.ones([32, 10]))
            return tf.compat.v1.Session(graph=graph).make_callable(fetched)  # type: ignore[no-any-return]

    return [
        Row("tf.function: cross entropy v2", traced(v2), traced(own_v2)),
        Row("Session.run: cross entropy v2", session_run(v2), session_run(own_v2)),
    ]


def microseconds(row: Row, rounds: int) -> Dict[str, float]:
    """Return the best time of each function for one call."""
    calls = {name: call for name, call in zip(("ours", "tensorflow", "kernel", "keras"), row[1:5]) if call}
    numbers, best = {}, {}
    for name, call in calls.items():
        call()  # traces, fills caches
        numbers[name] = max(1, int(SECONDS_A_ROUND / min(timeit.repeat(call, number=1, repeat=5))))
        best[name] = float("inf")
    for number_of_round in range(rounds):
        # In both orders, because a call is a few per cent faster after itself than after another.
        for name, call in list(calls.items())[:: 1 if number_of_round % 2 else -1]:
            best[name] = min(best[name], one_round(call, numbers[name], row.watched))
    return {name: seconds * 1e6 for name, seconds in best.items()}


def one_round(call: Call, number: int, watched: Tuple[Any, ...]) -> float:
    if not watched:
        return timeit.timeit(call, number=number) / number
    with tf.GradientTape() as tape:
        tape.watch(watched)
        return timeit.timeit(call, number=number) / number


def import_seconds(rounds: int = 5) -> Dict[str, float]:
    """Return the best time of importing TensorFlow, and then `nn`, in new processes."""
    program = (
        "import time; a = time.perf_counter(); import tensorflow; b = time.perf_counter(); "
        "import tfsoftmax_compat.nn; print(b - a, time.perf_counter() - b)"
    )
    times = [
        [float(part) for part in subprocess.check_output([sys.executable, "-c", program]).split()]
        for _ in range(rounds)
    ]
    return dict(zip(("tensorflow", "nn"), map(min, zip(*times))))


PAGE = """\
# One eager call, compared with TensorFlow's own function

Measured by `python benchmarks/eager.py`:
{machine}.

![For each call a dot on a logarithmic axis: its time relative to TensorFlow's own function](eager.png)

The logits are 32 × 10, or 4 × 8 × 10 at rank 3. TensorFlow's own function is that of `tf.nn`, of `tf.compat.v1.nn` for
v1, and of `tf.compat.v1.losses` for `losses`. The kernel is the operation that computes the result, with the transposes
and reshapes that it needs. The calls of a row were timed in turn in one process, and the best round of each counts: the
ratios say more than the times.

"""


def table(measured: Measured) -> str:
    lines = [
        "| call | µs | TensorFlow's own, µs | kernel, µs | `keras.ops`, µs | of TensorFlow's | of the kernel's |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for what, best in measured.items():
        cells = ["%.1f" % best[name] if name in best else "" for name in ("ours", "tensorflow", "kernel", "keras")]
        cells.append("%.3f" % (best["ours"] / best["tensorflow"]))
        cells.append("%.2f" % (best["ours"] / best["kernel"]) if "kernel" in best else "")
        lines.append("| %s | %s |" % (what, " | ".join(cells)))
    return "\n".join(lines) + "\n"


def import_line(imports: Dict[str, float]) -> str:
    share = 100 * imports["nn"] / imports["tensorflow"]
    return "\nThe import of TensorFlow takes %.2f s, and that of `tfsoftmax_compat.nn` after it %.4f s (%.2f %%).\n" % (
        imports["tensorflow"],
        imports["nn"],
        share,
    )


# Transparent, in colours that are readable on white and on black, and that the colour-blind can tell apart.
INK, OURS, KERNEL = "#7b7b7b", "#0a84c6", "#d55e00"


def plot(measured: Measured, machine: str, file: Any) -> None:
    """Plot the time of each call as a part of TensorFlow's own."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    coloured = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color")
    pyplot.rcParams.update({"font.size": 9, **dict.fromkeys(coloured, INK)})
    figure, axes = pyplot.subplots(figsize=(9, 0.22 * len(measured) + 1.4), layout="constrained")
    axes.axvline(1, color=INK, linewidth=1)
    ratios = [best["ours"] / best["tensorflow"] for best in measured.values()]
    for place, (best, ratio) in enumerate(zip(measured.values(), ratios)):
        axes.plot(ratio, place, "o", color=OURS, markersize=6, label="tfsoftmax_compat" if not place else None)
        if "kernel" in best:
            kernel = best["kernel"] / best["tensorflow"]
            axes.plot(kernel, place, "|", color=KERNEL, markersize=11, label="bare kernel" if not place else None)
        axes.annotate(factor(ratio), (ratio, place), (9, 0), textcoords="offset points", va="center", fontsize=8)
    axes.set_yticks(range(len(measured)), list(measured))
    axes.set_ylim(len(measured) - 0.4, -0.6)
    axes.set_xscale("log")
    axes.set_xlim(None, 2)
    axes.set_xticks([0.01, 0.03, 0.1, 0.3, 1], ["1 %", "3 %", "10 %", "30 %", "100 %"])
    axes.minorticks_off()
    axes.grid(axis="x", color=INK, alpha=0.3, linewidth=0.5)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("time of one call, relative to TensorFlow's own function (logarithmic axis)")
    figure.suptitle(
        "One call takes between %.0f %% and %.0f %% of the time of TensorFlow's own function"
        % (100 * min(ratios), 100 * max(ratios))
    )
    axes.set_title(machine, fontsize=7, loc="left")
    axes.legend(loc="lower left", frameon=False)
    figure.savefig(file, dpi=120, format="png", transparent=True)
    pyplot.close(figure)


def factor(ratio: float) -> str:
    """Return how many times as fast a call is that takes this part of the time: ``"45×"``."""
    return "%.1f×" % (1 / ratio) if ratio > 0.1 else "%.0f×" % (1 / ratio)


def write(path: Path, content: Callable[[Any], Any]) -> None:
    """Write the file completely or not at all."""
    with tempfile.NamedTemporaryFile("wb", dir=str(path.parent), delete=False) as file:
        content(file)
    os.chmod(file.name, 0o644)
    os.replace(file.name, str(path))
    print("wrote", path)


def machine() -> str:
    """Return what the figures depend on: the versions, the processor, its instructions, whether oneDNN is on."""
    return "TensorFlow %s, Python %s, oneDNN %s, %s × %s with %s, %s" % (
        tf.__version__,
        platform.python_version(),
        "on" if provenance.onednn() else "off",
        os.cpu_count(),
        cpu(),
        provenance.cpu_instructions() or "unknown instructions",
        datetime.date.today().isoformat(),
    )


def cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=200, help="number of rounds (default: %(default)s)")
    parser.add_argument("--directory", type=Path, default=Path(__file__).resolve().parent, help="folder for the files")
    options = parser.parse_args()

    measured = {row.what: microseconds(row, options.rounds) for row in rows()}
    text = PAGE.format(machine=machine()) + table(measured) + import_line(import_seconds())
    print(text)
    write(options.directory / "eager.md", lambda file: file.write(text.encode("utf-8")))
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        sys.exit("no plot was drawn because matplotlib is not installed: pip install matplotlib")
    write(options.directory / "eager.png", lambda file: plot(measured, machine(), file))


if __name__ == "__main__":
    main()
