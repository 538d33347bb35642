"""Models are built as described, and what an answer did with them is written down as plain data."""

# ruff: noqa: ARG005

from __future__ import annotations

import json
import logging

import numpy as np
import pytest

from autograder.judging import grade
from autograder.observers import observe
from autograder.observers.encoding import decode
from autograder.observers.models import keras_model, plain_function

DENSE = {"units": 1, "activation": "linear", "kernel": [[0.5], [0.25]], "bias": [1.0]}
X = np.array([[8.0, 2.0], [9.0, 3.0]])


def compared(answer, *models):
    call = {"id": "one", "a": 8.0, "b": 2.0, "models": list(models)}
    evidence = observe({"observer": "compared", "inputs": {"calls": [call]}}, answer)
    json.dumps(evidence, allow_nan=False)
    return evidence["calls"]["one"]


def filled(answer, *layers):
    inputs = {"models": [{"id": "one", "layers": list(layers)}]}
    evidence = observe({"observer": "filled", "inputs": inputs}, answer)
    json.dumps(evidence, allow_nan=False)
    return evidence["calls"]["one"]


def test_a_keras_model_has_the_layers_and_the_weights_of_its_description():
    model = keras_model([{"units": 2, "activation": "sigmoid"}, {"dropout": 0.2}, DENSE])
    assert [type(layer).__name__ for layer in model.layers] == ["Dense", "Dropout", "Dense"]
    assert model.layers[1].rate == 0.2
    np.testing.assert_array_equal(model.layers[2].get_weights()[0], [[0.5], [0.25]])
    np.testing.assert_allclose(np.asarray(keras_model([DENSE])(X)), [[5.5], [6.25]])


@pytest.mark.parametrize(("form", "shape"), [("column", (2, 1)), ("flat", (2,))])
def test_a_plain_function_gives_the_target_for_each_row(form, shape):
    y = plain_function(factor=0.01, power=2.0, form=form)(X)
    assert y.shape == shape
    np.testing.assert_allclose(y.ravel(), [0.16, 0.09])


def test_a_plain_function_can_fail():
    assert np.all(np.isnan(plain_function(empty=True)(X)))
    with pytest.raises(ZeroDivisionError, match="cannot divide"):
        plain_function(error="ZeroDivisionError")(X)
    with pytest.raises(IndexError):
        plain_function()(X[0])


def test_what_a_call_left_in_each_layer_is_written_down():
    record = filled(
        lambda m: m.layers[0].set_weights([np.ones((2, 1)), np.zeros(1)]), DENSE, {"dropout": 0.5}
    )
    kernel, bias = record["left"][0]
    np.testing.assert_array_equal(decode(kernel), [[1.0], [1.0]])
    np.testing.assert_array_equal(decode(bias), [0.0])
    assert record["left"][1] == []
    assert record["result"] == {"kind": "none"}


def test_what_was_there_before_an_error_is_written_down_too():
    record = filled(lambda m: m.layers[7], DENSE)
    assert record["error"]["type"] == "IndexError"
    np.testing.assert_array_equal(decode(record["left"][0][0]), [[0.5], [0.25]])


def test_a_dict_is_written_down_by_name_and_what_functions_took_as_well():
    function = {"name": "f", "function": {"factor": 0.01, "form": "flat"}}
    record = compared(lambda models, a, b: {"f": models["f"](np.array([[a, b]])), 3: None}, function)
    assert list(record["named"]) == ["f", "int 3"]
    np.testing.assert_allclose(decode(record["named"]["f"]), [0.04])
    assert record["taken"]["f"][0]["shape"] == [1, 2]
    assert record["changed"] == []


def test_a_changed_dict_of_models_is_seen():
    function = {"name": "f", "function": {}}
    assert compared(lambda models, a, b: models.pop("f"), function)["changed"] == ["models"]
    assert compared(lambda models, a, b: models.update(f=1), function)["changed"] == ["models"]


def test_whatever_is_no_function_is_told():
    evidence = observe({"observer": "filled", "inputs": {"models": []}}, 3)
    assert evidence["kind"] == "not-callable"


def test_tensorflow_gives_no_advice_however_often_a_model_is_checked():
    import tensorflow as tf

    from tests.answers.baseline_model import MUTANTS

    said = logging.Handler()
    said.emit = lambda record: pytest.fail(record.getMessage())
    tf.get_logger().addHandler(said)
    try:
        for _ in range(8):
            grade("baseline-model", next(iter(MUTANTS.rights.values())))
    finally:
        tf.get_logger().removeHandler(said)


def test_tensorflow_does_not_write_to_stderr_while_models_predict(capfd):
    def predicts(models, a, b):
        return {n: m.predict(np.array([[a, b]]), verbose=0) for n, m in models.items()}

    compared(predicts, *({"name": f"m{i}", "layers": [DENSE]} for i in range(7)))
    assert capfd.readouterr().err == ""
