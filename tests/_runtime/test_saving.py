"""Keras models made with our functions, saved here and loaded in a fresh process.

The model built from calls is loaded before the package is imported there, those with one of our functions as an
activation after that.
"""

import json

import fresh
import numpy as np
import pytest

from tfsoftmax_compat import nn
from tfsoftmax_compat._runtime import bindings
from tfsoftmax_compat._runtime.bindings import tf

if bindings.VERSION < (1, 15):
    pytest.skip("up to TF 1.14 Keras takes a function into a model only by Lambda", allow_module_level=True)

FEATURES = np.array([[2.0, -1.0, 0.5], [0.1, 0.2, 3.0]], np.float32)
LABELS = np.array([[0.2, 0.5, 0.3], [0.0, 0.0, 1.0]], np.float32)
CLASSES = np.array([0, 2], np.int32)

LOAD = """
import importlib, json, os, sys
import numpy as np, tensorflow as tf

folder, keras_name = sys.argv[1:]
if int(tf.__version__.split(".")[0]) < 2:
    tf.compat.v1.enable_eager_execution()
keras = tf.keras if keras_name == "tf.keras" else importlib.import_module(keras_name)

def values(path, inputs):
    if os.path.isdir(path) and hasattr(keras, "KerasTensor"):  # Keras 3 writes SavedModels and does not read them
        model = tf.saved_model.load(path)
        outputs = model.serve(inputs)
    else:
        outputs = keras.models.load_model(path, compile=False)(inputs)
    return [np.asarray(output).tolist() for output in (outputs if isinstance(outputs, (list, tuple)) else [outputs])]

def values_or_error(path, arrays):
    inputs = [tf.constant(np.array(values, dtype)) for values, dtype in arrays]
    try:
        return values(path, inputs if len(inputs) > 1 else inputs[0])
    except Exception as error:
        return "%s: %s" % (type(error).__name__, error)

with open(os.path.join(folder, "saved.json")) as file:
    saved = json.load(file)
loaded = {path: values_or_error(path, arrays) for path, arrays in saved if "calls" in os.path.basename(path)}
assert "tfsoftmax_compat" not in sys.modules
from tfsoftmax_compat import nn
loaded.update((path, values_or_error(path, arrays)) for path, arrays in saved if path not in loaded)
with open(os.path.join(folder, "loaded.json"), "w") as file:
    json.dump(loaded, file)
"""


def with_activation(keras, activation):
    """A function given by itself: to a layer of its own, and to another."""
    features = keras.layers.Input((3,))
    hidden = keras.layers.Activation(activation)(features)
    return keras.Model(features, keras.layers.Dense(2, activation=activation)(hidden)), [FEATURES]


def with_calls(keras):
    """All five functions called on symbolic tensors, with weights before, and constants for labels too."""
    classes, labels = keras.layers.Input((), dtype="int32"), keras.layers.Input((3,))
    features = keras.layers.Input((3,))
    logits = keras.layers.Dense(3)(features)
    results = [
        nn.softmax(logits, axis=-1, name="named"),
        nn.log_softmax(logits=logits),
        nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits),
        nn.softmax_cross_entropy_with_logits(labels=LABELS.tolist(), logits=logits),
        nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits, axis=-1),
        nn.softmax_cross_entropy_with_logits_v2(labels=LABELS, logits=logits),
    ]
    if bindings.VERSION not in (
        (2, 1),
        (2, 2),
    ):  # whose Keras takes every operation named Sparse... for one on SparseTensors
        results += [
            nn.sparse_softmax_cross_entropy_with_logits(labels=classes, logits=logits),
            nn.sparse_softmax_cross_entropy_with_logits(labels=CLASSES.tolist(), logits=logits),
        ]
    return keras.Model([classes, labels, features], results), [CLASSES, LABELS, FEATURES]


MODELS = {
    "softmax": lambda keras: with_activation(keras, nn.softmax),
    "log_softmax": lambda keras: with_activation(keras, nn.log_softmax),
    "calls": with_calls,
}
FORMATS = [".keras", ".h5", ".saved_model"]


def why_no_calls(suffix):
    """Why Keras itself saves no operations in this format, or does not load them; None where it does."""
    if bindings.VERSION < (2, 2):
        return "Keras before TF 2.2 gives two operations one name in HDF5, and finds no function in the SavedModel"
    if bindings.VERSION >= (2, 16) and suffix == ".h5":
        return "Keras 3 reads only layers from HDF5, not operations"
    return None


@pytest.fixture(params=["tf.keras", "tf_keras"], scope="module")
def roundtrip(request, tmp_path_factory):
    """For each file name: what its model computed, and what it computes in a fresh process, or the error there."""
    keras = tf.keras if request.param == "tf.keras" else pytest.importorskip("tf_keras")
    folder = tmp_path_factory.mktemp("saved")
    computed, saved = {}, []
    for name, make in MODELS.items():
        model, arrays = make(keras)
        inputs = [tf.constant(array) for array in arrays]
        outputs = model(inputs if len(inputs) > 1 else inputs[0])
        for suffix in FORMATS:
            path = folder / (name + suffix)
            if name == "calls" and why_no_calls(suffix):
                continue
            if suffix == ".saved_model":
                (model.export if hasattr(keras, "KerasTensor") else model.save)(str(path))
            else:
                model.save(str(path))
            computed[path.name] = [np.asarray(o) for o in (outputs if isinstance(outputs, list) else [outputs])]
            saved.append((str(path), [(array.tolist(), array.dtype.name) for array in arrays]))
    (folder / "saved.json").write_text(json.dumps(saved))
    completed = fresh.run(LOAD, str(folder), request.param)
    assert completed.returncode == 0, completed.stderr
    loaded = json.loads((folder / "loaded.json").read_text())
    return computed, {path.rpartition("/")[2]: values for path, values in loaded.items()}


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_fresh_process_loads_it(roundtrip, name, suffix):
    if name == "calls" and why_no_calls(suffix):
        pytest.skip(why_no_calls(suffix))
    computed, loaded = (values[name + suffix] for values in roundtrip)
    assert not isinstance(loaded, str), loaded
    assert len(loaded) == len(computed)
    for after, before in zip(loaded, computed):
        np.testing.assert_array_max_ulp(np.array(after, np.float32), before, 4)
