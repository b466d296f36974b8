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

from tfsoftmax_compat import nn  # noqa: E402

try:
    from keras import ops as keras_ops  # Keras 3, of TensorFlow 2.16 and later
except ImportError:
    keras_ops = None

Call = Callable[[], Any]
SECONDS_A_ROUND = 0.001

raw = tf.raw_ops
own = tf.nn
own_v1 = tf.compat.v1.nn


class Row(NamedTuple):
    """One line of the table: its name and the functions to compare."""

    what: str
    ours: Call
    tensorflow: Call
    kernel: Optional[Call] = None  # with the necessary transposes and reshapes, whose constants are made before
    keras: Optional[Call] = None
    watched: Tuple[Any, ...] = ()  # what a tape watches while the calls are timed; empty means no tape


def rows() -> List[Row]:
    random = np.random.RandomState(0)
    logits = tf.constant(random.randn(32, 10), tf.float32)
    labels = tf.nn.softmax(tf.constant(random.randn(32, 10), tf.float32))
    classes = tf.constant(random.randint(10, size=32))
    logits3, labels3, classes3 = (tf.reshape(t, (4, 8) + tuple(t.shape[1:])) for t in (logits, labels, classes))
    large = tf.constant(random.randn(64, 50000), tf.float32)
    large_labels, large_classes = tf.nn.softmax(large), tf.constant(random.randint(50000, size=64))
    swap, matrix, vector, batch = (tf.constant(c) for c in ([1, 0], [-1, 10], [-1], [4, 8]))

    def kernel_axis_0() -> Any:
        return raw.Transpose(x=raw.Softmax(logits=raw.Transpose(x=logits, perm=swap)), perm=swap)

    def kernel_rank_3() -> Any:
        flat = raw.Reshape(tensor=logits3, shape=matrix), raw.Reshape(tensor=labels3, shape=matrix)
        loss = raw.SoftmaxCrossEntropyWithLogits(features=flat[0], labels=flat[1]).loss
        return raw.Reshape(tensor=loss, shape=batch)

    def kernel_sparse_rank_3() -> Any:
        flat = raw.Reshape(tensor=logits3, shape=matrix), raw.Reshape(tensor=classes3, shape=vector)
        loss = raw.SparseSoftmaxCrossEntropyWithLogits(features=flat[0], labels=flat[1]).loss
        return raw.Reshape(tensor=loss, shape=batch)

    def gradient(loss: Callable[..., Any]) -> Call:
        def forward_and_gradient() -> Any:
            with tf.GradientTape() as tape:
                tape.watch(logits)
                value = loss(labels=labels, logits=logits)
            return tape.gradient(value, logits)

        return forward_and_gradient

    def dense(loss: Callable[..., Any], labels: Any = labels, logits: Any = logits) -> Call:
        return lambda: loss(labels=labels, logits=logits)

    def dense_kernel(labels: Any = labels, logits: Any = logits) -> Call:
        return lambda: raw.SoftmaxCrossEntropyWithLogits(features=logits, labels=labels)

    def sparse_kernel(labels: Any = classes, logits: Any = logits) -> Call:
        return lambda: raw.SparseSoftmaxCrossEntropyWithLogits(features=logits, labels=labels)

    v2, own_v2 = nn.softmax_cross_entropy_with_logits_v2, own.softmax_cross_entropy_with_logits
    v1, own_of_v1 = nn.softmax_cross_entropy_with_logits, own_v1.softmax_cross_entropy_with_logits
    sparse, own_sparse = (m.sparse_softmax_cross_entropy_with_logits for m in (nn, own))
    column, variable = tf.constant(labels[:1]), tf.Variable(logits)
    with tf.distribute.MirroredStrategy(["CPU:0"]).scope():
        mirrored = tf.Variable(logits)

    table = [
        Row("softmax", lambda: nn.softmax(logits), lambda: own.softmax(logits), lambda: raw.Softmax(logits=logits)),
        Row(
            "log_softmax",
            lambda: nn.log_softmax(logits),
            lambda: own.log_softmax(logits),
            lambda: raw.LogSoftmax(logits=logits),
        ),
        Row("cross entropy v2", dense(v2), dense(own_v2), dense_kernel()),
        Row("cross entropy v1, nothing recording", dense(v1), dense(own_of_v1), dense_kernel()),
        Row("cross entropy v1 under a tape, forward", dense(v1), dense(own_of_v1), watched=(labels, logits)),
        Row("sparse", dense(sparse, classes), dense(own_sparse, classes), sparse_kernel()),
        Row("softmax, axis 0", lambda: nn.softmax(logits, axis=0), lambda: own.softmax(logits, axis=0), kernel_axis_0),
        Row("cross entropy v2, rank 3", dense(v2, labels3, logits3), dense(own_v2, labels3, logits3), kernel_rank_3),
        Row(
            "sparse, rank 3",
            dense(sparse, classes3, logits3),
            dense(own_sparse, classes3, logits3),
            kernel_sparse_rank_3,
        ),
        Row(
            "cross entropy v2, forward + gradient",
            gradient(v2),
            gradient(own_v2),
            gradient(lambda labels, logits: raw.SoftmaxCrossEntropyWithLogits(features=logits, labels=labels).loss),
        ),
        Row("64 × 50,000: softmax", lambda: nn.softmax(large), lambda: own.softmax(large)),
        Row("64 × 50,000: cross entropy v2", dense(v2, large_labels, large), dense(own_v2, large_labels, large)),
        Row("64 × 50,000: sparse", dense(sparse, large_classes, large), dense(own_sparse, large_classes, large)),
        Row("a variable, softmax", lambda: nn.softmax(variable), lambda: own.softmax(variable)),
        Row("a variable, sparse", dense(sparse, classes, variable), dense(own_sparse, classes, variable)),
        Row("refused: a mirrored variable, softmax", lambda: nn.softmax(mirrored), lambda: own.softmax(mirrored)),
        Row(
            "refused: a mirrored variable, sparse",
            dense(sparse, classes, mirrored),
            dense(own_sparse, classes, mirrored),
        ),
        Row("refused: labels to broadcast, v2", dense(v2, column), dense(own_v2, column)),
        Row(
            "refused: half logits, sparse",
            dense(sparse, classes, tf.cast(logits, tf.float16)),
            dense(own_sparse, classes, tf.cast(logits, tf.float16)),
        ),
        Row("tf.function: cross entropy v2", tf.function(dense(v2)), tf.function(dense(own_v2))),
        Row("Session.run: cross entropy v2", session_run(v2), session_run(own_v2)),
    ]
    if keras_ops is None:
        return table
    of_keras = {
        "softmax": lambda: keras_ops.softmax(logits),
        "log_softmax": lambda: keras_ops.log_softmax(logits),
        "cross entropy v2": lambda: keras_ops.categorical_crossentropy(labels, logits, from_logits=True),
        "sparse": lambda: keras_ops.sparse_categorical_crossentropy(classes, logits, from_logits=True),
        "softmax, axis 0": lambda: keras_ops.softmax(logits, axis=0),
        "cross entropy v2, rank 3": lambda: keras_ops.categorical_crossentropy(labels3, logits3, from_logits=True),
        "sparse, rank 3": lambda: keras_ops.sparse_categorical_crossentropy(classes3, logits3, from_logits=True),
    }  # type: Dict[str, Call]
    return [row._replace(keras=of_keras.get(row.what)) for row in table]


def session_run(loss: Callable[..., Any]) -> Call:
    with tf.Graph().as_default() as graph:
        fetched = loss(labels=tf.ones([32, 10]) / 10.0, logits=tf.ones([32, 10]))
        return tf.compat.v1.Session(graph=graph).make_callable(fetched)  # type: ignore[no-any-return]


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


def table(measured: Dict[str, Dict[str, float]], title: str, imports: Dict[str, float]) -> str:
    lines = [
        title,
        "",
        "| call (32 × 10, or 4 × 8 × 10) | µs | `tf.nn`, µs | kernel, µs | `keras.ops`, µs "
        "| of `tf.nn`'s time | of the kernel's |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for what, best in measured.items():
        cells = ["%.1f" % best[name] if name in best else "" for name in ("ours", "tensorflow", "kernel", "keras")]
        cells.append("%.3f" % (best["ours"] / best["tensorflow"]))
        cells.append("%.2f" % (best["ours"] / best["kernel"]) if "kernel" in best else "")
        lines.append("| %s | %s |" % (what, " | ".join(cells)))
    seconds = imports["tensorflow"], imports["nn"]
    lines += ["", "Import: TensorFlow %.2f s, `tfsoftmax_compat.nn` after it %.4f s." % seconds]
    return "\n".join(lines) + "\n"


def plot(measured: Dict[str, Dict[str, float]], title: str, file: Any) -> None:
    """Plot the rows that have a kernel to compare with."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    measured = {what: best for what, best in measured.items() if "kernel" in best}
    figure, axes = pyplot.subplots(figsize=(9, 0.45 * len(measured) + 1.5))
    positions = np.arange(len(measured))
    series = (
        ("tensorflow", "tf.nn", "#c7c7c7"),
        ("ours", "tfsoftmax_compat", "#1f77b4"),
        ("kernel", "kernel", "#2ca02c"),
    )
    for place, (name, label, colour) in enumerate(series):
        widths = [best[name] for best in measured.values()]
        axes.barh(positions + 0.27 * (place - 1), widths, height=0.25, label=label, color=colour)
    axes.set_yticks(positions)
    axes.set_yticklabels(list(measured))
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlabel("one call, µs (log scale)")
    axes.set_title(title, fontsize=9)
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(file, dpi=120, format="png")


def write(path: Path, content: Callable[[Any], Any]) -> None:
    """Write the file completely or not at all."""
    with tempfile.NamedTemporaryFile("wb", dir=str(path.parent), delete=False) as file:
        content(file)
    os.chmod(file.name, 0o644)
    os.replace(file.name, str(path))
    print("wrote", path)


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
    title = "TensorFlow %s, Python %s, %s × %s, %s" % (
        tf.__version__,
        platform.python_version(),
        os.cpu_count(),
        cpu(),
        datetime.date.today().isoformat(),
    )
    text = table(measured, title, import_seconds())
    print(text)
    write(options.directory / "eager.md", lambda file: file.write(text.encode("utf-8")))
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        sys.exit("no plot was drawn because matplotlib is not installed: pip install matplotlib")
    write(options.directory / "eager.png", lambda file: plot(measured, title, file))


if __name__ == "__main__":
    main()
