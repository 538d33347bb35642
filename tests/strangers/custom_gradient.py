"""Students' answers to "custom-gradient": check("custom-gradient", answer), answer = function of a tensor."""

import numpy as np
import tensorflow as tf


def value(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0, 15) + 1) + 0.5
    tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15) - 1403.359435)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


def slope(x):
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    logarithm = 30_000 / (1_000_000 * tf.clip_by_value(x, 0, 15) + 1)
    tail = 109.0858178 / (109.0858178 * tf.maximum(x, 15) - 1403.359435) ** 2
    return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))


# ---------------------------------------------------------------- right

@tf.custom_gradient
def right_no_guards(x):
    u = 109.0858178 * x - 1403.359435
    e = 1.359140915 * tf.exp(x - 1)
    y = tf.where(x <= 0, e, tf.where(x <= 15, 0.03 * tf.math.log(1_000_000 * x + 1) + 0.5, 1 - 1 / u))

    def gradient(upstream):
        s = tf.where(x <= 0, e, tf.where(x <= 15, 30_000 / (1_000_000 * x + 1), 109.0858178 / u**2))
        return upstream * s

    return y, gradient


@tf.custom_gradient
def right_helpers(x):
    return value(x), lambda upstream: upstream * slope(x)


@tf.custom_gradient
def right_autodiff_with_output_gradients(x):
    def gradient(upstream):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = value(x)
        return tape.gradient(y, x, output_gradients=upstream)

    return value(x), gradient


@tf.custom_gradient
def right_deck_fractions(x):
    """The slide's formula, with the lost sign put back."""
    def grad(upstream):
        u = 109.0858178 * tf.maximum(x, 15) - 280671887 / 200000
        tail = 501379254 / (4596191 * u**2)
        log = 0.03 * 1_000_000 / (1_000_000 * tf.clip_by_value(x, 0, 15) + 1)
        exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
        return upstream * tf.where(x > 15, tail, tf.where(x > 0, log, exponential))

    return value(x), grad


@tf.custom_gradient
def right_product_in_each_branch(x):
    left, right = x <= 0, x > 15
    y_exp = 1.359140915 * tf.math.exp(tf.where(left, x, tf.zeros_like(x)) - 1)
    inside = 1_000_000 * tf.where(left | right, tf.zeros_like(x), x) + 1
    u = 109.0858178 * tf.where(right, x, 20 * tf.ones_like(x)) - 1403.359435

    def backward(up):
        if_left = tf.multiply(up, y_exp)
        if_middle = tf.multiply(up, 30_000 / inside)
        if_right = tf.multiply(up, 109.0858178 * tf.square(1 / u))
        return [tf.where(left, if_left, tf.where(right, if_right, if_middle))]

    return tf.where(left, y_exp, tf.where(right, 1 - 1 / u, 0.03 * tf.math.log(inside) + 0.5)), backward


def right_wrapped(x):
    """tf.custom_gradient called inside, without @."""
    def both(t):
        s = slope(t)

        def gradient(dy):
            return dy * s

        return value(t), gradient

    return tf.custom_gradient(both)(x)


class Activation:
    @staticmethod
    @tf.custom_gradient
    def f(x):
        def gradient(upstream):
            return tf.math.multiply(slope(x), upstream)

        return tf.identity(value(x)), gradient


# ---------------------------------------------------------------- wrong

@tf.custom_gradient
def wrong_no_upstream(x):
    def gradient(upstream):
        return slope(x)

    return value(x), gradient


@tf.custom_gradient
def wrong_only_upstream(x):
    def gradient(upstream):
        return upstream

    return value(x), gradient


@tf.custom_gradient
def wrong_plus(x):
    def gradient(upstream):
        return upstream + slope(x)

    return value(x), gradient


@tf.custom_gradient
def wrong_precedence(x):
    def gradient(upstream):
        u = 109.0858178 * tf.maximum(x, 15) - 1403.359435
        log = 30_000 / (1_000_000 * tf.clip_by_value(x, 0, 15) + 1)
        exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
        return tf.where(x <= 0, upstream * exponential, tf.where(x <= 15, log, 109.0858178 / u**2))

    return value(x), gradient


@tf.custom_gradient
def wrong_value_times_upstream(x):
    y = value(x)

    def gradient(upstream):
        return upstream * y

    return y, gradient


@tf.custom_gradient
def wrong_order(x):
    def gradient(upstream):
        return upstream * slope(x)

    return gradient, value(x)


@tf.custom_gradient
def wrong_gradient_called(x):
    def gradient(upstream=1):
        return upstream * slope(x)

    return value(x), gradient()


@tf.custom_gradient
def wrong_no_second(x):
    def gradient(upstream):
        return upstream * slope(x)

    return value(x)


def wrong_no_decorator(x):
    def gradient(upstream):
        return upstream * slope(x)

    return value(x), gradient


def slope_with(x, log_factor=30_000, tail_factor=109.0858178, power=2):
    u = 109.0858178 * tf.maximum(x, 15) - 1403.359435
    log = log_factor / (1_000_000 * tf.clip_by_value(x, 0, 15) + 1)
    exponential = 1.359140915 * tf.exp(tf.minimum(x, 0) - 1)
    return tf.where(x <= 0, exponential, tf.where(x <= 15, log, tail_factor / u**power))


@tf.custom_gradient
def wrong_log_slope(x):
    return value(x), lambda upstream: upstream * slope_with(x, log_factor=0.03)


@tf.custom_gradient
def wrong_tail_sign(x):
    return value(x), lambda upstream: upstream * slope_with(x, tail_factor=-109.0858178)


@tf.custom_gradient
def wrong_tail_one(x):
    return value(x), lambda upstream: upstream * slope_with(x, tail_factor=1)


@tf.custom_gradient
def wrong_tail_not_squared(x):
    return value(x), lambda upstream: upstream * slope_with(x, power=1)


@tf.custom_gradient
def wrong_ten_million(x):
    return value(x), lambda upstream: upstream * slope_with(x, log_factor=300_000)


@tf.custom_gradient
def wrong_exponential_power_rule(x):
    def gradient(upstream):
        s = slope(x)
        return upstream * tf.where(x <= 0, 1.359140915 * (x - 1) * tf.exp(x - 2), s)

    return value(x), gradient


@tf.custom_gradient
def wrong_lost_sign(x):
    def gradient(upstream):
        u = 109.0858178 * x - 1403.359435
        tail = 501379254 * (4596191 * u**2)
        return upstream * tf.where(x > 15, tail, slope(x))

    return value(x), gradient


@tf.custom_gradient
def wrong_as_printed(x):
    def gradient(upstream):
        u = 109.0858178 * x - 1403.359435
        tail = 501379254(4596191 * u**2)  # noqa
        return upstream * tf.where(x > 15, tail, slope(x))

    return value(x), gradient


@tf.custom_gradient
def wrong_summed_upstream(x):
    def gradient(upstream):
        return tf.reduce_sum(upstream) * slope(x)

    return value(x), gradient


@tf.custom_gradient
def wrong_summed_result(x):
    def gradient(upstream):
        return tf.reduce_sum(upstream * slope(x))

    return value(x), gradient


@tf.custom_gradient
def wrong_float32(x):
    x = tf.cast(x, tf.float32)

    def gradient(upstream):
        return tf.cast(upstream, tf.float32) * slope(x)

    return value(x), gradient


@tf.custom_gradient
def wrong_numpy_slope(x):
    def gradient(upstream):
        z = x.numpy()
        u = 109.0858178 * np.maximum(z, 15) - 1403.359435
        log = 30_000 / (1_000_000 * np.clip(z, 0, 15) + 1)
        s = np.where(z <= 0, 1.359140915 * np.exp(z - 1), np.where(z <= 15, log, 109.0858178 / u))
        return upstream * s

    return value(x), gradient


@tf.custom_gradient
def wrong_numeric(x):
    h = 1e-3

    def gradient(upstream):
        return upstream * (value(x + h) - value(x - h)) / (2 * h)

    return value(x), gradient


@tf.custom_gradient
def wrong_naive_autodiff(x):
    def naive(x):
        exponential = 1.359140915 * tf.exp(x - 1)
        logarithm = 0.03 * tf.math.log(1_000_000 * x + 1) + 0.5
        tail = 1 - 1 / (109.0858178 * x - 1403.359435)
        return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))

    def gradient(upstream):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = naive(x)
        return upstream * tape.gradient(y, x)

    return naive(x), gradient


@tf.custom_gradient
def wrong_smooth_wall(x):
    def gradient(upstream):
        return upstream * tf.minimum(slope(x), 100)

    return value(x), gradient


@tf.custom_gradient
def wrong_no_parameter(x):
    def gradient():
        return slope(x)

    return value(x), gradient


@tf.custom_gradient
def wrong_square(x):
    def gradient(upstream):
        return upstream * 2 * x

    return x * x, gradient


@tf.custom_gradient
def wrong_multiplied_masks(x):
    left = tf.cast(x <= 0, x.dtype)
    right = tf.cast(x > 15, x.dtype)
    middle = 1 - left - right

    def gradient(upstream):
        u = 109.0858178 * x - 1403.359435
        return upstream * (
            left * 1.359140915 * tf.exp(x - 1)
            + middle * 30_000 / (1_000_000 * x + 1)
            + right * 109.0858178 / u**2
        )

    return value(x), gradient


@tf.custom_gradient
def wrong_name(x):
    def gradient(upstream):
        return upstream * slope(x)

    return value(x), grad  # noqa: F821


@tf.custom_gradient
def wrong_upstream_squared(x):
    def gradient(upstream):
        s = upstream * slope(x)
        return upstream * s

    return value(x), gradient


CASES = [
    ("no guards at all", right_no_guards, "right", ""),
    ("helpers and a lambda", right_helpers, "right", ""),
    ("autodiff inside, with output_gradients", right_autodiff_with_output_gradients, "right", ""),
    ("the deck's fractions", right_deck_fractions, "right", ""),
    ("product in each branch, list returned", right_product_in_each_branch, "right", ""),
    ("tf.custom_gradient called inside", right_wrapped, "right", ""),
    ("static method of a class", Activation.f, "right", ""),
    ("upstream forgotten", wrong_no_upstream, "wrong", "gradient does not multiply by upstream"),
    ("slope forgotten", wrong_only_upstream, "wrong", "hands upstream on, without the slope"),
    ("upstream + slope", wrong_plus, "wrong", "adds upstream and slope"),
    ("upstream in one branch only", wrong_precedence, "wrong", "upstream is a factor of the exponential branch only"),
    ("upstream times value", wrong_value_times_upstream, "wrong", "multiplies by the value, not by the slope"),
    ("gradient, value", wrong_order, "wrong", "returns (gradient, value): wrong order"),
    ("gradient called", wrong_gradient_called, "wrong", "returns gradient(), a tensor, not the function"),
    ("value only", wrong_no_second, "wrong", "gradient is not returned"),
    ("decorator lost", wrong_no_decorator, "wrong", "@tf.custom_gradient removed: returns a tuple"),
    ("0.03/(...)", wrong_log_slope, "wrong", "inner derivative 1 000 000 of the logarithm forgotten"),
    ("tail with a minus", wrong_tail_sign, "wrong", "sign error in the slope of the tail"),
    ("1/u²", wrong_tail_one, "wrong", "inner derivative 109.08 of the tail forgotten"),
    ("109/u", wrong_tail_not_squared, "wrong", "slope of the tail over u, not u squared"),
    ("300 000", wrong_ten_million, "wrong", "slope of the logarithm with 300 000 (C = 10 000 000)"),
    ("power rule for e^x", wrong_exponential_power_rule, "wrong", "treats e^(x-1) like a power: (x-1)e^(x-2)"),
    ("lost sign is *", wrong_lost_sign, "wrong", "multiplication in place of division in the deck's formula"),
    ("as printed", wrong_as_printed, "wrong", "deck's formula as printed: a number is called"),
    ("sum of upstream", wrong_summed_upstream, "wrong", "adds up upstream over all elements"),
    ("sum of the products", wrong_summed_result, "wrong", "adds up everything: gradient is one number, not the shape of x"),
    ("float32", wrong_float32, "wrong", "casts to float32: dtype wrong for float64"),
    ("NumPy in the gradient", wrong_numpy_slope, "wrong", "slope by NumPy with .numpy(): not in a graph, and u is not squared"),
    ("difference quotient", wrong_numeric, "wrong", "measures the slope with h = 0.001: wrong close to 0 and 15"),
    ("autodiff of naive", wrong_naive_autodiff, "wrong", "asks autodiff for the naive slope: NaN at 12.864728, -1e-6, from 90 on"),
    ("slope at most 100", wrong_smooth_wall, "wrong", "slope cut off at 100"),
    ("gradient()", wrong_no_parameter, "wrong", "gradient takes no argument: TypeError on the way back"),
    ("the square", wrong_square, "wrong", "copied the lesson's square"),
    ("masks multiplied", wrong_multiplied_masks, "wrong", "0 times inf at large x: NaN"),
    ("grad / gradient", wrong_name, "wrong", "NameError: grad"),
    ("upstream twice", wrong_upstream_squared, "wrong", "upstream multiplied twice"),
]


TRUE_NAMES = {
    "upstream forgotten": "forgot-upstream",
    "slope forgotten": "passes-upstream",
    "upstream + slope": "adds-upstream",
    "upstream times value": "value-for-slope",
    "gradient, value": "value-and-gradient-swapped",
    "gradient called": "gradient-called",
    "value only": "no-gradient-function",
    "decorator lost": "not-decorated",
    "0.03/(...)": "forgot-chain-factor",
    "tail with a minus": "tail-slope-sign",
    "1/u²": "forgot-chain-factor",
    "109/u": "tail-not-squared",
    "300 000": "factor-ten-slope",
    "power rule for e^x": "power-rule",
    "lost sign is *": "missing-division",
    "as printed": "calls-a-number",
    "sum of upstream": "collapsed-upstream",
    "sum of the products": "gradient-of-all",
    "float32": "dtype-changed",
    "NumPy in the gradient": "tail-not-squared",
    "autodiff of naive": "nan-in-unused-branch",
    "gradient()": "gradient-without-upstream",
    "masks multiplied": "nan-in-unused-branch",
    "grad / gradient": "unknown-name",
    "upstream twice": "squared-upstream",
}
