"""Students' answers to "start-weights": check("start-weights", answer), answer = function(rng) -> (W1, b1, W2, b2)."""

import functools
import random

import numpy as np

from divnet.network import DECK_WEIGHTS, Weights
from divnet.training import glorot_start, informed_start, learn_to_divide


# ---------------------------------------------------------------- right

def right_three_rules(rng):
    W1 = rng.uniform(0, 0.2, size=(2, 2))
    b1 = np.zeros(2)
    W2 = np.array([[rng.uniform(5, 60)], [-rng.uniform(5, 60)]])
    b2 = rng.uniform(-9, -6, size=1)
    return W1, b1, W2, b2


def right_abs_normal(rng):
    W1 = np.abs(rng.normal(0, 0.05, (2, 2)))
    size = rng.uniform(15, 40, size=2)
    sign = rng.choice([-1, 1])
    W2 = (size * np.array([sign, -sign])).reshape(2, 1)
    return W1, np.zeros(2), W2, np.array([-7.0])


def right_around_the_table(rng):
    """The start of the table that worked, with large noise."""
    W1 = np.array([[0.05, 0.004], [0.003, 0.08]]) * rng.uniform(0.3, 3, (2, 2))
    W2 = np.array([[24.0], [-20.0]]) * rng.uniform(0.6, 1.6, (2, 1))
    return (W1, np.array([0.0, 0.0]), W2, np.array([-6.0]) + rng.normal())


def right_lists(rng):
    w = [float(rng.uniform(0.001, 0.1)) for _ in range(4)]
    out = float(rng.uniform(10, 40))
    return [w[:2], w[2:]], [0.0, 0.0], [[out], [-out]], [float(rng.uniform(-8, -6))]


def corners_in_logarithm(W1):
    corners = np.array([[1, 1], [1, 19.99], [19.99, 1], [19.99, 19.99]])
    sums = corners @ W1
    return sums.min() > 0 and sums.max() <= 15


def right_drawn_until_good(rng):
    while True:
        W1 = rng.normal(0, 0.3, (2, 2))
        if corners_in_logarithm(W1):
            break
    while True:
        W2 = rng.normal(0, 30, (2, 1))
        if W2[0] * W2[1] < 0 and 0.25 < abs(W2[0] / W2[1]) < 4 and abs(W2).min() > 5:
            break
    return Weights(W1, np.zeros(2), W2, -rng.uniform(6, 9, 1))


def right_only_bias_random(rng):
    """Only one of the nine numbers is random."""
    return (
        np.array([[0.05, 0.004], [0.003, 0.08]]),
        np.zeros(2),
        np.array([[24.0], [-20.0]]),
        np.array([rng.uniform(-9, -4)]),
    )


def right_informed(rng):
    return tuple(informed_start(rng))


def right_exponentials(rng):
    W1 = 10 ** rng.uniform(-3, -0.5, (2, 2))
    b1 = rng.uniform(0, 0.01, 2)
    W2 = np.exp(rng.uniform(np.log(8), np.log(40), (2, 1))) * [[1], [-1]]
    return W1, b1, W2, np.full(1, -7.5) + rng.random(1)


# ---------------------------------------------------------------- wrong

def wrong_keras(rng):
    return tuple(glorot_start(rng))


def wrong_standard_normal(rng):
    return rng.normal(size=(2, 2)), np.zeros(2), rng.normal(size=(2, 1)), rng.normal(size=1)


def wrong_constant(rng):
    W1 = np.array([[0.05, 0.004], [0.003, 0.08]])
    return W1, np.zeros(2), np.array([[24.0], [-20.0]]), np.array([-6.0])


def wrong_deck_with_noise(rng):
    noise = lambda part: part * (1 + 0.0001 * rng.normal(size=part.shape))  # noqa: E731
    return tuple(noise(part) for part in DECK_WEIGHTS)


def wrong_same_sign(rng):
    W1 = rng.uniform(0, 0.1, (2, 2))
    W2 = rng.uniform(10, 40, (2, 1))
    return W1, np.zeros(2), W2, np.array([rng.uniform(-9, -6)])


def right_positive_bias(rng):
    W1 = rng.uniform(0, 0.1, (2, 2))
    W2 = np.array([[rng.uniform(10, 40)], [-rng.uniform(10, 40)]])
    return W1, np.zeros(2), W2, np.array([rng.uniform(6, 9)])


def wrong_own_generator(rng):
    rng = np.random.default_rng()
    W1 = rng.uniform(0, 0.1, (2, 2))
    W2 = np.array([[rng.uniform(10, 40)], [-rng.uniform(10, 40)]])
    return W1, np.zeros(2), W2, np.array([rng.uniform(-9, -6)])


def wrong_np_random(rng):
    W1 = np.abs(np.random.normal(0, 0.05, (2, 2)))
    W2 = np.array([[np.random.uniform(10, 40)], [-np.random.uniform(10, 40)]])
    return W1, np.zeros(2), W2, np.array([-7.0])


def wrong_random_module(rng):
    W1 = rng.uniform(0, 0.1, (2, 2))
    w = random.uniform(15, 40)
    return W1, np.zeros(2), np.array([[w], [-w]]), np.array([-7.0])


def wrong_seeded_inside(rng):
    rng = np.random.default_rng(8)
    W1 = rng.uniform(0, 0.1, (2, 2))
    W2 = np.array([[rng.uniform(10, 40)], [-rng.uniform(10, 40)]])
    return W1, np.zeros(2), W2, np.array([rng.uniform(-9, -6)])


def wrong_one_of_five(rng):
    """Picks one of five good starts."""
    five = [-5.0, -6.0, -7.0, -8.0, -9.0]
    W1 = np.array([[0.05, 0.004], [0.003, 0.08]])
    return W1, np.zeros(2), np.array([[24.0], [-20.0]]), np.array([rng.choice(five)])


def wrong_whole_numbers(rng):
    W1 = np.array([[0.05, 0.004], [0.003, 0.08]])
    W2 = np.array([[float(rng.integers(20, 30))], [-20.0]])
    return W1, np.zeros(2), W2, np.array([-6.0])


def wrong_w2_row(rng):
    W1 = rng.uniform(0, 0.1, (2, 2))
    W2 = np.array([[rng.uniform(10, 40), -rng.uniform(10, 40)]])
    return W1, np.zeros(2), W2, np.array([-7.0])


def wrong_scalars(rng):
    W1 = rng.uniform(0, 0.1, (2, 2))
    return W1, 0, rng.uniform(10, 40), -7


def wrong_no_return(rng):
    W1 = rng.uniform(0, 0.1, (2, 2))
    b1 = np.zeros(2)
    W2 = np.array([[rng.uniform(10, 40)], [-rng.uniform(10, 40)]])
    b2 = np.array([rng.uniform(-9, -6)])
    print(W1, b1, W2, b2)


def wrong_order(rng):
    W1 = rng.uniform(0, 0.1, (2, 2))
    W2 = np.array([[rng.uniform(10, 40)], [-rng.uniform(10, 40)]])
    return W1, W2, np.zeros(2), np.array([-7.0])


def wrong_negative_first_layer(rng):
    W1 = rng.uniform(-0.2, 0, (2, 2))
    W2 = np.array([[rng.uniform(10, 40)], [-rng.uniform(10, 40)]])
    return W1, np.zeros(2), W2, np.array([rng.uniform(-9, -6)])


def wrong_large_first_layer(rng):
    W1 = rng.uniform(200, 600, (2, 2))
    W2 = np.array([[rng.uniform(10, 40)], [-rng.uniform(10, 40)]])
    return W1, np.zeros(2), W2, np.array([rng.uniform(-9, -6)])


def right_zero_first_layer(rng):
    W2 = np.array([[rng.uniform(10, 40)], [-rng.uniform(10, 40)]])
    return np.zeros((2, 2)), np.zeros(2), W2, np.array([rng.uniform(-9, -6)])


def right_equal_first_layer(rng):
    W1 = np.full((2, 2), rng.uniform(0.01, 0.1))
    w = rng.uniform(10, 40)
    return W1, np.zeros(2), np.array([[w], [-w]]), np.array([rng.uniform(-9, -6)])


@functools.cache
def learned(seed):
    return tuple(learn_to_divide(seed).weights)


def wrong_learned_already(rng):
    return learned(int(rng.integers(1, 4)))


def wrong_learned_with_noise(rng):
    W1, b1, W2, b2 = learned(1)
    return W1, b1, W2 + rng.normal(0, 1e-4, (2, 1)), b2


def wrong_small_output(rng):
    W1 = rng.uniform(0, 0.1, (2, 2))
    w = rng.uniform(0, 1, (2, 1))
    return W1, np.zeros(2), w * [[1], [-1]], rng.uniform(0, 1, 1)


counter = 0


def wrong_counter(rng):
    global counter
    counter += 1
    W1 = np.array([[0.05, 0.004], [0.003, 0.08]])
    return W1, np.zeros(2), np.array([[24.0], [-20.0]]), np.array([-5.0 - counter / 100])


def wrong_rng_called(rng):
    W1 = rng(2, 2) / 10
    return W1, np.zeros(2), np.array([[24.0], [-20.0]]), rng(1) - 7


def wrong_hidden_biases(rng):
    W1 = rng.uniform(0, 0.1, (2, 2))
    b1 = rng.uniform(-30, -20, 2)
    W2 = np.array([[rng.uniform(10, 40)], [-rng.uniform(10, 40)]])
    return W1, b1, W2, np.array([rng.uniform(-9, -6)])


def wrong_list_of_nine(rng):
    return list(rng.uniform(0, 0.1, 4)) + [0, 0] + [rng.uniform(10, 40), -rng.uniform(10, 40)] + [-7]


CASES = [
    ("the three rules", right_three_rules, "right", ""),
    ("abs of normal, sign drawn", right_abs_normal, "right", ""),
    ("around the table's start", right_around_the_table, "right", ""),
    ("lists", right_lists, "right", ""),
    ("drawn until the rules hold", right_drawn_until_good, "right", ""),
    ("only the output bias random", right_only_bias_random, "right", ""),
    ("the course's informed_start", right_informed, "right", ""),
    ("sizes drawn on a logarithmic scale", right_exponentials, "right", ""),
    ("output bias positive: breaks a rule, but about one in ten divides", right_positive_bias, "right", ""),
    ("first layer 0: strange, but about one in fifteen divides", right_zero_first_layer, "right", ""),
    ("first layer all equal: strange, but most divide", right_equal_first_layer, "right", ""),
    ("Keras's start", wrong_keras, "wrong", "draws as Keras does: none divides"),
    ("standard normal", wrong_standard_normal, "wrong", "all standard normal: none of the three rules"),
    ("constant", wrong_constant, "wrong", "always the same start, nothing random"),
    ("the deck with noise", wrong_deck_with_noise, "wrong", "the deck's numbers with a little noise: begins below 0.001"),
    ("output weights of one sign", wrong_same_sign, "wrong", "both output weights positive"),
    ("generator of its own", wrong_own_generator, "wrong", "makes a generator of its own: not repeatable from rng"),
    ("np.random", wrong_np_random, "wrong", "draws with np.random, not with rng"),
    ("module random too", wrong_random_module, "wrong", "output weight drawn with Python's random: the same rng does not give the same start"),
    ("seed inside", wrong_seeded_inside, "wrong", "seeds inside: always the same start"),
    ("one of five", wrong_one_of_five, "wrong", "only five different starts"),
    ("whole numbers", wrong_whole_numbers, "wrong", "only ten different starts (integers)"),
    ("W2 as a row", wrong_w2_row, "wrong", "W2 of shape (1, 2)"),
    ("numbers, not arrays", wrong_scalars, "wrong", "b1, W2 and b2 are single numbers, not arrays of the shapes asked for"),
    ("print", wrong_no_return, "wrong", "prints, returns nothing"),
    ("order", wrong_order, "wrong", "order W1, W2, b1, b2"),
    ("first layer negative", wrong_negative_first_layer, "wrong", "first layer negative: left of 0, in the exponential"),
    ("first layer 200 to 600", wrong_large_first_layer, "wrong", "first layer too large: sums beyond 15, in the tail"),
    ("learned already", wrong_learned_already, "wrong", "returns weights that have learned already (three different ones)"),
    ("learned, with noise", wrong_learned_with_noise, "wrong", "learned weights with a little noise: begins below 0.001"),
    ("output weights and bias 0 to 1", wrong_small_output, "wrong", "output weights far too small and output bias not below 0"),
    ("counter", wrong_counter, "wrong", "a global counter in place of rng: the same generator gives other starts"),
    ("rng(2, 2)", wrong_rng_called, "wrong", "calls the generator like a function: TypeError"),
    ("hidden biases -20", wrong_hidden_biases, "wrong", "hidden biases far below 0: hidden neurons in the exponential, flat"),
    ("nine numbers in a list", wrong_list_of_nine, "wrong", "one list of nine numbers, not four arrays"),
]


TRUE_NAMES = {
    "Keras's start": "starts-below-zero",
    "standard normal": "starts-below-zero",
    "constant": "same-start",
    "the deck with noise": "starts-at-the-end",
    "output weights of one sign": "same-signs",
    "generator of its own": "depends-on-order",
    "np.random": "depends-on-order",
    "module random too": "depends-on-order",
    "seed inside": "same-start",
    "one of five": "few-starts",
    "whole numbers": "few-starts",
    "W2 as a row": "wrong-shapes",
    "numbers, not arrays": "wrong-shapes",
    "print": "no-return",
    "order": "wrong-shapes",
    "first layer negative": "starts-below-zero",
    "first layer 200 to 600": "starts-in-the-tail",
    "learned already": "starts-at-the-end",
    "learned, with noise": "starts-at-the-end",
    "output weights and bias 0 to 1": "small-output-weights",
    "counter": "depends-on-order",
    "hidden biases -20": "starts-below-zero",
    "nine numbers in a list": "not-four",
}
