"""The way back through the 2-2-1 network: how much its output moves when a number in it moves.

    output = activation(output_in),   output_in = hidden W2 + b2
    hidden = activation(hidden_in),   hidden_in = inputs W1 + b1

Backwards, the chain rule multiplies what arrives from above by what stands on the way: a slope at each
neuron, a weight at each edge. `backward` keeps every product; `jacobian` lists the nine of the weights.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from divnet.activation import activation as _deck_activation
from divnet.activation import activation_slope as _deck_slope
from divnet.network import DECK_WEIGHTS, Activation, Trace, Weights, forward


class Gradients(NamedTuple):
    """∂output/∂(each value, each weight), times the upstream gradient; shaped as in `Trace` and `Weights`.

    The leading axes are those of the inputs. The two slopes are those that the activation had on the way:
    they are factors of the gradients, no gradients themselves.
    """

    W1: np.ndarray  # (..., 2, 2)
    b1: np.ndarray  # (..., 2), and by `hidden_in` just as much
    W2: np.ndarray  # (..., 2, 1)
    b2: np.ndarray  # (..., 1), and by `output_in` just as much
    inputs: np.ndarray  # (..., 2)
    hidden: np.ndarray  # (..., 2)
    hidden_slope: np.ndarray  # (..., 2): the activation's slope at hidden_in
    output_slope: np.ndarray  # (..., 1): the activation's slope at output_in


def backward(
    trace: Trace,
    weights: Weights = DECK_WEIGHTS,
    slope: Activation = _deck_slope,
    upstream: ArrayLike = 1.0,
) -> Gradients:
    """Send an upstream gradient back through the network, from its output to its inputs.

        by output_in, b2:  upstream · slope(output_in)
        by W2:             hidden · (by output_in)          by hidden: W2 · (by output_in)
        by hidden_in, b1:  slope(hidden_in) · (by hidden)
        by W1:             inputs · (by hidden_in)          by inputs: W1 · (by hidden_in)

    trace: what `forward` gave for these weights. upstream: how much something above, a loss say, moves with
    the output: a number, or one for each output, (..., 1). `b1` and `b2` are also the gradients by the sums.
    """
    output_slope = slope(trace.output_in)
    by_output_in = np.asarray(upstream, dtype=np.float64) * output_slope
    by_hidden = by_output_in * weights.W2[:, 0]
    hidden_slope = slope(trace.hidden_in)
    by_hidden_in = hidden_slope * by_hidden
    return Gradients(
        W1=trace.inputs[..., :, np.newaxis] * by_hidden_in[..., np.newaxis, :],
        b1=by_hidden_in,
        W2=(trace.hidden * by_output_in)[..., np.newaxis],
        b2=by_output_in,
        inputs=by_hidden_in[..., :1] * weights.W1[:, 0] + by_hidden_in[..., 1:] * weights.W1[:, 1],
        hidden=by_hidden,
        hidden_slope=hidden_slope,
        output_slope=output_slope,
    )


def jacobian(
    inputs: ArrayLike,
    weights: Weights = DECK_WEIGHTS,
    activation: Activation = _deck_activation,
    slope: Activation = _deck_slope,
) -> np.ndarray:
    """Return the output's nine partial derivatives by the weights, for every pair of inputs.

    inputs: (..., 2); the result is (..., 9), float64: W1 row by row, b1, W2, b2, as `Weights` raveled.
    """
    g = backward(forward(inputs, weights, activation), weights, slope)
    leading = g.b2.shape[:-1]
    return np.concatenate([g.W1.reshape(*leading, 4), g.b1, g.W2[..., 0], g.b2], axis=-1)
