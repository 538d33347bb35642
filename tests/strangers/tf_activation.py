"""Students' answers to "tf-activation": check("tf-activation", answer), answer = function of a tensor."""

import keras
import numpy as np
import tensorflow as tf
from keras import ops


# ---------------------------------------------------------------- right

def right_min_clip_max(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def right_where_guards(x):
    zero = tf.zeros_like(x)
    left = x <= 0
    right = x > 15
    middle = tf.logical_not(left | right)
    for_exp = tf.where(left, x, zero)
    for_log = tf.where(middle, x, zero)
    for_tail = tf.where(right, x, zero + 20)
    y = tf.where(left, 1.359140915 * tf.exp(for_exp - 1), zero)
    y = tf.where(middle, 0.03 * tf.math.log(1e6 * for_log + 1) + 0.5, y)
    y = tf.where(right, 1 - 1 / (109.0858178 * for_tail - 1403.359435), y)
    return y


def right_deck_guards_and_one_more(x):
    zero = tf.zeros_like(x)
    exponential = 1.359140915 * tf.exp(tf.where(x > 0, zero, x) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.where(x < 0, zero, x) + 1) + 0.5
    # with 0 the denominator is -1403: no pole, so 0 will do here too
    tail = 1 - 1 / (109.0858178 * tf.where(x > 15, x, zero) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def right_log1p(x):
    small = tf.math.minimum(x, 0)
    middle = tf.math.maximum(tf.math.minimum(x, 15), 0)
    large = tf.math.maximum(x, 15)
    a = tf.math.exp(small - 1) * 1.359140915
    b = tf.math.log1p(middle * 1_000_000) * 0.03 + 0.5
    c = 1 - tf.math.reciprocal(large * 109.0858178 - 1403.359435)
    return tf.where(x > 15, c, tf.where(x > 0, b, a))


def right_keras_ops(x):
    x = ops.convert_to_tensor(x)
    low = ops.minimum(x, ops.zeros_like(x))
    mid = ops.where(ops.logical_and(x > 0, x <= 15), x, ops.ones_like(x))
    high = ops.where(x > 15, x, 16 * ops.ones_like(x))
    return ops.where(
        x <= 0,
        1.359140915 * ops.exp(low - 1),
        ops.where(x <= 15, 0.03 * ops.log(1000000 * mid + 1) + 0.5, 1 - 1 / (109.0858178 * high - 1403.359435)),
    )


def right_dynamic_stitch(x):
    """Every branch gets only its own numbers; afterwards they are put back in their places."""
    flat = tf.reshape(x, [-1])
    which = tf.cast(flat > 0, tf.int32) + tf.cast(flat > 15, tf.int32)
    places = tf.dynamic_partition(tf.range(tf.size(flat)), which, 3)
    low, middle, high = tf.dynamic_partition(flat, which, 3)
    parts = [
        1.359140915 * tf.exp(low - 1),
        0.03 * tf.math.log(1_000_000 * middle + 1) + 0.5,
        1 - 1 / (109.0858178 * high - 1403.359435),
    ]
    return tf.reshape(tf.dynamic_stitch(places, parts), tf.shape(x))


def between(x, low, high):
    if low is not None:
        x = tf.maximum(x, tf.constant(low, x.dtype))
    if high is not None:
        x = tf.minimum(x, tf.constant(high, x.dtype))
    return x


def right_helper(x):
    half_e = tf.constant(1.359140915, x.dtype)
    e = half_e * tf.exp(between(x, None, 0.0) - 1)
    ln = 0.03 * tf.math.log(1e6 * between(x, 0.0, 15.0) + 1) + 0.5
    t = 1 - 1 / (109.0858178 * between(x, 15.0, None) - 1403.359435)
    return tf.where(x <= 0, e, tf.where(x <= 15, ln, t))


def right_half_exp(x):
    # the branch is 1/2 e^x; log without an upper guard is harmless
    exponential = 0.5 * tf.exp(tf.minimum(x, 0))
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.maximum(x, 0) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x > 0, tf.where(x > 15, tail, logarithm), exponential)


# ---------------------------------------------------------------- wrong

def wrong_naive(x):
    exponential = 1.359140915 * tf.exp(x - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * x + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * x - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_deck_guards(x):
    zero = tf.zeros_like(x)
    exponential = 1.359140915 * tf.exp(tf.where(x > 0, zero, x) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.where(x < 0, zero, x) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * x - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_times_mask(x):
    left = tf.cast(x <= 0, x.dtype)
    middle = tf.cast((x > 0) & (x <= 15), x.dtype)
    right = tf.cast(x > 15, x.dtype)
    exponential = 1.359140915 * tf.exp(x * left - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * (x * middle) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * (x * right) - 1403.359435)
    return left * exponential + middle * logarithm + right * tail


def wrong_zero_first(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(tf.zeros_like(x), x) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_float32_constants(x):
    half_e = tf.constant(1.359140915)
    factor = tf.constant(0.03)
    exponential = half_e * tf.exp(tf.minimum(x, 0) - 1)
    logarithm = factor * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_cast_float32(x):
    x = tf.cast(x, tf.float32)
    return right_min_clip_max(x)


def wrong_numpy(x):
    x = np.asarray(x)
    exponential = 1.359140915 * np.exp(np.minimum(x, 0) - 1)
    logarithm = 0.03 * np.log(1_000_000 * np.clip(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * np.maximum(x, 15) - 1403.359435)
    return tf.constant(np.where(x <= 0, exponential, np.where(x <= 15, logarithm, tail)))


def wrong_ten_million(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    logarithm = 0.03 * tf.math.log(10_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_python_if(x):
    if x <= 0:
        return 1.359140915 * tf.exp(x - 1)
    elif x <= 15:
        return 0.03 * tf.math.log(1_000_000 * x + 1) + 0.5
    else:
        return 1 - 1 / (109.0858178 * x - 1403.359435)


def wrong_stop_gradient(x):
    exponential = 1.359140915 * tf.exp(tf.stop_gradient(tf.minimum(x, 0)) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.stop_gradient(tf.maximum(x, 15)) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_nan_replaced_in_value(x):
    y = wrong_naive(x)
    return tf.where(tf.math.is_nan(y), tf.zeros_like(y), y)


def wrong_divide_no_nan(x):
    zero = tf.zeros_like(x)
    exponential = 1.359140915 * tf.exp(tf.where(x > 0, zero, x) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * x + 1) + 0.5
    tail = 1 - tf.math.divide_no_nan(tf.ones_like(x), 109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_abs_guard(x):
    exponential = 1.359140915 * tf.exp(-tf.abs(x) - 1)
    logarithm = 0.03 * tf.math.log(tf.abs(1_000_000 * x + 1)) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_clip_domain(x):
    x = tf.clip_by_value(x, -50, 1000)
    return right_min_clip_max(x)


def wrong_logs_base(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    log10 = tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) / np.log(10)
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, 0.03 * log10 + 0.5, tail))


def wrong_exp_minus_one(x):
    exponential = 1.359140915 * (tf.exp(tf.minimum(x, 0)) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_tail_plus(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 + 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_guard_swapped(x):
    exponential = 1.359140915 * tf.exp(tf.maximum(x, 0) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.minimum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_no_return(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_tf_log(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    logarithm = 0.03 * tf.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_border_at_one_and_a_half(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x < 1.5, logarithm, tail))


def wrong_tail_guard_from_one(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 1) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_eps(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    denominator = 109.0858178 * x - 1403.359435
    tail = 1 - denominator / (denominator**2 + 1e-12)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def wrong_numpy_result(x):
    return right_min_clip_max(x).numpy()


@tf.custom_gradient
def wrong_forgetful(x):
    def gradient(upstream):
        log = 30_000 / (1_000_000 * tf.clip_by_value(x, 0, 15) + 1)
        tail = 109.0858178 / (109.0858178 * tf.maximum(x, 15) - 1403.359435) ** 2
        return tf.where(x <= 0, 1.359140915 * tf.exp(tf.minimum(x, 0) - 1), tf.where(x <= 15, log, tail))

    return right_min_clip_max(x), gradient


CASES = [
    ("minimum, clip, maximum", right_min_clip_max, "right", ""),
    ("three wheres with masks", right_where_guards, "right", ""),
    ("the deck's guards and 0 for the tail", right_deck_guards_and_one_more, "right", ""),
    ("log1p and reciprocal", right_log1p, "right", ""),
    ("keras.ops", right_keras_ops, "right", ""),
    ("dynamic_partition and dynamic_stitch", right_dynamic_stitch, "right", ""),
    ("helper, constants with the dtype of x", right_helper, "right", ""),
    ("half exp, log guarded below only", right_half_exp, "right", ""),
    ("naive", wrong_naive, "wrong", "no guards: slope NaN at -1e-6, at 12.864728 and from 90 on"),
    ("the deck's guards", wrong_deck_guards, "wrong", "tail not guarded: slope NaN at 12.864728"),
    ("x times mask", wrong_times_mask, "wrong", "multiplies as a guard: inf * 0 is NaN"),
    ("0 first", wrong_zero_first, "wrong", "minimum(0, x): at 0 the slope goes to the 0, slope of 0 in place of 0.5"),
    ("tf.constant", wrong_float32_constants, "wrong", "tf.constant is float32, does not mix with float64"),
    ("cast to float32", wrong_cast_float32, "wrong", "result is float32 for a float64 tensor"),
    ("NumPy inside", wrong_numpy, "wrong", "computes in NumPy: no gradient, and no tf.function"),
    ("C = 10 000 000", wrong_ten_million, "wrong", "the misprinted constant 10 000 000"),
    ("if", wrong_python_if, "wrong", "if with a tensor: error for more than one number"),
    ("stop_gradient", wrong_stop_gradient, "wrong", "stop_gradient makes the slopes of exponential and tail 0"),
    ("NaN replaced in the value", wrong_nan_replaced_in_value, "wrong", "replaces NaN in the value, not in the gradient"),
    ("divide_no_nan", wrong_divide_no_nan, "wrong", "log has no guard: slope NaN at -1e-6"),
    ("abs", wrong_abs_guard, "wrong", "abs as a guard: |1e6 x + 1| is 0 at -1e-6, slope NaN there"),
    ("clipped to the domain of unit 02", wrong_clip_domain, "wrong", "x clipped to -50 … 1000: values and slopes wrong beyond"),
    ("log10", wrong_logs_base, "wrong", "base 10 in place of the natural logarithm"),
    ("exp(x) - 1", wrong_exp_minus_one, "wrong", "the 1 is taken from exp(x), not from x"),
    ("1 + 1/u", wrong_tail_plus, "wrong", "sign error in the tail"),
    ("guards swapped", wrong_guard_swapped, "wrong", "maximum and minimum swapped: each branch gets what is not its own"),
    ("no return", wrong_no_return, "wrong", "return is forgotten"),
    ("tf.log", wrong_tf_log, "wrong", "tf.log does not exist (any more): tf.math.log"),
    ("border 1.5", wrong_border_at_one_and_a_half, "wrong", "border 1.5 in place of 15"),
    ("maximum(x, 1)", wrong_tail_guard_from_one, "wrong", "tail's guard begins at 1: the pole at 12.864728 gets through"),
    ("a little something in the denominator", wrong_eps, "wrong",
     "u/(u² + eps) in the tail, no guard: u² overflows, value or slope wrong or NaN for huge x"),
    (".numpy()", wrong_numpy_result, "wrong", "returns a NumPy array, no tensor: no gradient"),
    ("custom gradient without upstream", wrong_forgetful, "wrong", "custom gradient that forgets upstream: slopes wrong behind another layer"),
]


TRUE_NAMES = {
    "naive": "naive-where",
    "the deck's guards": "tail-pole",
    "x times mask": "overflow",
    "0 first": "border-slope",
    "tf.constant": "one-dtype",
    "cast to float32": "dtype-changed",
    "NumPy inside": "no-gradient",
    "C = 10 000 000": "ten-million",
    "if": "scalar-only",
    "stop_gradient": "stopped-branch",
    "NaN replaced in the value": "naive-where",
    "divide_no_nan": "log-pole",
    "clipped to the domain of unit 02": "clips-x",
    "log10": "log10",
    "1 + 1/u": "tail-sign",
    "no return": "no-return",
    "tf.log": "unknown-attribute",
    "maximum(x, 1)": "tail-pole",
    "a little something in the denominator": "overflow",
    ".numpy()": "gives-array",
}
