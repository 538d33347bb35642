"""Students' answers to "division-data": check("division-data", answer), answer = function(size, rng) -> (x, y)."""

import random

import numpy as np


# ---------------------------------------------------------------- right

def right_endpoint(size, rng):
    x = rng.integers(100, 1999, size=(size, 2), endpoint=True) / 100
    return x, (x[:, 0] / x[:, 1] / 100)[:, np.newaxis]


def right_choice(size, rng):
    hundredths = np.arange(100, 2000)
    a = rng.choice(hundredths, size) / 100
    b = rng.choice(hundredths, size) / 100
    x = np.column_stack((a, b))
    y = (a / b / 100).reshape(size, 1)
    return x, y


def right_loop(size, rng):
    x = np.zeros((size, 2))
    y = np.zeros((size, 1))
    for i in range(size):
        a = rng.integers(100, 2000) / 100
        b = rng.integers(100, 2000) / 100
        x[i, 0] = a
        x[i, 1] = b
        y[i, 0] = a / b / 100
    return x, y


def right_uniform_rounded(size, rng):
    # half a hundredth more on both sides so that the ends get their full share
    x = np.round(rng.uniform(0.995, 19.995, size=(size, 2)), 2)
    a, b = x.T
    y = a / b / 100
    return x, y.reshape(-1, 1)


def right_floor_of_random(size, rng):
    n = np.floor(rng.random((size, 2)) * 1900) + 100
    x = n / 100
    return x, x[:, [0]] / x[:, [1]] / 100


def right_index_into_grid(size, rng):
    grid = np.linspace(1, 19.99, 1900)
    index = rng.integers(len(grid), size=2 * size)
    x = grid[index].reshape(size, 2)
    y = np.divide(x[:, 0:1], x[:, 1:2]) * 0.01
    return x, y


def one_number(rng):
    return int(rng.integers(low=100, high=2000)) / 100


def right_list_comprehension(size, rng):
    pairs = [[one_number(rng), one_number(rng)] for _ in range(size)]
    answers = [[a / b / 100] for a, b in pairs]
    return np.array(pairs), np.array(answers)


def right_shape_two_by_n(size, rng):
    a, b = rng.integers(100, 2000, size=(2, size)) / 100
    return np.stack([a, b], axis=1), np.expand_dims(a / (100 * b), axis=1)


# ---------------------------------------------------------------- wrong

def wrong_upper_end(size, rng):
    x = rng.integers(100, 1999, size=(size, 2)) / 100
    return x, x[:, :1] / x[:, 1:] / 100


def wrong_twenty(size, rng):
    x = rng.integers(100, 2000, size=(size, 2), endpoint=True) / 100
    return x, x[:, :1] / x[:, 1:] / 100


def wrong_uniform(size, rng):
    x = rng.uniform(1, 19.99, size=(size, 2))
    y = x[:, :1] / x[:, 1:] / 100
    return x, y


def wrong_round_half(size, rng):
    x = rng.uniform(1.00, 19.99, (size, 2)).round(2)
    return x, x[:, :1] / x[:, 1:] / 100


def wrong_own_generator(size, rng):
    rng = np.random.default_rng(0)
    x = rng.integers(100, 2000, size=(size, 2)) / 100
    return x, x[:, :1] / x[:, 1:] / 100


def wrong_np_random(size, rng):
    x = np.random.randint(100, 2000, size=(size, 2)) / 100
    return x, x[:, :1] / x[:, 1:] / 100


def wrong_random_module(size, rng):
    x = np.array([[random.randint(100, 1999) / 100 for _ in range(2)] for _ in range(size)])
    return x, x[:, :1] / x[:, 1:] / 100


def wrong_flat_y(size, rng):
    x = rng.integers(100, 2000, size=(size, 2)) / 100
    y = x[:, 0] / x[:, 1] / 100
    return x, y


def wrong_no_hundredth(size, rng):
    x = rng.integers(100, 2000, size=(size, 2)) / 100
    y = x[:, :1] / x[:, 1:]
    return x, y


def wrong_b_over_a(size, rng):
    x = rng.integers(100, 2000, size=(size, 2)) / 100
    return x, x[:, 1:] / x[:, :1] / 100


def wrong_reshape(size, rng):
    a = rng.integers(100, 2000, size=size) / 100
    b = rng.integers(100, 2000, size=size) / 100
    x = np.array([a, b]).reshape(size, 2)
    y = (a / b / 100).reshape(size, 1)
    return x, y


def wrong_transposed(size, rng):
    a = rng.integers(100, 2000, size=size) / 100
    b = rng.integers(100, 2000, size=size) / 100
    return np.array([a, b]), np.array([a / b / 100])


def wrong_whole_numbers(size, rng):
    x = rng.integers(1, 20, size=(size, 2))
    return x, x[:, :1] / x[:, 1:] / 100


def wrong_hundredths_kept(size, rng):
    x = rng.integers(100, 2000, size=(size, 2))
    y = x[:, :1] / x[:, 1:] / 100
    return x, y


def wrong_swapped_result(size, rng):
    x = rng.integers(100, 2000, size=(size, 2)) / 100
    y = x[:, :1] / x[:, 1:] / 100
    return y, x


def wrong_print(size, rng):
    x = rng.integers(100, 2000, size=(size, 2)) / 100
    y = x[:, :1] / x[:, 1:] / 100
    print(x, y)


def wrong_drawn_again(size, rng):
    def numbers():
        return rng.integers(100, 2000, size=(size, 1)) / 100

    x = np.hstack([numbers(), numbers()])
    y = numbers() / numbers() / 100
    return x, y


def wrong_size_fixed(size, rng):
    x = rng.integers(100, 2000, size=(24_000, 2)) / 100
    return x, x[:, :1] / x[:, 1:] / 100


def wrong_broadcast(size, rng):
    a = rng.integers(100, 2000, size=(size, 1)) / 100
    b = rng.integers(100, 2000, size=size) / 100
    return np.column_stack([a, b]), a / b / 100


def wrong_integer_division(size, rng):
    x = rng.integers(100, 2000, size=(size, 2)) // 100
    return x, x[:, :1] / x[:, 1:] / 100


def wrong_two_scales(size, rng):
    whole = rng.integers(1, 20, size=(size, 2))
    decimals = rng.integers(0, 99, size=(size, 2)) / 100
    x = whole + decimals
    return x, x[:, :1] / x[:, 1:] / 100


def wrong_no_repeats(size, rng):
    numbers = np.arange(100, 2000) / 100
    a = rng.choice(numbers, size, replace=False)
    b = rng.choice(numbers, size, replace=False)
    return np.stack([a, b], axis=1), (a / b / 100)[:, None]


def wrong_y_rounded(size, rng):
    x = rng.integers(100, 2000, size=(size, 2)) / 100
    y = np.round(x[:, :1] / x[:, 1:] / 100, 4)
    return x, y


def wrong_only_y(size, rng):
    x = rng.integers(100, 2000, size=(size, 2)) / 100
    return x[:, :1] / x[:, 1:] / 100


CASES = [
    ("integers with endpoint", right_endpoint, "right", ""),
    ("choice from arange, column_stack", right_choice, "right", ""),
    ("loop over the rows", right_loop, "right", ""),
    ("uniform, widened by half a hundredth, rounded", right_uniform_rounded, "right", ""),
    ("floor of random", right_floor_of_random, "right", ""),
    ("index into a linspace", right_index_into_grid, "right", ""),
    ("helper and list comprehension", right_list_comprehension, "right", ""),
    ("drawn as (2, size), stacked", right_shape_two_by_n, "right", ""),
    ("19.99 left out", wrong_upper_end, "wrong", "integers leaves out its upper end: 19.99 is never drawn"),
    ("20.00 drawn", wrong_twenty, "wrong", "endpoint=True with 2000: 20.00 is drawn as well"),
    ("uniform", wrong_uniform, "wrong", "numbers have all decimals, they are not hundredths"),
    ("uniform rounded", wrong_round_half, "wrong", "after rounding, 1.00 and 19.99 come up half as often as others"),
    ("generator of its own", wrong_own_generator, "wrong", "makes its own generator with seed 0 and ignores rng"),
    ("np.random", wrong_np_random, "wrong", "draws with np.random.randint, not with rng"),
    ("module random", wrong_random_module, "wrong", "draws with Python's random module, not with rng"),
    ("y flat", wrong_flat_y, "wrong", "y has the shape (size,) in place of (size, 1)"),
    ("quotient without the hundredth", wrong_no_hundredth, "wrong", "y is a/b, not a/b/100"),
    ("b divided by a", wrong_b_over_a, "wrong", "y is b/a/100: numerator and denominator swapped"),
    (
        "reshape in place of transpose",
        wrong_reshape,
        "wrong",
        "reshape mixes up rows and columns: the pairs in x do not belong to the answers in y",
    ),
    ("array of two rows", wrong_transposed, "wrong", "shapes (2, size) and (1, size): transposed"),
    ("whole numbers", wrong_whole_numbers, "wrong", "draws whole numbers 1 to 19, not hundredths"),
    ("x in hundredths", wrong_hundredths_kept, "wrong", "x not divided by 100: 100 to 1999"),
    ("y, x", wrong_swapped_result, "wrong", "returns y, x in place of x, y"),
    ("print", wrong_print, "wrong", "prints and returns nothing"),
    ("drawn again for y", wrong_drawn_again, "wrong", "draws new numbers for y: answers do not belong to x"),
    ("24 000 always", wrong_size_fixed, "wrong", "size is ignored, always 24 000 rows"),
    ("(n, 1) divided by (n,)", wrong_broadcast, "wrong", "a is a column, b a row: y has the shape (size, size)"),
    ("//", wrong_integer_division, "wrong", "// in place of /: decimals are cut off, whole numbers only"),
    ("decimals 0 to 98", wrong_two_scales, "wrong", "integers(0, 99) leaves out .99: numbers such as 3.99 are never drawn"),
    (
        "replace=False",
        wrong_no_repeats,
        "wrong",
        "draws without putting back: no number twice, and an error for more than 1900 rows",
    ),
    ("y rounded to 4 decimals as in the table", wrong_y_rounded, "wrong", "y rounded to four decimals"),
    ("y only", wrong_only_y, "wrong", "returns y alone, x is missing"),
]


TRUE_NAMES = {
    "19.99 left out": "end-excluded",
    "20.00 drawn": "past-the-end",
    "uniform": "off-hundredths",
    "uniform rounded": "ends-half",
    "generator of its own": "same-data",
    "np.random": "global-random",
    "module random": "global-random",
    "y flat": "flat-targets",
    "quotient without the hundredth": "not-divided-by-100",
    "b divided by a": "upside-down",
    "reshape in place of transpose": "other-rows",
    "array of two rows": "transposed",
    "whole numbers": "whole-numbers",
    "x in hundredths": "hundredths-as-numbers",
    "y, x": "results-swapped",
    "print": "no-return",
    "24 000 always": "ignores-size",
    "(n, 1) divided by (n,)": "square-target",
    "//": "whole-numbers",
    "decimals 0 to 98": "end-excluded",
    "replace=False": "without-replacement",
    "y rounded to 4 decimals as in the table": "rounded-targets",
    "y only": "not-a-pair",
}
