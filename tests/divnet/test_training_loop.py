"""What the compiled loop promises around the numbers: chance, compiling, silence, progress."""

import os
import subprocess
import sys

import keras
import numpy as np
import pytest

from divnet.data import parabola_points
from divnet.network import approximator_model
from divnet.training import fit, progress
from divnet.training.fitting import _orders
from divnet.training.xla import XlaFunction

X, Y = parabola_points(60, seed=1)
ONE_EPOCH = {"batch_size": 4, "epochs": 1}


def traces(model):
    return model._divnet_loop.function.traces


def fresh(python: str, **environment: str) -> subprocess.CompletedProcess:
    """Run some lines in a fresh process, as a notebook's kernel is one."""
    return subprocess.run(
        [sys.executable, "-c", python],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )


def same_distribution(ours, theirs):
    """Whether two samples have means closer than 4 standard errors and spreads within a factor of 2.

    By chance alone the first fails once in 16 000 samples of this size, the second once in 300 (an F
    distribution with 19 and 19 degrees of freedom exceeds 4 with probability 0.002); the seeds are fixed.
    """
    error = np.hypot(np.std(ours), np.std(theirs)) / np.sqrt(len(ours) - 1)
    return abs(np.mean(ours) - np.mean(theirs)) < 4 * error and 0.5 < np.std(ours) / np.std(theirs) < 2


def losses_over_seeds(model, train, seeds=20):
    """The last training loss from the same start under 20 different seeds."""
    start = model.get_weights()
    losses = []
    for seed in range(seeds):
        keras.utils.set_random_seed(seed)
        model.set_weights(start)
        losses.append(train(seed).history["loss"][-1])
    model.set_weights(start)
    return losses


def test_shuffling_has_the_distribution_of_keras_s():
    model = approximator_model(neurons=3, init_scale=1.0, seed=0)
    x = np.sort(X)  # in order, so that shuffling matters
    y = (x - 0.5) ** 2
    ours = losses_over_seeds(model, lambda seed: fit(model, x, y, batch_size=4, epochs=3, seed=seed))
    theirs = losses_over_seeds(model, lambda _: model.fit(x, y, batch_size=4, epochs=3, verbose=0))
    unshuffled = fit(model, x, y, batch_size=4, epochs=3, shuffle=False).history["loss"][-1]
    assert same_distribution(ours, theirs)
    assert abs(unshuffled - np.mean(ours)) > 4 * np.std(ours)  # the test can tell


def test_dropout_has_the_distribution_of_keras_s():
    model = keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(
                8, activation="tanh", kernel_initializer=keras.initializers.RandomNormal(seed=1)
            ),
            keras.layers.Dropout(0.5, seed=2),
            keras.layers.Dense(1, kernel_initializer=keras.initializers.RandomNormal(stddev=1.0, seed=3)),
        ]
    )
    model.compile(optimizer=keras.optimizers.SGD(0.01), loss="mse")
    arguments = {"batch_size": 4, "epochs": 3, "shuffle": False}
    ours = losses_over_seeds(model, lambda _: fit(model, X, Y, **arguments))
    theirs = losses_over_seeds(model, lambda _: model.fit(X, Y, verbose=0, **arguments))
    assert same_distribution(ours, theirs)
    assert np.std(ours) > 0  # each call draws new masks


def test_dropout_draws_a_new_mask_in_each_step_and_none_in_validation():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dropout(0.5), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    model.set_weights([np.ones((1, 1)), np.zeros(1)])
    x, y = np.ones(2000), np.zeros(2000)
    history = fit(model, x, y, batch_size=1, epochs=2, validation_data=(x, y), shuffle=False).history
    # α is 0 or 2 with equal chance, so α² has mean 2 and deviation 2: 2000 of them, 0.045; 5 of those.
    assert history["loss"][0] == pytest.approx(2.0, abs=0.23) and history["loss"][1] == pytest.approx(
        2.0, abs=0.23
    )
    assert history["loss"][0] != history["loss"][1]
    assert history["val_loss"] == [1.0, 1.0]


@pytest.mark.parametrize("points, epochs", [(7, 1), (7, 64), (7, 130), (2**22 - 1, 2)])
def test_each_epoch_goes_once_through_all_points_in_an_order_of_its_own(points, epochs):
    orders = list(_orders(points, epochs, True, seed=3))
    rows = np.concatenate([order.rows[: order.epochs] for order in orders])
    assert len(rows) == epochs and len({order.rows.shape for order in orders}) == 1
    assert (np.sort(rows, axis=1) == np.arange(points)).all()
    if epochs > 1:
        assert (rows[0] != rows[1]).any()


def test_each_point_is_as_often_first_as_any_other():
    firsts = np.concatenate([o.rows[: o.epochs, 0] for o in _orders(4, 4000, True, seed=0)])
    # 1000 of 4000 each, with a standard deviation of √(4000 · ¼ · ¾) = 27; 5 of those.
    np.testing.assert_allclose(np.bincount(firsts), 1000, atol=137)


def test_a_seed_fixes_the_order_and_so_does_the_global_one():
    model = approximator_model(neurons=3, init_scale=1.0, seed=0)
    start = model.get_weights()

    def loss(seed=None, set_global=None):
        model.set_weights(start)
        if set_global is not None:
            keras.utils.set_random_seed(set_global)
        return fit(model, X, Y, **ONE_EPOCH, seed=seed).history["loss"][0]

    assert loss(1) == loss(1) != loss(2)
    assert loss(set_global=1) == loss(set_global=1) != loss()


def test_a_learning_rate_set_between_two_calls_counts_and_compiles_nothing():
    model = approximator_model(seed=0)
    fit(model, X, Y, **ONE_EPOCH)
    model.optimizer.learning_rate = 0.0
    before = model.get_weights()
    fit(model, X, Y, **ONE_EPOCH)
    assert all((a == b).all() for a, b in zip(before, model.get_weights(), strict=True))
    assert traces(model) == 1


def test_only_new_shapes_compile(caplog):
    model = approximator_model(seed=0)
    fit(model, X, Y, **ONE_EPOCH)
    fit(model, X[::-1] * 2, Y, batch_size=4, epochs=200)
    assert traces(model) == 1
    fit(model, X, Y, batch_size=5, epochs=1)
    assert traces(model) == 2
    fit(model, X[:-1], Y[:-1], **ONE_EPOCH)
    assert traces(model) == 3
    fit(model, X, Y, **ONE_EPOCH, validation_split=0.5)
    assert traces(model) == 4
    fit(model, X, Y, batch_size=5, epochs=3)
    assert traces(model) == 4
    fit(model, X, Y, batch_size=7, epochs=3)
    fit(model, X, Y, batch_size=8, epochs=3)
    assert caplog.records == []  # TensorFlow would warn of so many shapes on stderr


def test_compiling_the_model_again_changes_loss_and_optimiser_at_once():
    model = approximator_model(seed=0)
    fit(model, X, Y, **ONE_EPOCH)
    model.compile(optimizer=model.optimizer, loss="mae", metrics=["mse"])
    history = fit(model, X, np.full(60, 1000.0), **ONE_EPOCH).history
    assert 900 < history["loss"][0] < 1100 and history["mse"][0] > 900**2
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    before = model.get_weights()
    fit(model, X, Y, **ONE_EPOCH)
    assert (before[0] == model.get_weights()[0]).all()


def test_two_models_of_the_same_shape_do_not_mix():
    first, second = approximator_model(seed=0), approximator_model(seed=1)
    alone = approximator_model(seed=0)
    for model in (first, second, first):
        fit(model, X, Y, **ONE_EPOCH, shuffle=False)
    fit(alone, X, Y, batch_size=4, epochs=2, shuffle=False)
    assert all((a == b).all() for a, b in zip(first.get_weights(), alone.get_weights(), strict=True))


def test_uncompiled_it_does_the_same_slowly(monkeypatch, capfd):
    compiled, uncompiled = approximator_model(seed=0), approximator_model(seed=0)
    arguments = {"batch_size": 7, "epochs": 3, "validation_split": 0.2, "shuffle": False}
    expected = fit(compiled, X, Y, **arguments)
    monkeypatch.setenv("DIVNET_XLA", "0")
    history = fit(uncompiled, X, Y, **arguments)
    assert not uncompiled._divnet_loop.function.compiled and compiled._divnet_loop.function.compiled
    for name in expected.history:
        # float32 rounding in another order over 21 steps
        np.testing.assert_allclose(history.history[name], expected.history[name], rtol=1e-5)
    assert capfd.readouterr() == ("", "")  # who asks for it is not told


def test_where_xla_cannot_compile_it_says_so_once_and_goes_on(monkeypatch, capfd):
    import tensorflow as tf

    def digits(_, y_pred):  # strings: XLA has none
        return tf.cast(tf.strings.length(tf.strings.as_string(y_pred)), tf.float32)

    monkeypatch.setattr("divnet.training.xla._said", False)
    models = [approximator_model(seed=0) for _ in range(2)]
    for model in models:
        model.compile(optimizer="adam", loss="mse", metrics=[digits])
        fit(model, X, Y, **ONE_EPOCH)
        fit(model, X, Y, **ONE_EPOCH)
        assert int(model.optimizer.iterations) == 30
    out, err = capfd.readouterr()
    assert out.startswith("Training runs uncompiled here, and slower, because XLA could not compile it: ")
    assert out.count("\n") == 1 and err == ""


def test_a_genuine_error_is_not_blamed_on_xla(capfd):
    import tensorflow as tf

    def seven_digits(x):
        with tf.control_dependencies(
            [tf.debugging.assert_equal(tf.strings.length(tf.strings.as_string(x)), 7)]
        ):
            return tf.identity(x)

    with pytest.raises(tf.errors.InvalidArgumentError, match="assert"):
        XlaFunction(seven_digits)(1)
    assert capfd.readouterr().out == ""


def test_a_progress_function_hears_how_far_it_is():
    heard = []
    fit(approximator_model(seed=0), X, Y, batch_size=4, epochs=100, progress=lambda *to: heard.append(to))
    assert heard[0] == (1, 100) and heard[-1] == (100, 100)
    assert heard == sorted(heard)


@pytest.mark.parametrize("how", [True, None, False])
def test_a_short_run_draws_nothing(how, capfd):
    fit(approximator_model(seed=0), X, Y, **ONE_EPOCH, progress=how)
    assert capfd.readouterr() == ("", "")


def test_a_long_run_draws_a_bar_on_stdout(monkeypatch, capfd):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich then takes stdout for a terminal
    with progress.reporting(True, 10) as report:
        for done in range(1, 11):
            report(done)
    out, err = capfd.readouterr()
    assert "training" in out and err == ""


def test_no_bar_is_drawn_while_a_notebook_is_built_to_be_kept(monkeypatch, capfd):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COURSE_BUILDING", "1")
    with progress.reporting(True, 10) as report:
        report(1)
        report(9)
    assert capfd.readouterr() == ("", "")


IN_A_NOTEBOOK = """
from divnet.training import progress

words, show = [], progress._NotebookBar._show
progress._NotebookBar._show = lambda bar, data: (words.append(data["text/plain"]), show(bar, data))
progress.PATIENCE = progress.PER_UPDATE = 0.0
with progress.reporting(True, 10) as report:
    for done in (1, 4, 10):
        report(done)
print(words)
"""


def test_in_a_notebook_the_bar_is_one_output_that_is_empty_at_the_end(monkeypatch):
    """Executed by a program that keeps no widgets, as `course build` does it."""
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.delenv("COURSE_BUILDING", raising=False)
    cell = nbformat.v4.new_code_cell(IN_A_NOTEBOOK)
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, store_widget_state=False, timeout=None, kernel_name="python3").execute()
    bar, printed = cell.outputs
    assert bar.data == {"text/html": "", "text/plain": ""}
    assert "training: 4 of 10 epochs, about 0 s left" in printed.text


TRAIN = """
import numpy as np
from divnet.network import approximator_model
from divnet.training import fit, train_approximator
x = np.linspace(-4, 4, 30)
model = approximator_model(seed=0)
for epochs in (1, 2, 3, 50):
    fit(model, x, x**2, batch_size=4, epochs=epochs, validation_split=0.2)
train_approximator(steps=100)
train_approximator(steps=200, points=500, batch_size=3, seed=5, learning_rate=0.1, neurons=9)
"""


def test_nothing_reaches_stdout_or_stderr_in_a_fresh_process():
    done = fresh(TRAIN)
    assert (done.stdout, done.stderr) == ("", "")


def test_numbers_that_change_from_call_to_call_compile_nothing():
    log = fresh(TRAIN, TF_CPP_MIN_LOG_LEVEL="0", TF_CPP_VMODULE="device_compiler=2").stderr
    # TensorFlow traces a function once a shape, but XLA may still compile a number's every value into it.
    assert log.count("Instantly compiling for signature") == 2  # one for each of the two functions


def test_importing_it_loads_no_tensorflow():
    fresh("import sys, divnet, divnet.training; assert not {'tensorflow', 'keras'} & set(sys.modules)")
