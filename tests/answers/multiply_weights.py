"""Right and wrong answers to exercise ``multiply-weights``."""

import math

import numpy as np

from . import Mutants

MUTANTS = Mutants("multiply-weights")

SMALL = np.diag([1e-6, 1e-6])
BIAS = np.array([-1e-6, -1e-6])
LARGE = np.array([[33.3333], [33.3333]])
LAST = np.array([math.log(0.002) - 33.3333])


def answer(W1=SMALL, b1=BIAS, W2=LARGE, b2=LAST):
    return W1, b1, W2, b2


MUTANTS.right_value("deck_style", answer())
MUTANTS.right_value("exact", answer(W2=np.full((2, 1), 100 / 3), b2=np.array([math.log(0.002) - 100 / 3])))
MUTANTS.right_value("lists", ([[1e-6, 0], [0, 1e-6]], [-1e-6, -1e-6], [[33.3333], [33.3333]], [-39.5479]))
MUTANTS.right_value("inputs_crossed", answer(W1=np.array([[0, 1e-6], [1e-6, 0]])))
MUTANTS.right_value("list_of_four", list(answer()))
# The logarithm makes the first layer almost scale-free: what it scales, the last bias takes back.
MUTANTS.right_value(
    "larger_inputs",
    answer(
        W1=SMALL * 10_000,
        b1=np.zeros(2),
        W2=np.full((2, 1), 100 / 3),
        b2=np.array([math.log(0.002) - 100 / 3 - 2 * math.log(10_000)]),
    ),
)
MUTANTS.right_value("float32", tuple(np.asarray(a, dtype=np.float32) for a in answer()))


MUTANTS.wrong_value(
    "divides_b", answer(W2=np.array([[-33.3333], [33.3333]]), b2=np.array([-3.912023])), "divides-other-way"
)
MUTANTS.wrong_value("no_offset", answer(b2=np.array([math.log(0.002)])), "forgot-offset")
MUTANTS.wrong_value("no_offset_no_half", answer(b2=np.array([math.log(0.001)])), "forgot-offset")
MUTANTS.wrong_value("deck_bias", answer(b2=np.array([-3.912023])), "forgot-offset")
MUTANTS.wrong_value("no_half", answer(b2=np.array([math.log(0.001) - 33.3333])), "wrong-scale")
MUTANTS.wrong_value("hundredth", answer(b2=np.array([math.log(0.0002) - 33.3333])), "wrong-scale")
MUTANTS.wrong_value("leaves_the_branch", answer(b2=np.array([math.log(0.02) - 33.3333])), "wrong-scale")
MUTANTS.wrong_value("reciprocal", answer(W2=-LARGE, b2=np.array([math.log(0.002) + 33.3333])), "reciprocal")
MUTANTS.wrong_value("one_input", answer(W1=np.array([[1e-6, 1e-6], [0, 0]])), "one-input")
MUTANTS.wrong_value(
    "half_the_weights", answer(W2=np.array([[33.3333], [0.0]]), b2=np.array([-22.0])), "one-input"
)
MUTANTS.wrong_value("listing", answer(b1=np.array([-1e-6, -1e-7])), "listing-hidden-bias")
# −39.5479 rounded: 0.2 % too small everywhere, little more than the thousandth that is allowed.
MUTANTS.wrong_value("rounded_last_bias", answer(b2=np.array([-39.55])), "wrong-scale")
MUTANTS.wrong_value(
    "short_weights", answer(W2=np.array([[33.0], [33.0]]), b2=np.array([math.log(0.002) - 33])), "too-coarse"
)
# One digit short: 0.2 % too small at the far corner, and right at the near one; the scale is not what is off.
MUTANTS.wrong_value("four_digits", answer(W2=np.full((2, 1), 33.32), b2=LAST + 0.0133), "too-coarse")
MUTANTS.wrong_value(
    "last_bias_of_other_weights",
    answer(W2=np.full((2, 1), 33.3), b2=np.array([math.log(0.002) - 33.3])),
    "too-coarse",
)
# The ½ is missing, which is more than the rounding.
MUTANTS.wrong_value(
    "rounded_and_no_half",
    answer(W2=np.full((2, 1), 33.3), b2=np.array([math.log(0.001) - 33.3])),
    "wrong-scale",
)
MUTANTS.wrong_value("too_large", answer(b2=np.array([20.0])), "wrong-side")
MUTANTS.wrong_value("flat_W2", answer(W2=np.array([33.3333, 33.3333])), "wrong-shapes")
MUTANTS.wrong_value("row_W2", answer(W2=LARGE.T), "wrong-shapes")
MUTANTS.wrong_value("number_b2", answer(b2=-39.5479), "wrong-shapes")
MUTANTS.wrong_value("nine_numbers", [1e-6, 0, 0, 1e-6, -1e-6, -1e-6, 33.3333, 33.3333, -39.55], "not-four")
MUTANTS.wrong_value("dictionary", {"W1": SMALL}, "not-four")
MUTANTS.wrong_value("a_function", lambda a, b: a * b / 1000, "not-four")
MUTANTS.wrong_value("nan", answer(b2=np.array([math.nan])), "not-finite")
MUTANTS.wrong_value(
    "ones",
    answer(W1=np.ones((2, 2)), b1=np.ones(2), W2=-np.ones((2, 1)), b2=np.ones(1)),
    "hidden-in-the-tail",
)
MUTANTS.wrong_value("minus_kept", answer(W2=LARGE * [[1], [-1]]), "divides-still")
MUTANTS.wrong_value("decks", answer(W2=LARGE * [[1], [-1]], b2=np.array([-3.912023])), "divides-still")
MUTANTS.wrong_value("million", answer(W1=np.diag([1e6, 1e6])), "hidden-in-the-tail")
MUTANTS.wrong_value(
    "million_and_a_sign", answer(W1=np.diag([1e6, 1e6]), b2=-2 * math.log(0.002) + LAST), "hidden-in-the-tail"
)
MUTANTS.wrong_value("hidden_biases_zero", answer(b1=np.zeros(2)), "hidden-bias-size")
MUTANTS.wrong_value("one_hidden_bias_zero", answer(b1=np.array([-1e-6, 0])), "hidden-bias-size")
MUTANTS.wrong_value("negative_weights", answer(W1=-SMALL), "hidden-below-zero")
MUTANTS.wrong_value("a_full_matrix", answer(W1=np.full((2, 2), 1e-6)), "hidden-neurons-mixed")
MUTANTS.wrong_value("weights_of_one", answer(W2=np.ones((2, 1)), b2=np.array([-7.2])), "output-weights-size")
MUTANTS.wrong_value("whole_numbers", answer(W1=SMALL.astype(int)), "hidden-weights-zero")
MUTANTS.wrong_value("with_a_name", answer(b2="b2"), "not-numbers")
