"""The table of gradients says in words where each function's gradient is NaN."""

import tensorflow as tf

from divnet.plots.gradients import show_gradients
from divnet.tensorflow_activation import deck_tf_activation, naive_tf_activation, tf_activation


def test_its_words_name_the_places_where_a_gradient_is_nan():
    plot = show_gradients(
        {"naive": naive_tf_activation, "deck": deck_tf_activation, "guarded": tf_activation}
    )
    assert "naive: NaN at −10⁻⁶, 12.864728, 100, 10³⁰, ∞." in plot.alt
    assert "deck: NaN at 12.864728." in plot.alt
    assert "guarded: a finite number at each, the formula’s." in plot.alt
    assert plot.png().startswith(b"\x89PNG")


def test_a_finite_gradient_that_is_not_the_formula_s_is_not_called_so():
    assert "σ: a finite number at each." in show_gradients({"σ": tf.sigmoid}).alt


def test_a_function_without_a_gradient_has_none_anywhere():
    plot = show_gradients({"stopped": tf.stop_gradient}, [0.5, 20.0])
    assert "stopped: NaN at 0.5, 20." in plot.alt
