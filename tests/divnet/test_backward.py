"""The gradients that `divnet.backward` gives are those of autodiff, and of a difference quotient."""

import mpmath
import numpy as np
import pytest

from divnet.activation import activation, activation_slope
from divnet.backward import backward, jacobian
from divnet.network import DECK_WEIGHTS, Weights, forward, sigmoid

POINTS = np.array([[20.0, 5.0], [1.5, 19.99], [3.0, 3.0], [7.25, 1.01]])
SHAPES = [part.shape for part in DECK_WEIGHTS]


def sigmoid_slope(x):
    return sigmoid(x) * sigmoid(-x)


def unravel(theta):
    parts = np.split(np.asarray(theta, dtype=np.float64), [4, 6, 8])
    return Weights(*(part.reshape(shape) for part, shape in zip(parts, SHAPES, strict=True)))


def ravel(weights):
    return np.concatenate([part.ravel() for part in weights])


def some_weights():
    """Deck D's weights; and drawn ones, the sums in every branch: exponential, logarithm, tail."""
    rng = np.random.default_rng(6)
    drawn = [unravel(rng.normal(0, scale, 9)) for scale in (0.5, 1.0, 5.0)]
    return [DECK_WEIGHTS, *drawn]


each_weights = pytest.mark.parametrize("weights", some_weights(), ids=["deck", "half", "one", "five"])


def autodiff(inputs, weights):
    """The nine partial derivatives for one pair of inputs, by TensorFlow in float64."""
    tf = pytest.importorskip("tensorflow")

    def tensor_activation(x):
        exponential = 1.359140915 * tf.exp(tf.minimum(x, 0.0) - 1)
        logarithm = 0.03 * tf.math.log(1_000_000 * tf.clip_by_value(x, 0.0, 15.0) + 1) + 0.5
        tail = 1 - 1 / (109.0858178 * tf.maximum(x, 15.0) - 1403.359435)
        return tf.where(x <= 0, exponential, tf.where(x <= 15, logarithm, tail))

    variables = [tf.Variable(part) for part in weights]
    W1, b1, W2, b2 = variables
    with tf.GradientTape() as tape:
        hidden = tensor_activation(tf.constant([inputs]) @ W1 + b1)
        output = tensor_activation(hidden @ W2 + b2)
    return np.concatenate([part.numpy().ravel() for part in tape.gradient(output, variables)])


@each_weights
def test_the_jacobian_is_that_of_autodiff(weights):
    for inputs, ours in zip(POINTS, jacobian(POINTS, weights), strict=True):
        # Four products and a logarithm's argument that cancels down to 10⁻⁶: some hundred ulps.
        np.testing.assert_allclose(ours, autodiff(inputs, weights), rtol=1e-10)


@each_weights
def test_the_jacobian_is_what_a_difference_quotient_measures(weights):
    """In 50 digits, with a step of 10⁻²⁰: nothing is lost to rounding, nor does the curve bend that fast."""
    with mpmath.workdps(50):
        h = mpmath.mpf(10) ** -20

        def output(inputs, theta):
            w = [mpmath.mpf(v) for v in theta]
            hidden = [exact(inputs[0] * w[j] + inputs[1] * w[2 + j] + w[4 + j]) for j in (0, 1)]
            return exact(hidden[0] * w[6] + hidden[1] * w[7] + w[8])

        theta = [mpmath.mpf(float(v)) for v in ravel(weights)]
        for inputs, ours in zip(POINTS.tolist(), jacobian(POINTS, weights), strict=True):
            for i, value in enumerate(ours):
                higher, lower = ([*theta[:i], theta[i] + s * h, *theta[i + 1 :]] for s in (1, -1))
                measured = (output(inputs, higher) - output(inputs, lower)) / (2 * h)
                assert value == pytest.approx(float(measured), rel=1e-10)


def exact(x):
    """Deck D's activation in mpmath's numbers."""
    if x <= 0:
        return mpmath.mpf("1.359140915") * mpmath.exp(x - 1)
    if x <= 15:
        return mpmath.mpf("0.03") * mpmath.log(1_000_000 * x + 1) + mpmath.mpf("0.5")
    return 1 - 1 / (mpmath.mpf("109.0858178") * x - mpmath.mpf("1403.359435"))


def test_any_activation_and_its_slope_will_do():
    weights = unravel(np.linspace(-1, 1, 9))
    ours = jacobian(POINTS, weights, sigmoid, sigmoid_slope)
    h = 1e-6
    for i, step in enumerate(h * np.eye(9)):
        higher, lower = (
            forward(POINTS, unravel(ravel(weights) + s * step), sigmoid).output[:, 0] for s in (1, -1)
        )
        # A central quotient: h² of bending, 10⁻¹⁶/h of rounding.
        np.testing.assert_allclose(ours[:, i], (higher - lower) / (2 * h), atol=1e-9)


def test_the_gradients_by_values_are_what_moves_the_output():
    trace = forward(POINTS)
    g = backward(trace)
    h = 1e-6
    for j in (0, 1):
        step = h * np.eye(2)[j]
        moved = [forward(POINTS + s * step).output[:, 0] for s in (1, -1)]
        np.testing.assert_allclose(g.inputs[:, j], (moved[0] - moved[1]) / (2 * h), rtol=1e-6)
        output = [
            activation((trace.hidden + s * step) @ DECK_WEIGHTS.W2 + DECK_WEIGHTS.b2)[:, 0] for s in (1, -1)
        ]
        np.testing.assert_allclose(g.hidden[:, j], (output[0] - output[1]) / (2 * h), rtol=1e-6)
    np.testing.assert_array_equal(g.hidden_slope, activation_slope(trace.hidden_in))
    np.testing.assert_array_equal(g.output_slope, activation_slope(trace.output_in))


def test_with_deck_d_s_weights_the_output_moves_by_a_as_a_quotient_does():
    a, b = POINTS.T
    # 33.3333 · 0.03 is 1 to a millionth: the power of a/b, and so its slope, too.
    quotients = np.stack([1 / b, -a / b**2], axis=-1) / 100
    np.testing.assert_allclose(backward(forward(POINTS)).inputs, quotients, rtol=1e-5)


def test_an_upstream_gradient_multiplies_every_gradient_but_not_the_slopes():
    trace = forward(POINTS)
    upstream = np.array([[2.0], [-3.0], [0.5], [0.0]])
    plain, scaled = backward(trace), backward(trace, upstream=upstream)
    for name, one, many in zip(plain._fields, plain, scaled, strict=True):
        factor = 1.0 if name.endswith("slope") else upstream.reshape(4, *[1] * (one.ndim - 1))
        np.testing.assert_allclose(many, factor * one, rtol=1e-15)


def test_shapes_are_those_of_the_inputs_and_the_weights():
    g = backward(forward(np.ones((3, 5, 2))))
    assert [part.shape[2:] for part in g[:4]] == SHAPES
    assert all(part.shape[:2] == (3, 5) for part in g)
    assert jacobian(np.ones((3, 5, 2))).shape == (3, 5, 9)
    assert jacobian([20.0, 5.0]).shape == (9,)
    assert jacobian(np.zeros((0, 2))).shape == (0, 9)
