"""Students' answers to "multiply-weights": check("multiply-weights", answer), answer = (W1, b1, W2, b2)."""

import math

import numpy as np
from scipy.optimize import least_squares

from divnet.network import DECK_WEIGHTS, Weights


def right_by_product_of_logs():
    c = -33.3333 + math.log(2 / 1000)
    return (
        np.array([[1e-6, 0.0], [0.0, 1e-6]]),
        np.array([-1e-6, -1e-6]),
        np.array([[33.3333], [33.3333]]),
        np.array([c]),
    )


def right_lists():
    W1 = [[0.000001, 0], [0, 0.000001]]
    b1 = [-0.000001, -0.000001]
    W2 = [[100 / 3], [100 / 3]]
    b2 = [-100 / 3 - 6.214608098]
    return W1, b1, W2, b2


def right_large_first_layer():
    # hidden: 0.03 ln(1e6*k*a) + 0.5, the ln(1e6*k) go into b2
    k = 0.1
    per_neuron = math.log(1e6 * k) + 0.5 / 0.03
    return (
        np.eye(2) * k,
        np.zeros(2),
        np.full((2, 1), 1 / 0.03),
        np.array([math.log(0.002) - 2 * per_neuron]),
    )


def right_swapped_neurons():
    W1 = np.zeros((2, 2))
    W1[0, 1] = 1e-6
    W1[1, 0] = 1e-6
    b1 = -1e-6 * np.ones(2)
    W2 = np.array([33.3333, 33.3333]).reshape(2, 1)
    b2 = np.array([-39.5479])
    return (W1, b1, W2, b2)


def right_from_deck_with_replace():
    new = DECK_WEIGHTS._replace(
        W2=abs(DECK_WEIGHTS.W2),
        b2=np.array([-33.3333 + np.log(2 * 0.001)]),
    )
    return tuple(new)


def right_named_tuple():
    return Weights(
        np.diag([2e-3, 3e-3]),
        np.array([-1e-6, -1e-6]),
        np.array([[100 / 3], [100 / 3]]),
        np.array([-100 / 3 - math.log(500) - math.log(2000) - math.log(3000)]),
    )


def right_bias_measured():
    """Measure what the output neuron gets at 1 times 1, and take it away."""
    hidden = 0.03 * np.log(1_000_000 * 0.0 + 1) + 0.5
    s = 33.33333333 * hidden + 33.33333333 * hidden
    wanted = np.log(0.001 / 0.5)
    return (
        np.array([[1, 0], [0, 1]]) / 1_000_000,
        np.array([-1, -1]) / 1_000_000,
        np.array([[33.33333333], [33.33333333]]),
        np.array([wanted - s]),
    )


def right_fitted_output_layer():
    """Least squares for the two output weights and the bias."""
    axis = np.linspace(1, 19.99, 15)
    a, b = (v.ravel() for v in np.meshgrid(axis, axis))
    h = np.stack([0.03 * np.log(a) + 0.5, 0.03 * np.log(b) + 0.5, np.ones_like(a)], axis=1)
    w = np.linalg.lstsq(h, np.log(2 * a * b / 1000), rcond=None)[0]
    return np.diag([1e-6, 1e-6]), np.array([-1e-6, -1e-6]), w[:2].reshape(2, 1), w[2:]


def right_float32():
    f = np.float32
    return (
        np.array([[0.05, 0], [0, 0.05]], dtype=f),
        np.array([0, 0], dtype=f),
        np.array([[33.333333], [33.333333]], dtype=f),
        np.array([np.log(0.002) - 2 * np.log(5e4) - 33.3333333], dtype=f),
    )


I = np.diag([1e-6, 1e-6])
B = np.array([-1e-6, -1e-6])
P = np.array([[33.3333], [33.3333]])
C = -33.3333 + np.log(0.002)


def wrong_fit():
    """Fit only the last bias to the mean error at whole numbers, with weights 30."""
    axis = np.arange(1.0, 20.0)
    a, b = (v.ravel() for v in np.meshgrid(axis, axis))
    s = 30 * (0.03 * np.log(a) + 0.03 * np.log(b) + 1)
    found = least_squares(lambda c: 0.5 * np.exp(s + c[0]) - a * b / 1000, [-36.0])
    return I, B, np.array([[30.0], [30.0]]), found.x


CASES = [
    ("the deck's numbers, both plus, the bias by logs", right_by_product_of_logs(), "right", ""),
    ("nested lists of numbers", right_lists(), "right", ""),
    ("first layer 0.1, hidden biases 0", right_large_first_layer(), "right", ""),
    ("hidden neurons swapped, bias to four decimals", right_swapped_neurons(), "right", ""),
    ("DECK_WEIGHTS with _replace", right_from_deck_with_replace(), "right", ""),
    ("Weights named tuple, two scales", right_named_tuple(), "right", ""),
    ("bias measured at 1 times 1", right_bias_measured(), "right", ""),
    ("output layer by linear least squares", right_fitted_output_layer(), "right", ""),
    ("float32 arrays", right_float32(), "right", ""),
    (
        "only the sign turned",
        (I, B, P, np.array([-3.912023])),
        "wrong",
        "the two 0.5 add up to 33.3333 in the exponent, which the output bias does not take away",
    ),
    (
        "33.3333 taken away, but still ln 50",
        (I, B, P, np.array([-33.3333 - 3.912023])),
        "wrong",
        "output bias still has -ln 50 (a hundredth) in place of -ln 500 (a thousandth): 10 times too large",
    ),
    (
        "ln 1000 in place of ln 500",
        (I, B, P, np.array([-33.3333 - np.log(1000)])),
        "wrong",
        "forgot the factor 1/2 of the exponential branch: answers half as large as they should be",
    ),
    (
        "log10",
        (I, B, P, np.array([-33.3333 + np.log10(0.002)])),
        "wrong",
        "log10 in place of the natural logarithm in the output bias",
    ),
    (
        "only one 0.5 taken away",
        (I, B, P, np.array([-33.3333 / 2 - 6.214608])),
        "wrong",
        "took away the 0.5 of one hidden neuron only (16.67), not of both (33.33)",
    ),
    (
        "bias with plus",
        (I, B, P, np.array([33.3333 - 6.214608])),
        "wrong",
        "sign error: added the 33.3333 to the bias instead of taking it away",
    ),
    (
        "the deck's division weights",
        (DECK_WEIGHTS.W1, DECK_WEIGHTS.b1, DECK_WEIGHTS.W2, DECK_WEIGHTS.b2),
        "wrong",
        "handed in the weights that divide, unchanged",
    ),
    (
        "minus kept, bias changed",
        (I, B, np.array([[33.3333], [-33.3333]]), np.array([-np.log(500)])),
        "wrong",
        "kept the minus of the second output weight: computes a/b/1000",
    ),
    (
        "W2 as a row",
        (I, B, np.array([[33.3333, 33.3333]]), np.array([C])),
        "wrong",
        "W2 has the shape (1, 2) in place of (2, 1)",
    ),
    (
        "order of Keras mixed up",
        (I, P, B, np.array([C])),
        "wrong",
        "wrong order: W1, W2, b1, b2",
    ),
    (
        "rounded to one decimal",
        (I, B, np.array([[33.3], [33.3]]), np.array([-39.5])),
        "wrong",
        "numbers rounded too much: 33.3 and -39.5 are off by some percent",
    ),
    (
        "rounded bias",
        (I, B, P, np.array([-39.55])),
        "wrong",
        "output bias rounded to two decimals (-39.55 for -39.5479): 0.2 % off, a thousandth is allowed",
    ),
    (
        "listing's misprint",
        (I, np.array([-0.000001, -0.0000001]), P, np.array([C])),
        "wrong",
        "second hidden bias has one zero too many: multiplies by b + 0.9",
    ),
    (
        "weights in the first layer 1",
        (np.eye(2), B, P, np.array([C])),
        "wrong",
        "first layer 1 in place of a millionth: sums pass 15, no logarithm is taken any more (and b2 does not fit)",
    ),
    (
        "both inputs to both neurons",
        (np.full((2, 2), 1e-6), B, P, np.array([C])),
        "wrong",
        "no zeros in W1: both hidden neurons take ln(a + b)",
    ),
    (
        "target values in place of weights",
        (20, 5, 0.1, 1000),
        "wrong",
        "handed in an example calculation (numbers), not four arrays",
    ),
    (
        "hidden biases 0",
        (I, np.zeros(2), P, np.array([C])),
        "wrong",
        "hidden biases 0: with W1 of a millionth it computes (a+1)(b+1)/1000",
    ),
    (
        "tuned for 20 and 5 only",
        (I, B, np.array([[30.0], [30.0]]), np.array([np.log(0.2) - 30 * (1 + 0.03 * np.log(100))])),
        "wrong",
        "output weights 30 with the bias tuned so that only 20 times 5 fits: the power is 0.9, not 1",
    ),
    ("bias fitted, weights 30", wrong_fit(), "wrong", "output weights 30: a*b to the power of 0.9"),
    (
        "three arrays",
        (I, B, P),
        "wrong",
        "the output bias is missing: only three arrays",
    ),
    (
        "bias as a bare number in an extra tuple",
        ((I, B, P, np.array([C])),),
        "wrong",
        "a comma after the inner parentheses: a tuple that contains the tuple of weights",
    ),
    (
        "W1 is one list of four",
        ([1e-6, 0, 0, 1e-6], B, P, np.array([C])),
        "wrong",
        "W1 is flat, shape (4,) in place of (2, 2)",
    ),
    (
        "constant 10 000 000",
        (np.diag([1e-7, 1e-7]), np.array([-1e-7, -1e-7]), P, np.array([C])),
        "wrong",
        "thinks that C is 10 000 000: computes (a+9)(b+9)/100000",
    ),
    ("dots left", (...,), "wrong", "exercise not done: the dots are still there"),
]


TRUE_NAMES = {
    "only the sign turned": "forgot-offset",
    "33.3333 taken away, but still ln 50": "wrong-scale",
    "ln 1000 in place of ln 500": "wrong-scale",
    "log10": "wrong-scale",
    "only one 0.5 taken away": "wrong-side",
    "bias with plus": "wrong-side",
    "the deck's division weights": "divides-still",
    "minus kept, bias changed": "divides-still",
    "W2 as a row": "wrong-shapes",
    "order of Keras mixed up": "wrong-shapes",
    "rounded to one decimal": "too-coarse",
    "rounded bias": "wrong-scale",
    "listing's misprint": "listing-hidden-bias",
    "weights in the first layer 1": "hidden-in-the-tail",
    "both inputs to both neurons": "hidden-neurons-mixed",
    "target values in place of weights": "wrong-shapes",
    "hidden biases 0": "hidden-bias-size",
    "tuned for 20 and 5 only": "output-weights-size",
    "bias fitted, weights 30": "output-weights-size",
    "three arrays": "not-four",
    "bias as a bare number in an extra tuple": "not-four",
    "W1 is one list of four": "wrong-shapes",
    "dots left": "not-four",
}
