"""Students' answers to "load-weights": check("load-weights", answer), answer = function(model), writes into it."""

import keras
import numpy as np

from divnet.division_models import division_model
from divnet.network import DECK_WEIGHTS, LISTING_WEIGHTS
from divnet.tensorflow_activation import tf_activation

W1 = np.array([[1e-6, 0.0], [0.0, 1e-6]])
b1 = np.array([-1e-6, -1e-6])
W2 = np.array([[33.3333], [-33.3333]])
b2 = np.array([-3.912023])


# ---------------------------------------------------------------- right

def right_model_set_weights(model):
    model.set_weights([
        np.array([[0.000001, 0], [0, 0.000001]]),
        np.array([-0.000001, -0.000001]),
        np.array([[33.3333], [-33.3333]]),
        np.array([-3.912023]),
    ])


def right_first_and_last_layer(model):
    model.layers[0].set_weights([np.diag([1e-6, 1e-6]), np.array([-1e-6, -1e-6])])
    model.layers[-1].set_weights([np.array([[100 / 3], [-100 / 3]]), np.array([-np.log(50)])])
    return model


def right_deck_tuple(model):
    model.set_weights(DECK_WEIGHTS)


def right_layers_with_numbers(model):
    numbers = [[W1, b1], [W2, b2]]
    dense = [layer for layer in model.layers if layer.get_weights()]
    for layer, arrays in zip(dense, numbers):
        layer.set_weights(arrays)


def right_isinstance_assign(model):
    first, second = (layer for layer in model.layers if isinstance(layer, keras.layers.Dense))
    first.kernel.assign(W1)
    first.bias.assign(b1)
    second.kernel.assign(W2)
    second.bias.assign(b2)


def right_weights_assign(model):
    for variable, array in zip(model.trainable_weights, (W1, b1, W2, b2)):
        variable.assign(array)


def right_count_layers(model):
    last = 1
    if len(model.layers) == 3:
        last = 2
    model.layers[0].set_weights([W1, b1])
    model.layers[last].set_weights([W2, b2])


def right_other_numbers(model):
    """Weights of 0.1: a logarithm does not care about factors. Neurons swapped, too."""
    scaled = np.array([[0, 0.1], [0.1, 0]])
    model.set_weights([scaled, np.array([-1e-6, -1e-6]), -W2, np.array([-3.912])])


def right_try(model):
    model.layers[0].set_weights([W1, b1])
    try:
        model.layers[2].set_weights([W2, b2])
    except IndexError:
        model.layers[1].set_weights([W2, b2])


def right_fill_arrays_and_give_back(model):
    arrays = model.get_weights()
    arrays[0][...] = 0
    arrays[0][0, 0] = arrays[0][1, 1] = 1e-6
    arrays[1][:] = -1e-6
    arrays[2][0, 0] = 33.3333
    arrays[2][1, 0] = -33.3333
    arrays[3][0] = -3.912023
    model.set_weights(arrays)


# ---------------------------------------------------------------- wrong

def wrong_layer_2(model):
    model.layers[0].set_weights([W1, b1])
    model.layers[2].set_weights([W2, b2])


def wrong_layer_1(model):
    model.layers[0].set_weights([W1, b1])
    model.layers[1].set_weights([W2, b2])


def wrong_layers_1_and_2(model):
    model.layers[1].set_weights([W1, b1])
    model.layers[2].set_weights([W2, b2])


def wrong_copies(model):
    arrays = model.get_weights()
    arrays[0][...] = W1
    arrays[1][...] = b1
    arrays[2][...] = W2
    arrays[3][...] = b2


def wrong_new_model(model):
    model = division_model(tf_activation)
    model.set_weights([W1, b1, W2, b2])
    return model


def wrong_only_returned(model):
    return [W1, b1, W2, b2]


def wrong_misprint(model):
    model.set_weights(LISTING_WEIGHTS)


def wrong_no_minus(model):
    model.set_weights([W1, b1, np.array([[33.3333], [33.3333]]), b2])


def wrong_plus_biases(model):
    model.set_weights([W1, np.array([1e-6, 1e-6]), W2, b2])


def wrong_order(model):
    model.set_weights([W1, W2, b1, b2])


def wrong_flat(model):
    model.set_weights([1e-6, 0, 0, 1e-6, -1e-6, -1e-6, 33.3333, -33.3333, -3.912023])


def wrong_w2_row(model):
    model.set_weights([W1, b1, np.array([[33.3333, -33.3333]]), b2])


def wrong_four_arguments(model):
    model.set_weights(W1, b1, W2, b2)


def wrong_rounded_w2(model):
    model.set_weights([W1, b1, np.array([[33.33], [-33.33]]), b2])


def wrong_rounded_b2(model):
    model.set_weights([W1, b1, W2, np.array([-3.91])])


def wrong_b_over_a(model):
    model.set_weights([W1, b1, np.array([[-33.3333], [33.3333]]), b2])


def wrong_w1_swapped_only(model):
    model.set_weights([np.array([[0, 1e-6], [1e-6, 0]]), b1, W2, b2])


def wrong_first_layer_only(model):
    model.layers[0].set_weights([W1, b1])


def wrong_all_layers_alike(model):
    for layer in model.layers:
        layer.set_weights([W1, b1])


def wrong_kernels_only(model):
    model.layers[0].set_weights([W1])
    model.layers[-1].set_weights([W2])


def wrong_except_pass(model):
    try:
        model.layers[0].set_weights([W1, b1])
        model.layers[2].set_weights([W2, b2])
    except Exception:
        pass


def wrong_assign_attribute(model):
    model.weights = [W1, b1, W2, b2]


def wrong_global_model(model):
    the_model.set_weights([W1, b1, W2, b2])  # noqa: F821


def wrong_multiply(model):
    bias = np.array([-33.3333 + np.log(0.002)])
    model.set_weights([W1, b1, np.array([[33.3333], [33.3333]]), bias])


def wrong_variables(model):
    for variable, array in zip(model.variables, [W1, b1, W2, b2]):
        variable.assign(array)


def wrong_float16(model):
    model.set_weights([array.astype(np.float16) for array in (W1, b1, W2, b2)])


def wrong_w1_million(model):
    model.set_weights([1e6 * np.eye(2), b1, W2, b2])


def wrong_hundredth_forgotten(model):
    model.set_weights([W1, b1, W2, np.array([-np.log(2)])])


def wrong_if_dropout_inverted(model):
    if len(model.layers) == 2:
        second = model.layers[-2]
    else:
        second = model.layers[-1]
    model.layers[0].set_weights([W1, b1])
    second.set_weights([W2, b2])


def wrong_training(model):
    rng = np.random.default_rng(0)
    x = rng.integers(100, 2000, size=(320, 2)) / 100
    model.compile(optimizer="adam", loss="mean_absolute_error")
    model.fit(x, x[:, :1] / x[:, 1:] / 100, epochs=2, verbose=0)


CASES = [
    ("set_weights with four arrays", right_model_set_weights, "right", ""),
    ("layers 0 and -1, exact thirds", right_first_and_last_layer, "right", ""),
    ("DECK_WEIGHTS", right_deck_tuple, "right", ""),
    ("layers that have weights", right_layers_with_numbers, "right", ""),
    ("isinstance, kernel.assign", right_isinstance_assign, "right", ""),
    ("trainable_weights assign", right_weights_assign, "right", ""),
    ("if len(model.layers)", right_count_layers, "right", ""),
    ("other numbers: 0.1, swapped, -3.912", right_other_numbers, "right", ""),
    ("try layer 2, except layer 1", right_try, "right", ""),
    ("fill the copies, then set_weights", right_fill_arrays_and_give_back, "right", ""),
    ("layers 0 and 2", wrong_layer_2, "wrong", "as the listing: IndexError without a dropout layer"),
    ("layers 0 and 1", wrong_layer_1, "wrong", "ValueError with a dropout layer, which is layer 1"),
    ("layers 1 and 2", wrong_layers_1_and_2, "wrong", "counts layers from 1"),
    ("wrote into the copies", wrong_copies, "wrong", "writes into the copies of get_weights, the model never hears of it"),
    ("a new model", wrong_new_model, "wrong", "makes a new model and leaves the one handed in as it was"),
    ("numbers only returned", wrong_only_returned, "wrong", "returns the arrays, writes nothing"),
    ("the misprint", wrong_misprint, "wrong", "LISTING_WEIGHTS: second bias has one zero too many"),
    ("minus forgotten", wrong_no_minus, "wrong", "minus of the second output weight is missing"),
    ("hidden biases positive", wrong_plus_biases, "wrong", "hidden biases +1e-6 in place of -1e-6: computes (a+2)/(b+2)"),
    ("kernels first", wrong_order, "wrong", "order W1, W2, b1, b2: shapes do not fit"),
    ("nine numbers in a row", wrong_flat, "wrong", "one list of nine numbers, not four arrays"),
    ("W2 as a row", wrong_w2_row, "wrong", "W2 of shape (1, 2) in place of (2, 1)"),
    ("four arguments", wrong_four_arguments, "wrong", "set_weights takes one list, not four arguments"),
    ("33.33", wrong_rounded_w2, "wrong", "33.33 in place of 33.3333: error above 1e-6"),
    ("-3.91", wrong_rounded_b2, "wrong", "-3.91 in place of -3.912023: 0.2 % off"),
    ("b/a", wrong_b_over_a, "wrong", "minus at the wrong output weight: b/a"),
    ("W1 swapped only", wrong_w1_swapped_only, "wrong", "the 1e-6 stand on the other diagonal, W2 does not: b/a"),
    ("first layer only", wrong_first_layer_only, "wrong", "half finished: the second layer keeps its random numbers"),
    ("all layers alike", wrong_all_layers_alike, "wrong", "writes the first layer's arrays into every layer"),
    ("kernels only", wrong_kernels_only, "wrong", "biases missing: set_weights of a layer wants both arrays"),
    ("except pass", wrong_except_pass, "wrong", "swallows the IndexError: without dropout the second layer is never set"),
    ("model.weights =", wrong_assign_attribute, "wrong", "assigns to model.weights, which cannot be set"),
    ("another variable's name", wrong_global_model, "wrong", "NameError: the_model"),
    ("weights that multiply", wrong_multiply, "wrong", "copied from unit 02: weights that multiply"),
    ("model.variables", wrong_variables, "wrong", "model.variables also has dropout's seed: order does not fit there"),
    ("float16", wrong_float16, "wrong", "half precision: 33.34 and -3.9121, error above 1e-6"),
    ("1e6 for 1e-6", wrong_w1_million, "wrong", "sign of the exponent: 10**6 in place of 10**-6, sums beyond 15"),
    ("hundredth forgotten", wrong_hundredth_forgotten, "wrong", "output bias -ln 2 in place of -ln 50: the hundredth is forgotten"),
    ("the wrong layer of the two", wrong_if_dropout_inverted, "wrong", "without dropout takes layer -2, the first one, for the second"),
    ("trained", wrong_training, "wrong", "trains the model, which comes nowhere near 1e-6"),
]


TRUE_NAMES = {
    "layers 0 and 2": "expects-dropout",
    "layers 0 and 1": "expects-no-dropout",
    "wrote into the copies": "leaves-the-model",
    "a new model": "fills-another-model",
    "numbers only returned": "gives-weights-back",
    "the misprint": "listing-hidden-bias",
    "minus forgotten": "output-weights-alike",
    "hidden biases positive": "hidden-bias-positive",
    "kernels first": "weights-of-other-shape",
    "nine numbers in a row": "other-number-of-arrays",
    "W2 as a row": "weights-of-other-shape",
    "four arguments": "several-arguments",
    "33.33": "nearly-divides",
    "-3.91": "nearly-divides",
    "b/a": "fills-other-way",
    "W1 swapped only": "fills-other-way",
    "first layer only": "first-layer-only",
    "kernels only": "other-number-of-arrays",
    "except pass": "one-kind-only",
    "model.weights =": "cannot-be-written",
    "another variable's name": "unknown-name",
    "weights that multiply": "output-weights-size",
    "float16": "nearly-divides",
    "1e6 for 1e-6": "first-layer-scale",
    "trained": "hidden-neurons-mixed",
}
