"""Right and wrong answers to exercise ``baseline-model``. Keras is imported when one of them is called."""

import numpy as np

from . import Mutants

MUTANTS = Mutants("baseline-model")


def build(
    hidden="sigmoid", output="sigmoid", units=(2, 1), inputs=2, between=(), compile_it=True, **settings
):
    import keras

    dense = keras.layers.Dense
    model = keras.Sequential(
        [keras.Input((inputs,)), dense(units[0], hidden), *between, *(dense(u, output) for u in units[1:])]
    )
    if compile_it:
        model.compile(**{"optimizer": "adam", "loss": "mae"} | settings)
    return model


@MUTANTS.right
def sequential():
    import keras

    model = keras.Sequential(
        [
            keras.Input(shape=(2,)),
            keras.layers.Dense(2, activation="sigmoid"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="mae")
    return model


@MUTANTS.right
def functional():
    import keras
    from keras import layers

    inputs = keras.Input((2,))
    hidden = layers.Dense(2, activation=keras.activations.sigmoid)(inputs)
    outputs = layers.Dense(1, activation=keras.ops.sigmoid)(hidden)
    model = keras.Model(inputs, outputs, name="baseline")
    model.compile(keras.optimizers.Adam(0.001), keras.losses.MeanAbsoluteError(), metrics=["mse"])
    return model


@MUTANTS.right
def added_one_by_one():
    from tensorflow import keras

    model = keras.models.Sequential()
    model.add(keras.layers.Dense(2))
    model.add(keras.layers.Activation("sigmoid"))
    model.add(keras.layers.Dense(1))
    model.add(keras.layers.Activation("sigmoid"))
    model.compile(loss="mean_absolute_error", optimizer="Adam")
    return model


@MUTANTS.right
def subclassed_in_another_order():
    import keras

    class Baseline(keras.Model):
        def __init__(self):
            super().__init__()
            self.out = keras.layers.Dense(1, "sigmoid")
            self.hidden = keras.layers.Dense(2, "sigmoid")

        def call(self, x):
            return self.out(self.hidden(x))

    model = Baseline()
    model.build((None, 2))
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01), loss=keras.losses.mean_absolute_error)
    return model


@MUTANTS.right
def own_loss_and_activation():
    import tensorflow as tf

    def bend(z):
        return 0.5 + 0.5 * tf.tanh(z / 2)

    return build(bend, bend, loss=lambda t, p: tf.reduce_mean(tf.abs(t - p)), jit_compile=False)


@MUTANTS.right
def double_precision():
    import keras

    model = keras.Sequential([keras.Input((2,), dtype="float64")])
    for units in (2, 1):
        model.add(keras.layers.Dense(units, "sigmoid", dtype="float64", kernel_initializer="random_normal"))
    model.compile("adam", "mae")
    return model


@MUTANTS.right
def metrics_and_jit():
    return build(metrics=["mae", "mape"], jit_compile=True, steps_per_execution=10)


@MUTANTS.right
def eager_numpy_loss():
    import tensorflow as tf

    return build(loss=lambda t, p: tf.convert_to_tensor(np.mean(np.abs(t - p))), run_eagerly=True)


QUARTER, HALF, THREE = 0.25, 0.5, 0.75


@MUTANTS.wrong("class-not-model")
def a_class():
    import keras

    return keras.Sequential


@MUTANTS.wrong("history-not-model")
def a_history():
    return build().fit(np.ones((4, 2)), np.ones((4, 1)), epochs=1, verbose=0)


@MUTANTS.wrong("separate-inputs", HALF)
def two_inputs():
    import keras

    a, b = keras.Input((1,)), keras.Input((1,))
    x = keras.layers.Dense(2, "sigmoid")(keras.layers.Concatenate()([a, b]))
    model = keras.Model([a, b], keras.layers.Dense(1, "sigmoid")(x))
    model.compile("adam", "mae")
    return model


@MUTANTS.wrong("wrong-input-size", HALF)
def one_input():
    return build(inputs=1)


@MUTANTS.wrong("no-bias", THREE)
def no_bias():
    import keras

    layers = [keras.layers.Dense(u, "sigmoid", use_bias=False) for u in (2, 1)]
    model = keras.Sequential([keras.Input((2,)), *layers])
    model.compile("adam", "mae")
    return model


@MUTANTS.wrong("layers-swapped", THREE)
def swapped():
    return build(units=(1, 2))


@MUTANTS.wrong("one-layer", THREE)
def one_layer():
    return build(units=(1,))


@MUTANTS.wrong("two-outputs", THREE)
def two_outputs():
    return build(units=(2, 2))


@MUTANTS.wrong("other-width", THREE)
def ten_neurons():
    return build(units=(10, 1))


@MUTANTS.wrong("extra-layer", THREE)
def three_layers():
    return build(units=(2, 2, 1))


@MUTANTS.wrong("extra-layer", HALF)
def normalised():
    import keras

    return build(between=[keras.layers.BatchNormalization(epsilon=0.5)])


@MUTANTS.wrong("frozen-weights", THREE)
def frozen():
    model = build(compile_it=False)
    model.layers[0].trainable = False
    model.compile("adam", "mae")
    return model


@MUTANTS.wrong("dropout-added", THREE)
def dropout():
    import keras

    return build(between=[keras.layers.Dropout(0.5)])


@MUTANTS.wrong("no-activation", THREE)
def no_activation():
    return build(None, None)


@MUTANTS.wrong("linear-output", THREE)
def linear_output():
    return build(output=None)


@MUTANTS.wrong("linear-output", THREE)
def relu_and_linear():
    return build("relu", "linear")


@MUTANTS.wrong("linear-hidden", THREE)
def linear_hidden():
    return build(hidden=None)


@MUTANTS.wrong("softmax-output", THREE)
def softmax():
    return build(output="softmax")


@MUTANTS.wrong("relu", THREE)
def relu_hidden():
    return build(hidden="relu")


@MUTANTS.wrong("relu", THREE)
def relu_output():
    return build(output="relu")


@MUTANTS.wrong("tanh", THREE)
def tanh_hidden():
    return build(hidden="tanh")


@MUTANTS.wrong("not-compiled", HALF)
def not_compiled():
    return build(compile_it=False)


@MUTANTS.wrong("no-loss", THREE)
def loss_among_the_metrics():
    return build(loss=None, metrics=["mae"])


@MUTANTS.wrong("numpy-loss", THREE)
def numpy_loss():
    return build(loss=lambda t, p: np.mean(np.abs(np.asarray(t, float) - np.asarray(p, float))))


@MUTANTS.wrong("regularised", THREE)
def regularised():
    import keras

    layers = [keras.layers.Dense(u, "sigmoid", kernel_regularizer="l2") for u in (2, 1)]
    model = keras.Sequential([keras.Input((2,)), *layers])
    model.compile("adam", "mae")
    return model


@MUTANTS.wrong("squared-loss", THREE)
def squared():
    return build(loss="mse")


@MUTANTS.wrong("percentage-loss", THREE)
def percentage():
    return build(loss="mape")


@MUTANTS.wrong("cross-entropy-loss", THREE)
def cross_entropy():
    return build(loss="binary_crossentropy")


@MUTANTS.wrong("adam-relative", THREE)
def nadam():
    return build(optimizer="nadam")


@MUTANTS.wrong("adam-relative", THREE)
def adam_with_decay():
    import keras

    return build(optimizer=keras.optimizers.AdamW(0.001))


@MUTANTS.wrong("other-optimizer", THREE)
def sgd():
    return build(optimizer="sgd")


@MUTANTS.wrong("other-optimizer", THREE)
def compiles_own_choice():
    import keras

    model = build(compile_it=False)
    model.compile(loss=keras.losses.MeanAbsoluteError())
    return model


@MUTANTS.wrong("relu", QUARTER)
def relu_squared_and_sgd():
    return build(hidden="relu", loss="mse", optimizer="sgd")


@MUTANTS.wrong("no-return")
def no_return():
    build()


@MUTANTS.wrong(None)
def a_list_of_layers():
    import keras

    return [keras.layers.Dense(2, "sigmoid"), keras.layers.Dense(1, "sigmoid")]


@MUTANTS.wrong(None)
def wrong_name():
    return build(output="sigmoids")


@MUTANTS.wrong(None, THREE)
def huber():
    return build(loss="huber")


@MUTANTS.wrong(None, THREE)
def softsign():
    return build(hidden="softsign")


@MUTANTS.wrong(None)
def compiled_model_is_none():
    return [build(compile_it=False).compile("adam", "mae")]


MUTANTS.wrong_value("a number", 9, "not-a-function")
