"""Students' answers to "learned-weights": check("learned-weights", answer), answer = (W1, b1, W2, b2)."""

import math

import numpy as np
from scipy.optimize import least_squares

from divnet.data import division_data
from divnet.network import DECK_WEIGHTS, Weights
from divnet.training import glorot_start, informed_start, learn_to_divide, train_restarts


# ---------------------------------------------------------------- cells of the lesson

def activation(x):
    exponential = 1.359140915 * np.exp(np.minimum(x, 0) - 1)
    logarithm = 0.03 * np.log(1_000_000 * np.clip(x, 0, 15) + 1) + 0.5
    return np.where(x <= 0, exponential, np.where(x <= 15, logarithm, 1 - 1 / tail(x)))

def slope(x):
    exponential = 1.359140915 * np.exp(np.minimum(x, 0) - 1)
    logarithm = 30_000 / (1_000_000 * np.clip(x, 0, 15) + 1)
    return np.where(x <= 0, exponential, np.where(x <= 15, logarithm, 109.0858178 / tail(x) ** 2))

def tail(x):
    return 109.0858178 * np.maximum(x, 15) - 1403.359435

axis = np.linspace(1, 19.99, 20)
a, b = (values.ravel() for values in np.meshgrid(axis, axis))

def hidden_sums(p):
    return a * p[0] + b * p[2] + p[4], a * p[1] + b * p[3] + p[5]

def residuals(p):
    first, second = map(activation, hidden_sums(p))
    return activation(first * p[6] + second * p[7] + p[8]) - a / b / 100

def slopes(p):
    sums = hidden_sums(p)
    first, second = map(activation, sums)
    top = slope(first * p[6] + second * p[7] + p[8])
    to_first, to_second = top * p[6] * slope(sums[0]), top * p[7] * slope(sums[1])
    first_layer = [a * to_first, a * to_second, b * to_first, b * to_second, to_first, to_second]
    return np.stack([*first_layer, top * first, top * second, top], axis=1)

def train(weights):
    """Return (W1, b1, W2, b2) after training from weights, and their mean absolute error."""
    start = np.concatenate([np.ravel(part) for part in weights])
    limits = {"max_nfev": 100, "ftol": 1e-15, "xtol": 1e-15, "gtol": 1e-15}
    found = least_squares(residuals, start, slopes, x_scale="jac", **limits)
    p = found.x
    return (p[:4].reshape(2, 2), p[4:6], p[6:8].reshape(2, 1), p[8:]), np.abs(found.fun).mean()


def start_weights(rng):
    W1 = np.abs(rng.normal(0, 0.05, (2, 2)))
    W2 = np.array([[rng.uniform(10, 40)], [-rng.uniform(10, 40)]])
    return W1, np.zeros(2), W2, np.array([rng.uniform(-9, -6)])


# ---------------------------------------------------------------- right

def right_loop(rng):
    while True:
        weights, error = train(start_weights(rng))
        if error < 1e-12:
            return weights


def right_for_range_lists(rng):
    for attempt in range(500):
        weights, error = train(start_weights(rng))
        if error < 1e-10:
            W1, b1, W2, b2 = weights
            return W1.tolist(), b1.tolist(), W2.tolist(), b2.tolist()


def right_best_of_twenty(rng):
    results = [train(informed_start(rng)) for _ in range(20)]
    best = min(results, key=lambda result: result[1])
    return Weights(*best[0])


def right_from_the_table():
    """The second start of the lesson's table."""
    start = ([[0.05, 0.004], [0.003, 0.08]], [0, 0], [[24], [-20]], [-6])
    return train(start)[0]


def right_course_function():
    return tuple(learn_to_divide(3).weights)


def right_own_levenberg_marquardt(rng, starts=60):
    """Not SciPy's loop but the one of the lesson, damped_step, with all nine numbers."""
    for _ in range(starts):
        p = np.concatenate([np.ravel(part) for part in start_weights(rng)])
        damping = 0.01
        for step in range(150):
            r, J = residuals(p), slopes(p)
            square = J.T @ J
            D = np.diag(np.diag(square) + 1e-14)
            try:
                trial = p + np.linalg.solve(square + damping * D, -J.T @ r)
            except np.linalg.LinAlgError:
                damping *= 10
                continue
            if np.sum(residuals(trial) ** 2) < np.sum(r**2):
                p, damping = trial, max(damping / 10, 1e-12)
            else:
                damping *= 10
            if damping > 1e20:
                break
        if np.abs(residuals(p)).mean() < 1e-10:
            return p[:4].reshape(2, 2), p[4:6], p[6:8].reshape(2, 1), p[8:]


def right_rounded_to_ten_digits(rng):
    """Written down with ten significant digits, as one copies them from a print."""
    weights = right_loop(rng)
    return tuple(np.array([float(f"{v:.9e}") for v in part.ravel()]).reshape(part.shape) for part in weights)


# ---------------------------------------------------------------- wrong

def wrong_first_training(rng):
    weights, error = train(glorot_start(rng))
    return weights


def wrong_comparison_turned(rng):
    for _ in range(50):
        weights, error = train(start_weights(rng))
        if error > 1e-7:
            return weights


def wrong_generous(rng):
    while True:
        weights, error = train(start_weights(rng))
        if 1e-5 < error < 0.01:
            return weights


def wrong_max(rng):
    results = [train(start_weights(rng)) for _ in range(8)]
    return max(results, key=lambda result: result[1])[0]


def wrong_start_returned(rng):
    while True:
        start = start_weights(rng)
        weights, error = train(start)
        if error < 1e-7:
            return start


def wrong_with_error(rng):
    while True:
        result = train(start_weights(rng))
        if result[1] < 1e-7:
            return result


def wrong_no_return(rng):
    while True:
        weights, error = train(start_weights(rng))
        if error < 1e-7:
            print(weights)
            break


def wrong_row(rng):
    W1, b1, W2, b2 = right_loop(rng)
    return np.concatenate([W1.ravel(), b1, W2.ravel(), b2])


def wrong_flat_w2(rng):
    W1, b1, W2, b2 = right_loop(rng)
    return W1, b1, W2.ravel(), b2


def wrong_keras_order(rng):
    W1, b1, W2, b2 = right_loop(rng)
    return W1, W2, b1, b2


def wrong_bias_of_the_deck(rng):
    """'All numbers but W1 are the deck's', so writes the deck's output bias in."""
    W1, b1, W2, b2 = right_loop(rng)
    return W1, b1, W2, np.array([-3.912023])


def wrong_four_decimals(rng):
    return tuple(np.round(part, 4) for part in right_loop(rng))


def wrong_adam(rng):
    points = division_data(2_000, rng)
    starts = [glorot_start(rng) for _ in range(8)]
    return tuple(train_restarts(starts, *points, steps=2_000, learning_rate=0.003).best)


def wrong_few_evaluations(rng):
    start = np.concatenate([np.ravel(part) for part in start_weights(rng)])
    p = least_squares(residuals, start, slopes, x_scale="jac", max_nfev=10).x
    return p[:4].reshape(2, 2), p[4:6], p[6:8].reshape(2, 1), p[8:]


def wrong_b_over_a(rng):
    W1, b1, W2, b2 = right_loop(rng)
    return W1[[1, 0]], b1, W2, b2


def wrong_first_layer_averaged(rng):
    found = [right_loop(rng) for _ in range(2)]
    return tuple(np.mean([w[i] for w in found], axis=0) for i in range(4))


def rng(seed=8):
    return np.random.default_rng(seed)


k = 0.037
deck = DECK_WEIGHTS

CASES = [
    ("while True, the lesson's train", right_loop(rng()), "right", ""),
    ("for, lists", right_for_range_lists(rng(1)), "right", ""),
    ("best of twenty informed starts", right_best_of_twenty(rng(2)), "right", ""),
    ("the table's second start", right_from_the_table(), "right", ""),
    ("learn_to_divide(3)", right_course_function(), "right", ""),
    ("own Levenberg-Marquardt", right_own_levenberg_marquardt(rng(4)), "right", ""),
    ("ten digits", right_rounded_to_ten_digits(rng(5)), "right", ""),
    ("the deck's weights", tuple(deck), "wrong", "hands in the deck's weights"),
    ("the deck's, neurons swapped", (deck.W1[:, ::-1], deck.b1[::-1], deck.W2[::-1], deck.b2), "wrong",
     "the deck's weights with the neurons swapped"),
    ("the deck's, another scale", (100_000 * deck.W1, deck.b1, deck.W2, deck.b2), "wrong", "the deck's weights, W1 scaled"),
    ("the deck's, two scales and the bias for it",
     (np.diag([k, 0.5]), deck.b1, deck.W2, deck.b2 - 33.3333 * 0.03 * math.log(k / 0.5)), "wrong",
     "the deck's weights, each neuron on its own scale, output bias adapted"),
    ("the deck's with noise",
     tuple(part * (1 + 1e-9 * rng().normal(size=part.shape)) for part in deck), "wrong",
     "the deck's weights with a little noise"),
    ("the deck's with exact thirds by hand",
     (deck.W1, deck.b1, np.array([[100 / 3], [-100 / 3]]), np.array([-np.log(50)])), "wrong",
     "set by hand (exact thirds, -ln 50), not learned"),
    ("the first training", wrong_first_training(rng(3)), "wrong", "takes the first training, from one of Keras's starts, without a look at its error: stuck"),
    ("error > 1e-7", wrong_comparison_turned(rng(1)), "wrong", "comparison turned round: gives back the first that does not divide"),
    ("generous", wrong_generous(rng(2)), "wrong", "takes an error below 0.01 for 'done'"),
    ("max", wrong_max(rng(3)), "wrong", "max in place of min: the worst of eight"),
    ("start returned", wrong_start_returned(rng(8)), "wrong", "returns the start, not what was learned from it"),
    ("with its error", wrong_with_error(rng(8)), "wrong", "returns what train gives: (weights, error)"),
    ("no return", wrong_no_return(rng(8)), "wrong", "prints and breaks, returns nothing: None"),
    ("the function", right_loop, "wrong", "hands in the function, not its result"),
    ("a row of nine", wrong_row(rng(8)), "wrong", "one row of nine numbers p"),
    ("W2 flat", wrong_flat_w2(rng(8)), "wrong", "W2 of shape (2,), not (2, 1)"),
    ("order", wrong_keras_order(rng(8)), "wrong", "order W1, W2, b1, b2"),
    ("the deck's output bias written in", wrong_bias_of_the_deck(rng(8)), "wrong",
     "output bias replaced by the deck's -3.912023, which does not go with the learned W1"),
    ("four decimals", wrong_four_decimals(rng(8)), "wrong", "rounded to four decimals: output weights and hidden biases lost digits"),
    ("Adam", wrong_adam(rng(8)), "wrong", "trained by Adam from Keras's starts: does not divide"),
    ("ten evaluations", wrong_few_evaluations(rng(8)), "wrong", "stopped after 10 evaluations: had not arrived"),
    ("b/a", wrong_b_over_a(rng(9)), "wrong", "rows of W1 swapped: computes b/a"),
    ("two results averaged", wrong_first_layer_averaged(rng(8)), "wrong", "the mean of two learned networks does not divide"),
    ("half finished", (np.zeros((2, 2)), np.zeros(2), np.zeros((2, 1)), np.zeros(1)), "wrong", "zeros of the right shapes"),
]


TRUE_NAMES = {
    "the deck's weights": "deck-weights",
    "the deck's, neurons swapped": "deck-swapped",
    "the deck's, another scale": "deck-rescaled",
    "the deck's, two scales and the bias for it": "deck-rescaled",
    "the deck's with noise": "deck-weights",
    "the deck's with exact thirds by hand": "computed-by-hand",
    "the first training": "plateau",
    "error > 1e-7": "plateau",
    "generous": "plateau",
    "max": "not-trained",
    "start returned": "not-trained",
    "with its error": "not-four",
    "the function": "not-four",
    "a row of nine": "not-four",
    "W2 flat": "wrong-shapes",
    "order": "wrong-shapes",
    "the deck's output bias written in": "not-trained",
    "four decimals": "rounded-weights",
    "Adam": "plateau",
    "ten evaluations": "not-trained",
    "b/a": "divides-other-way",
    "two results averaged": "other-scale",
    "half finished": "constant-output",
}
