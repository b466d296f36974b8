"""Run TensorFlow's own tests of the softmax family with our functions in place of TensorFlow's, and without them.

    python tests/upstream/run.py FOLDER

FOLDER contains test modules of TensorFlow, such as ``softmax_op_test.py`` and ``xent_op_test.py``, from the installed
release or a similar one. This repository does not contain them. Each module runs twice, each time in a new process: as
it is, and with the functions of `nn_ops` and `losses` replaced by ours. The outcome of every test must be the same.
Prints the counts, and exits with 1 if an outcome differs.
"""

import json
import os
import subprocess
import sys
import tempfile

TIMEOUT = 900  # seconds for one module


def replace_functions():
    """Replace TensorFlow's functions by ours for TensorFlow's tests and its other modules."""
    from tensorflow.python.ops import nn, nn_ops
    from tensorflow.python.ops.losses import losses as losses_module
    from tensorflow.python.ops.losses import losses_impl

    from tfsoftmax_compat import losses as our_losses
    from tfsoftmax_compat import nn as our_nn
    from tfsoftmax_compat._runtime import bindings

    # Our function calls tf.nn's, which would find ours in nn_ops. It must call TensorFlow's own.
    own_sparse = nn_ops.sparse_softmax_cross_entropy_with_logits
    bindings.sparse_softmax_cross_entropy_with_logits = lambda labels, logits, name: own_sparse(
        labels=labels, logits=logits, name=name
    )
    ours = {name: getattr(our_nn, name) for name in our_nn.__all__[:5]}  # those that apply a softmax
    # These are the names in nn_ops of the functions of TF2's tf.nn. Their `_helper` functions are not replaced, because
    # our functions call them.
    ours.update(
        softmax_v2=our_nn.softmax,
        log_softmax_v2=our_nn.log_softmax,
        sparse_softmax_cross_entropy_with_logits_v2=lambda labels, logits, name=None: (
            our_nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits, name=name)
        ),
    )
    for module in (nn_ops, nn):
        for name, function in ours.items():
            if hasattr(module, name):
                setattr(module, name, function)
    for module in (losses_module, losses_impl):
        for name in ("softmax_cross_entropy", "sparse_softmax_cross_entropy"):
            setattr(module, name, getattr(our_losses, name))


def exception_in(text):
    """Return the type of the exception in a report of a test, and what the test expected of a message.

    The stack frames differ where our functions are. So does the message: ours says more, and ends with TensorFlow's.
    """
    last = text.rpartition("Traceback (most recent call last):")[2]
    lines = [line for line in last.splitlines() if line and not line.startswith(" ")]
    return lines[0].partition(" does not match ")[0] if " does not match " in lines[0] else lines[0].partition(":")[0]


def run_here(path, replaced, report):
    """Run one test module in this process; write the outcome of each test to the file `report`."""
    import importlib.util
    import unittest

    if replaced:
        replace_functions()
    spec = importlib.util.spec_from_file_location(os.path.splitext(os.path.basename(path))[0], path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    result = unittest.TextTestRunner(verbosity=0).run(unittest.defaultTestLoader.loadTestsFromModule(module))
    outcomes = {"": "%d tests" % result.testsRun}
    for kind in ("failures", "errors"):
        outcomes.update((test.id(), kind + ": " + exception_in(text)) for test, text in getattr(result, kind))
    outcomes.update((test.id(), "skipped") for test, _ in result.skipped)
    with open(report, "w") as file:
        json.dump(outcomes, file)


def outcomes_of(path, replaced):
    """Return the outcomes of one module, run in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.json")
        command = [sys.executable, os.path.abspath(__file__), path, "--replaced" if replaced else "--as-it-is", report]
        environment = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", TEST_TMPDIR=folder)
        try:
            completed = subprocess.run(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, timeout=TIMEOUT
            )
        except subprocess.TimeoutExpired:
            return {"": "no end within %d seconds" % TIMEOUT}
        if not os.path.exists(report):
            last = completed.stdout.decode("utf-8", "replace").strip().splitlines()[-1:]
            return {"": "did not load: %s" % "".join(last)}
        with open(report) as file:
            return json.load(file)


def main(folder):
    """Compare the outcomes of each module in `folder`, and return the exit status."""
    differing = 0
    for name in sorted(os.listdir(folder)):
        if not name.endswith("_test.py"):
            continue
        path = os.path.join(os.path.abspath(folder), name)
        own, ours = outcomes_of(path, replaced=False), outcomes_of(path, replaced=True)
        different = sorted(test for test in set(own) | set(ours) if own.get(test) != ours.get(test))
        kinds = [outcome.partition(":")[0] for test, outcome in own.items() if test]
        print(
            "%s: %s, %d failures, %d errors, %d skipped without us; %s with us"
            % (
                name,
                own[""],
                kinds.count("failures"),
                kinds.count("errors"),
                kinds.count("skipped"),
                "%d different" % len(different) if different else "the same",
            ),
            flush=True,
        )
        for test in different:
            print("  %s\n    without us: %s\n    with us:    %s" % (test, own.get(test), ours.get(test)))
        differing += len(different)
    return 1 if differing else 0


if __name__ == "__main__":
    if len(sys.argv) == 4:
        run_here(sys.argv[1], sys.argv[2] == "--replaced", sys.argv[3])
    elif len(sys.argv) == 2 and os.path.isdir(sys.argv[1]):
        sys.exit(main(sys.argv[1]))
    else:
        sys.exit(__doc__)
