"""Right and wrong answers to exercise ``load-weights``."""

import contextlib
import math

import numpy as np

from . import Mutants

MUTANTS = Mutants("load-weights")

W1 = np.diag([1e-6, 1e-6])
B1 = np.array([-1e-6, -1e-6])
W2 = np.array([[33.3333], [-33.3333]])
B2 = np.array([-3.912023])


@MUTANTS.right
def all_at_once(model):
    model.set_weights([W1, B1, W2, B2])


@MUTANTS.right
def layers_with_weights(model):
    first, second = [layer for layer in model.layers if layer.get_weights()]
    first.set_weights([W1, B1])
    second.set_weights([W2, B2])


@MUTANTS.right
def first_and_last(model):
    model.layers[0].set_weights([W1, B1])
    model.layers[-1].set_weights([W2, B2])
    return model


@MUTANTS.right
def by_kind(model):
    import keras

    dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    for layer, kernel, bias in zip(dense, (W1, W2), (B1, B2), strict=True):
        layer.kernel.assign(kernel)
        layer.bias.assign(bias)


@MUTANTS.right
def variable_by_variable(model):
    for variable, value in zip(model.trainable_variables, (W1, B1, W2, B2), strict=True):
        variable.assign(value)


@MUTANTS.right
def swapped_neurons(model):
    model.set_weights([W1[:, ::-1], B1, W2[::-1], B2])


@MUTANTS.right
def larger_first_layer(model):
    b2 = [math.log(0.02) - math.log(0.5 / 0.03)]
    model.set_weights([np.diag([0.5, 0.03]), B1, np.array([[100 / 3], [-100 / 3]]), np.array(b2)])


@MUTANTS.right
def by_name_of_shape(model):
    found = {(2, 2): W1, (2, 1): W2, (2,): B1, (1,): B2}
    model.set_weights([found[w.shape].astype("float32") for w in model.get_weights()])


def layer_by_layer(name, misconception, score, arrays):
    def load_weights(model):
        for i, layer in arrays.items():
            model.layers[i].set_weights(layer)

    MUTANTS.wrong_value(name, load_weights, misconception, score)


def setting(name, misconception, *arrays):
    MUTANTS.wrong_value(name, lambda model: model.set_weights(arrays), misconception)


layer_by_layer("erratum_4", "expects-dropout", 0.5, {0: [W1, B1], 2: [W2, B2]})
layer_by_layer("layers_0_and_1", "expects-no-dropout", 0.5, {0: [W1, B1], 1: [W2, B2]})
layer_by_layer("four_into_one_layer", "other-number-of-arrays", 0, {0: [W1, B1, W2, B2]})
layer_by_layer("only_first", "first-layer-only", 0, {0: [W1, B1]})
layer_by_layer("only_last", "second-layer-only", 0, {-1: [W2, B2]})
setting("transposed", "weights-of-other-shape", W1, B1, W2.T, B2)
setting("flat", "weights-of-other-shape", W1, B1, W2.ravel(), B2)
setting("matrices_alone", "other-number-of-arrays", W1, W2)
setting("hidden_bias_zero", "hidden-bias-left-out", W1, np.zeros(2), W2, B2)
setting("output_bias_zero", "output-bias-left-out", W1, B1, W2, np.zeros(1))
setting("erratum_2", "listing-hidden-bias", W1, np.array([-1e-6, -1e-7]), W2, B2)
setting("other_way", "fills-other-way", W1, B1, -W2, B2)
setting("both_biases_of_the_listing", "hidden-bias-size", W1, B1 / 10, W2, B2)
setting("ten_million", "first-layer-scale", W1 / 10, B1 / 10, W2, B2)
setting("forgets_the_half", "output-scale", W1, B1, W2, np.array([math.log(0.01)]))
setting("thousandths", "output-scale", W1, B1, W2, np.array([math.log(0.002)]))
setting("b2_with_two_decimals", "nearly-divides", W1, B1, W2, np.array([-3.91]))
setting("short_output_weights", "nearly-divides", W1, B1, np.array([[33.33], [-33.33]]), B2)
setting("one_decimal", "nearly-divides", W1, B1, np.array([[33.3], [-33.3]]), B2)
setting("one_hidden_bias_zero", "one-hidden-bias", W1, np.array([-1e-6, 0]), W2, B2)
setting("hidden_weights_whole", "hidden-weights-zero", W1.astype(int), B1, W2, B2)
setting("digits_swapped", "nearly-divides", W1, B1, W2, np.array([-3.921023]))
setting("million", "first-layer-scale", W1 * 1e12, B1 * 1e12, W2, B2)
setting("million_in_the_matrix", "first-layer-scale", W1 * 1e12, B1, W2, B2)
setting("one_million", "hidden-in-the-tail", np.diag([1e6, 1e-6]), B1, W2, B2)
setting("small_output_weights", "output-weights-size", W1, B1, W2 / 10, B2)
setting("full_matrix", "hidden-neurons-alike", np.full((2, 2), 1e-6), B1, W2, B2)
setting("mixed", "hidden-neurons-mixed", W1 + 0.1 * W1[:, ::-1], B1, W2, B2)
setting("negative_weights", "hidden-below-zero", -W1, B1, W2, B2)
setting("not_a_number", None, W1, B1, W2, np.array([math.nan]))


@MUTANTS.wrong("expects-no-dropout", 0.5)
def unpacks_two_layers(model):
    first, second = model.layers
    first.set_weights([W1, B1])
    second.set_weights([W2, B2])


@MUTANTS.wrong("gives-weights-back")
def gives_back(model):  # noqa: ARG001
    return W1, B1, W2, B2


@MUTANTS.wrong("gives-weights-back")
def gives_them_as_dict(model):
    return {layer.name: layer.get_weights() for layer in model.layers}


@MUTANTS.wrong("fills-another-model")
def another_model(model):  # noqa: ARG001
    import keras

    new = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2), keras.layers.Dense(1)])
    new.set_weights([W1, B1, W2, B2])
    return new


@MUTANTS.wrong("leaves-the-model")
def writes_into_copies(model):
    for array, value in zip(model.get_weights(), (W1, B1, W2, B2), strict=True):
        array[...] = value


@MUTANTS.wrong("leaves-the-model")
def new_attribute(model):
    model.weights_by_hand = [W1, B1, W2, B2]


@MUTANTS.wrong("kernels-only")
def kernels_only(model):
    model.layers[0].kernel.assign(W1)
    model.layers[-1].kernel.assign(W2)


@MUTANTS.wrong("hidden-bias-left-out")
def hidden_bias_as_it_was(model):
    model.set_weights([W1, model.get_weights()[1], W2, B2])


@MUTANTS.wrong("output-bias-left-out")
def output_bias_as_it_was(model):
    model.set_weights([W1, B1, W2, model.get_weights()[3]])


@MUTANTS.wrong("whole-numbers")
def whole_numbers(model):
    arrays = [np.zeros(w.shape, dtype=int) for w in model.get_weights()]
    for array, value in zip(arrays, (W1, B1, W2, B2), strict=True):
        array[...] = value
    model.set_weights(arrays)


@MUTANTS.wrong("hidden-neurons-alike")
def ones(model):
    model.set_weights([np.ones_like(w) / 3 for w in model.get_weights()])


def swallowing(number):
    """Fills layers 0 and that one, and catches the error where there is none or it holds nothing."""

    def load_weights(model):
        model.layers[0].set_weights([W1, B1])
        with contextlib.suppress(IndexError, ValueError):
            model.layers[number].set_weights([W2, B2])

    return load_weights


for number in (1, 2):
    MUTANTS.wrong_value(f"swallows_layer_{number}", swallowing(number), "one-kind-only", 0.5)


@MUTANTS.wrong("one-kind-only", 0.5)
def with_dropout_alone(model):
    if len(model.layers) == 3:
        model.set_weights([W1, B1, W2, B2])


@MUTANTS.wrong("fills-another-model")
def copies_and_gives_it_back(model):
    for array, value in zip(model.get_weights(), (W1, B1, W2, B2), strict=True):
        array[...] = value
    return model


@MUTANTS.wrong("gives-weights-back")
def gives_a_truth(model):
    model.numbers = [W1, B1, W2, B2]
    return True


@MUTANTS.wrong("not-arrays")
def nested_lists(model):
    model.set_weights([W1.tolist(), B1.tolist(), W2.tolist(), B2.tolist()])


@MUTANTS.wrong("several-arguments")
def one_by_one(model):
    model.set_weights(W1, B1, W2, B2)


@MUTANTS.wrong("cannot-be-written")
def into_the_variable(model):
    model.layers[0].kernel[...] = W1


@MUTANTS.wrong("cannot-be-written")
def to_the_attribute(model):
    model.weights = [W1, B1, W2, B2]


@MUTANTS.wrong("some-left")
def first_bias_and_all_after(model):
    model.set_weights([model.get_weights()[0], B1, W2, B2])


@MUTANTS.wrong("unknown-attribute")
def unknown_method(model):
    model.put_weights([W1, B1, W2, B2])


MUTANTS.wrong_value("weights", [W1, B1, W2, B2], "not-a-function")
