"""Right and wrong answers to exercise ``baseline-model``. Keras is imported when one of them is called."""

import numpy as np

from . import Mutants

MUTANTS = Mutants("baseline-model")


def build(hidden="sigmoid", output="sigmoid", units=(2, 1), inputs=2, compile_it=True, **settings):
    import keras

    dense = keras.layers.Dense
    model = keras.Sequential(
        [keras.Input((inputs,)), dense(units[0], hidden), *(dense(u, output) for u in units[1:])]
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
    model.add(keras.Input((2,)))
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


def wrong(name, misconception, score, **how):
    MUTANTS.wrong_value(name, lambda: build(**how), misconception, score)


wrong("one_input", "wrong-input-size", HALF, inputs=1)
wrong("one_layer", "one-layer", THREE, units=(1,))
wrong("two_outputs", "two-outputs", THREE, units=(2, 2))
wrong("ten_neurons", "other-width", THREE, units=(10, 1))
wrong("three_layers", "extra-layer", THREE, units=(2, 2, 1))
wrong("relu_and_linear", "linear-output", THREE, hidden="relu", output="linear")
wrong("not_compiled", "not-compiled", HALF, compile_it=False)
wrong("loss_among_the_metrics", "no-loss", THREE, loss=None, metrics=["mae"])
wrong("numpy_loss", "numpy-loss", THREE, loss=lambda t, p: np.mean(np.abs(np.asarray(t) - np.asarray(p))))
wrong("sgd", "other-optimizer", THREE, optimizer="sgd")
wrong("relu_squared_and_sgd", "relu", QUARTER, hidden="relu", loss="mse", optimizer="sgd")
wrong("wrong_name", "unknown-activation", 0, output="sigmoids")
wrong("huber", "other-loss", THREE, loss="huber")
wrong("softsign", "other-outputs", THREE, hidden="softsign")
wrong("unknown_loss", "unknown-loss", THREE, loss="accuracy")
wrong("compile_swapped", "unknown-optimizer", 0, optimizer="mae", loss="adam")
wrong("softplus", "other-activation", THREE, hidden="softplus")
wrong("cosine", "other-loss", THREE, loss="cosine_similarity")


def of_keras(name, misconception, score, make):
    def baseline_model():
        import keras

        return make(keras)

    MUTANTS.wrong_value(name, baseline_model, misconception, score)


def of_layers(name, misconception, score, layers):
    def make(keras):
        model = keras.Sequential([keras.Input((2,)), *layers(keras.layers)])
        model.compile("adam", "mae")
        return model

    of_keras(name, misconception, score, make)


def around(layer):
    """That layer of Keras between the right ones."""
    return lambda k: [k.Dense(2, "sigmoid"), layer(k), k.Dense(1, "sigmoid")]


of_layers("no_bias", "no-bias", THREE, lambda k: [k.Dense(u, "sigmoid", use_bias=False) for u in (2, 1)])
of_layers("normalised", "extra-layer", HALF, around(lambda k: k.BatchNormalization(epsilon=0.5)))
of_layers(
    "one_bias_missing",
    "no-bias",
    THREE,
    lambda k: [k.Dense(2, "sigmoid"), k.Dense(1, "sigmoid", use_bias=False)],
)
of_layers("activation_as_a_layer_too", "sigmoid-twice", THREE, around(lambda k: k.Activation("sigmoid")))
of_layers("rescaled", "other-outputs", THREE, around(lambda k: k.Rescaling(0.01)))
of_layers("dropout", "dropout-added", THREE, around(lambda k: k.Dropout(0.5)))
of_layers(
    "frozen",
    "frozen-weights",
    THREE,
    lambda k: [k.Dense(2, "sigmoid", trainable=False), k.Dense(1, "sigmoid")],
)
of_layers(
    "regularised",
    "regularised",
    THREE,
    lambda k: [k.Dense(u, "sigmoid", kernel_regularizer="l2") for u in (2, 1)],
)
of_keras("a_class", "class-not-model", 0, lambda keras: keras.Sequential)
of_keras("a_list_of_layers", "no-model", 0, lambda keras: [keras.layers.Dense(u, "sigmoid") for u in (2, 1)])


@MUTANTS.wrong("no-input", THREE)
def without_input():
    import keras

    model = keras.Sequential([keras.layers.Dense(2, "sigmoid"), keras.layers.Dense(1, "sigmoid")])
    model.compile("adam", "mae")
    return model


@MUTANTS.wrong("wrong-input-size", HALF)
def an_axis_too_many():
    import keras

    dense = keras.layers.Dense
    model = keras.Sequential([keras.Input((2, 1)), dense(2, "sigmoid"), dense(1, "sigmoid")])
    model.compile("adam", "mae")
    return model


@MUTANTS.wrong("input-no-shape")
def brackets_without_comma():
    import keras

    return keras.Sequential([keras.Input(2), keras.layers.Dense(1)])


kept = []


@MUTANTS.wrong("not-new", THREE)
def made_once():
    if not kept:
        kept.append(build())
    return kept[0]


@MUTANTS.wrong("not-new", THREE)
def layers_made_once():
    import keras

    if len(kept) < 2:
        kept[1:] = [keras.layers.Dense(2, "sigmoid"), keras.layers.Dense(1, "sigmoid")]
    model = keras.Sequential([keras.Input((2,)), *kept[1:]])
    model.compile("adam", "mae")
    return model


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


@MUTANTS.wrong("other-optimizer", THREE)
def compiles_own_choice():
    import keras

    model = build(compile_it=False)
    model.compile(loss=keras.losses.MeanAbsoluteError())
    return model


@MUTANTS.wrong("no-return")
def no_return():
    build()


@MUTANTS.wrong("no-model")
def compiled_model_is_none():
    return [build(compile_it=False).compile("adam", "mae")]


MUTANTS.wrong_value("a number", 9, "not-a-function")
