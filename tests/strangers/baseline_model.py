"""Students' answers to "baseline-model": check("baseline-model", answer), answer = function() -> Keras model."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers


# ---------------------------------------------------------------- right

def right_sequential():
    model = keras.Sequential([
        keras.Input((2,)),
        keras.layers.Dense(2, activation="sigmoid"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="mean_absolute_error")
    return model


def right_add():
    model = tf.keras.models.Sequential()
    model.add(tf.keras.layers.InputLayer(shape=(2,)))
    model.add(tf.keras.layers.Dense(units=2, activation=tf.nn.sigmoid))
    model.add(tf.keras.layers.Dense(units=1, activation=tf.nn.sigmoid))
    model.compile(loss="mae", optimizer=tf.keras.optimizers.Adam())
    return model


def right_functional():
    pair = keras.Input(shape=(2,))
    hidden = layers.Dense(2, activation=keras.activations.sigmoid)(pair)
    output = layers.Dense(1, activation=keras.activations.sigmoid)(hidden)
    model = keras.Model(inputs=pair, outputs=output)
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.003), loss=keras.losses.MeanAbsoluteError())
    return model


def right_activation_layers():
    model = keras.Sequential([keras.Input((2,))])
    for neurons in (2, 1):
        model.add(layers.Dense(neurons))
        model.add(layers.Activation("sigmoid"))
    model.compile("Adam", "MAE", metrics=["mse"])
    return model


def right_input_shape_argument():
    model = keras.models.Sequential([
        layers.Dense(2, activation="sigmoid", input_shape=(2,)),
        layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss=keras.losses.mean_absolute_error)
    return model


def right_own_sigmoid_and_loss():
    def sigmoid(x):
        return 1 / (1 + keras.ops.exp(-x))

    def mean_distance(y_true, y_pred):
        return keras.ops.mean(keras.ops.abs(y_true - y_pred))

    net = keras.Sequential([keras.Input((2,)), layers.Dense(2, sigmoid), layers.Dense(1, sigmoid)])
    net.compile(optimizer="adam", loss=mean_distance)
    return net


class Network(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(2, activation="sigmoid")
        self.out = layers.Dense(1, activation="sigmoid")

    def call(self, x):
        return self.out(self.hidden(x))


def right_subclass():
    model = Network()
    model(np.zeros((1, 2), dtype="float32"))  # makes the weights
    model.compile(optimizer="adam", loss="mean_absolute_error")
    return model


def right_built_later():
    model = keras.Sequential()
    model.add(layers.Dense(2, activation="sigmoid", kernel_initializer="glorot_normal"))
    model.add(layers.Dense(1, activation="sigmoid"))
    model.build((None, 2))
    model.compile(optimizer="adam", loss="mean_absolute_error")
    return model


def right_einsum_dense():
    model = keras.Sequential([
        keras.Input((2,)),
        layers.EinsumDense("ni,ij->nj", output_shape=2, bias_axes="j", activation="sigmoid"),
        layers.EinsumDense("ni,ij->nj", output_shape=1, bias_axes="j", activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="mean_absolute_error")
    return model


# ---------------------------------------------------------------- wrong

def compiled(*parts, optimizer="adam", loss="mean_absolute_error"):
    model = keras.Sequential(list(parts))
    model.compile(optimizer=optimizer, loss=loss)
    return model


def sig(n, **other):
    return layers.Dense(n, activation="sigmoid", **other)


def wrong_linear_output():
    return compiled(keras.Input((2,)), layers.Dense(2, activation="sigmoid"), layers.Dense(1))


def wrong_bare():
    return compiled(keras.Input((2,)), layers.Dense(2), layers.Dense(1))


def wrong_linear_hidden():
    return compiled(keras.Input((2,)), layers.Dense(2), layers.Dense(1, activation="sigmoid"))


def wrong_relu():
    return compiled(keras.Input((2,)), layers.Dense(2, activation="relu"), layers.Dense(1, activation="sigmoid"))


def wrong_hard_sigmoid():
    return compiled(
        keras.Input((2,)), layers.Dense(2, activation="hard_sigmoid"), layers.Dense(1, activation="hard_sigmoid")
    )


def wrong_softmax_output():
    return compiled(keras.Input((2,)), sig(2), layers.Dense(1, activation="softmax"))


def wrong_tanh():
    return compiled(keras.Input((2,)), layers.Dense(2, "tanh"), layers.Dense(1, "tanh"))


def wrong_not_compiled():
    model = keras.Sequential([keras.Input((2,)), sig(2), sig(1)])
    return model


def wrong_mse():
    return compiled(keras.Input((2,)), sig(2), sig(1), loss="mean_squared_error")


def wrong_mae_as_metric():
    model = keras.Sequential([keras.Input((2,)), sig(2), sig(1)])
    model.compile(optimizer="adam", loss="mse", metrics=["mean_absolute_error"])
    return model


def wrong_no_loss():
    model = keras.Sequential([keras.Input((2,)), sig(2), sig(1)])
    model.compile(optimizer="adam", metrics=["mae"])
    return model


def wrong_percentage():
    return compiled(keras.Input((2,)), sig(2), sig(1), loss="mean_absolute_percentage_error")


def wrong_loss_without_abs():
    def loss(y_true, y_pred):
        return keras.ops.mean(y_true - y_pred)

    return compiled(keras.Input((2,)), sig(2), sig(1), loss=loss)


def wrong_sgd():
    return compiled(keras.Input((2,)), sig(2), sig(1), optimizer="sgd")


def wrong_nadam():
    return compiled(keras.Input((2,)), sig(2), sig(1), optimizer="nadam")


def wrong_optimizer_forgotten():
    model = keras.Sequential([keras.Input((2,)), sig(2), sig(1)])
    model.compile(loss="mean_absolute_error")
    return model


def wrong_three_layers():
    return compiled(keras.Input((2,)), sig(2), sig(2), sig(1))


def wrong_ten_neurons():
    return compiled(keras.Input((2,)), sig(10), sig(1))


def wrong_one_layer():
    return compiled(keras.Input((2,)), sig(1))


def wrong_two_outputs():
    return compiled(keras.Input((2,)), sig(2), sig(2))


def wrong_no_bias():
    return compiled(keras.Input((2,)), sig(2, use_bias=False), sig(1, use_bias=False))


def wrong_no_input():
    return compiled(sig(2), sig(1))


def wrong_one_input():
    return compiled(keras.Input((1,)), sig(2), sig(1))


def wrong_double_sigmoid():
    return compiled(keras.Input((2,)), sig(2), layers.Activation("sigmoid"), sig(1))


def wrong_returns_compile():
    model = keras.Sequential([keras.Input((2,)), sig(2), sig(1)])
    return model.compile(optimizer="adam", loss="mean_absolute_error")


def wrong_no_return():
    model = keras.Sequential([keras.Input((2,)), sig(2), sig(1)])
    model.compile(optimizer="adam", loss="mean_absolute_error")


shared = compiled(keras.Input((2,)), sig(2), sig(1))


def wrong_always_the_same():
    return shared


def wrong_dense_as_in_torch():
    return compiled(layers.Dense(2, 2, "sigmoid"), layers.Dense(2, 1, "sigmoid"))


def wrong_compile_order():
    model = keras.Sequential([keras.Input((2,)), sig(2), sig(1)])
    model.compile("mean_absolute_error", "adam")
    return model


def wrong_name():
    model = keras.Sequential([keras.Input((2,)), Dense(2, activation="sigmoid"), Dense(1, activation="sigmoid")])  # noqa: F821
    model.compile(optimizer="adam", loss="mean_absolute_error")
    return model


def wrong_two_inputs():
    a, b = keras.Input((1,)), keras.Input((1,))
    hidden = sig(2)(layers.Concatenate()([a, b]))
    model = keras.Model([a, b], sig(1)(hidden))
    model.compile(optimizer="adam", loss="mean_absolute_error")
    return model


def wrong_hidden_as_output():
    pair = keras.Input((2,))
    hidden = sig(2)(pair)
    output = sig(1)(hidden)
    model = keras.Model(pair, hidden)
    model.compile(optimizer="adam", loss="mean_absolute_error")
    return model


def wrong_batch_norm():
    return compiled(keras.Input((2,)), layers.BatchNormalization(), sig(2), sig(1))


CASES = [
    ("Sequential with a list", right_sequential, "right", ""),
    ("tf.keras with add", right_add, "right", ""),
    ("functional", right_functional, "right", ""),
    ("loop with Activation layers", right_activation_layers, "right", ""),
    ("input_shape in the first Dense", right_input_shape_argument, "right", ""),
    ("own sigmoid and own loss", right_own_sigmoid_and_loss, "right", ""),
    ("subclass of Model, called once", right_subclass, "right", ""),
    ("built afterwards, glorot_normal", right_built_later, "right", ""),
    ("EinsumDense", right_einsum_dense, "right", ""),
    ("no activation at the output", wrong_linear_output, "wrong", "output neuron has no sigmoid"),
    ("no activation at all", wrong_bare, "wrong", "no activation at all, as in the lesson's bare model"),
    ("no activation in the hidden layer", wrong_linear_hidden, "wrong", "hidden layer has no sigmoid"),
    ("relu", wrong_relu, "wrong", "relu in the hidden layer"),
    ("hard_sigmoid", wrong_hard_sigmoid, "wrong", "hard_sigmoid is another curve than the sigmoid"),
    ("softmax", wrong_softmax_output, "wrong", "softmax at the output: with one neuron always 1"),
    ("tanh", wrong_tanh, "wrong", "tanh in place of the sigmoid"),
    ("not compiled", wrong_not_compiled, "wrong", "compile is missing"),
    ("squared error", wrong_mse, "wrong", "loss is the mean squared error"),
    ("mae as a metric", wrong_mae_as_metric, "wrong", "mean absolute error is only a metric; the loss is mse"),
    ("no loss", wrong_no_loss, "wrong", "compiled without a loss, only with a metric"),
    ("percentage", wrong_percentage, "wrong", "loss is the mean absolute percentage error"),
    ("own loss without abs", wrong_loss_without_abs, "wrong", "abs is forgotten in the loss of their own"),
    ("sgd", wrong_sgd, "wrong", "optimiser sgd, as in unit 01"),
    ("nadam", wrong_nadam, "wrong", "optimiser nadam in place of adam"),
    ("optimiser forgotten", wrong_optimizer_forgotten, "wrong", "no optimiser given: Keras takes rmsprop"),
    ("three layers", wrong_three_layers, "wrong", "an additional layer of two, read as 'input layer'"),
    ("ten neurons", wrong_ten_neurons, "wrong", "ten hidden neurons as in unit 01"),
    ("one layer", wrong_one_layer, "wrong", "hidden layer is missing"),
    ("two outputs", wrong_two_outputs, "wrong", "two output neurons"),
    ("no bias", wrong_no_bias, "wrong", "no biases: 6 numbers, not 9"),
    ("no Input", wrong_no_input, "wrong", "Input is forgotten: the model has no weights yet, count_params fails"),
    ("one input", wrong_one_input, "wrong", "Input((1,)): one input in place of two"),
    ("sigmoid twice", wrong_double_sigmoid, "wrong", "hidden sums go through the sigmoid twice"),
    ("return model.compile", wrong_returns_compile, "wrong", "returns what compile returns: None"),
    ("no return", wrong_no_return, "wrong", "return is forgotten"),
    ("always the same model", wrong_always_the_same, "wrong", "returns one and the same model every time, no new one"),
    ("Dense(2, 2)", wrong_dense_as_in_torch, "wrong", "Dense(in, out) as in PyTorch: the second argument is the activation"),
    ("compile, order", wrong_compile_order, "wrong", "loss and optimiser swapped in compile"),
    ("Dense not imported", wrong_name, "wrong", "NameError: Dense without keras.layers"),
    ("two Inputs", wrong_two_inputs, "wrong", "two inputs of shape (n, 1), does not take an (n, 2) array"),
    ("hidden as output", wrong_hidden_as_output, "wrong", "model ends at the hidden layer, its output has shape (n, 2)"),
    ("batch normalisation", wrong_batch_norm, "wrong", "a BatchNormalization too: 17 numbers in place of 9"),
    ("called already", right_sequential(), "wrong", "hands in a model, not the function that makes one"),
]


TRUE_NAMES = {
    "no activation at the output": "linear-output",
    "no activation at all": "no-activation",
    "no activation in the hidden layer": "linear-hidden",
    "relu": "relu",
    "hard_sigmoid": "other-activation",
    "softmax": "softmax-output",
    "tanh": "tanh",
    "not compiled": "not-compiled",
    "squared error": "squared-loss",
    "mae as a metric": "squared-loss",
    "no loss": "no-loss",
    "percentage": "percentage-loss",
    "own loss without abs": "other-loss",
    "sgd": "other-optimizer",
    "nadam": "adam-relative",
    "optimiser forgotten": "other-optimizer",
    "three layers": "extra-layer",
    "ten neurons": "other-width",
    "one layer": "one-layer",
    "two outputs": "two-outputs",
    "no bias": "no-bias",
    "no Input": "no-input",
    "one input": "wrong-input-size",
    "sigmoid twice": "sigmoid-twice",
    "return model.compile": "no-return",
    "no return": "no-return",
    "always the same model": "not-new",
    "Dense(2, 2)": "unknown-activation",
    "compile, order": "unknown-optimizer",
    "Dense not imported": "unknown-name",
    "two Inputs": "separate-inputs",
    "hidden as output": "one-layer",
    "batch normalisation": "extra-layer",
    "called already": "not-a-function",
}
