"""What is tried in exercise ``load-weights``: weights with which the network divides."""

from __future__ import annotations

from autograder.kinds.set_weights import SetWeights
from autograder.reference import DECK_WEIGHTS

ALLOWED = 1e-6
"""The mean absolute error allowed on the grid.

Keras keeps weights in float32: rounding the hand-set ones to that costs 4·10⁻⁹, and they are rounded by hand
to 6·10⁻⁸. 33.333 and −3.912 pass with 6·10⁻⁷, 33.33 fails with 6·10⁻⁶. The mean target is 0.03.
"""

PROBE = SetWeights(DECK_WEIGHTS, lambda a, b: a / b / 100, ALLOWED, wanted="weights that divide")
