"""Right and wrong answers to exercise ``learned-weights``.

The learned ones were trained by ``scipy.optimize.least_squares`` (MINPACK's Levenberg–Marquardt).
"""

import math

import numpy as np

from . import Mutants

MUTANTS = Mutants("learned-weights")

LEARNED = [
    (
        *(0.005730389729900788, -3.254044888336482e-18, 9.090191537631141e-18, 0.029262149736939726),
        *(-1.0000000000375777e-06, -9.999999997115766e-07),
        *(33.33333333333331, -33.33333333333346, -2.281511687043727),
    ),
    (
        *(0.7509849221520806, 2.618312730622155e-18, 9.768995452478824e-17, 0.09653756010136767),
        *(-9.999999959230072e-07, -9.99999999734632e-07),
        *(33.33333333333337, -33.333333333333314, -5.963476424064457),
    ),
    (
        *(6.865931099878176e-18, 0.04206158970177078, 0.04719412244171803, -2.812913208316717e-17),
        *(-1.000000000085546e-06, -9.999999998769398e-07),
        *(-33.333333333333314, 33.33333333333331, -3.796888611305623),
    ),
    (
        *(1.1143663737645804e-17, 0.6805660920159677, 0.02760114883812643, 1.5831433927926943e-15),
        *(-9.999999999989109e-07, -1.0000000037792121e-06),
        *(-33.333333333333464, 33.33333333333341, -7.117090549671351),
    ),
]


def arrays(p):
    p = np.asarray(p)
    return p[:4].reshape(2, 2), p[4:6], p[6:8].reshape(2, 1), p[8:]


def changed(p, **changes):
    """The four arrays of p, some of them exchanged."""
    return tuple({**dict(zip(("W1", "b1", "W2", "b2"), arrays(p), strict=True)), **changes}.values())


for number, found in enumerate(LEARNED):
    MUTANTS.right_value(f"learned_{number}", arrays(found))
MUTANTS.right_value("lists", [part.tolist() for part in arrays(LEARNED[0])])
MUTANTS.right_value("float32", tuple(part.astype(np.float32) for part in arrays(LEARNED[2])))
MUTANTS.right_value("ten_decimals", tuple(np.round(part, 10) for part in arrays(LEARNED[0])))
MUTANTS.right_value(
    "neurons_swapped",
    (*(part[..., ::-1] for part in arrays(LEARNED[1])[:2]), arrays(LEARNED[1])[2][::-1], LEARNED[1][8:]),
)


DECK = (1e-6, 0, 0, 1e-6, -1e-6, -1e-6, 33.3333, -33.3333, -3.912023)
EXACT = (1e-6, 0, 0, 1e-6, -1e-6, -1e-6, 100 / 3, -100 / 3, math.log(0.02))


def rescaled(p, first, second):
    b2 = np.array([p[8] - 0.03 * p[6] * math.log(first / second)])
    return changed(p, W1=np.diag([p[0] * first, p[3] * second]), b2=b2)


MUTANTS.wrong_value("deck", arrays(DECK), "deck-weights")
MUTANTS.wrong_value("deck_in_float32", arrays(np.array(DECK, dtype=np.float32)), "deck-weights")
MUTANTS.wrong_value(
    "swapped",
    changed(DECK, W1=np.array([[0, 1e-6], [1e-6, 0]]), W2=np.array([[-33.3333], [33.3333]])),
    "deck-swapped",
)
MUTANTS.wrong_value(
    "shaken",
    arrays(np.array(DECK) * (1 + 1e-6 * np.array([0.3, 0, 0, -0.9, 1, -1, 0.2, 0.2, 0.4]))),
    "deck-shaken",
)
MUTANTS.wrong_value("rescaled", rescaled(DECK, 12_345.6, 789.01), "deck-rescaled")
MUTANTS.wrong_value("both_rescaled", rescaled(DECK, 31_234.5, 31_234.5), "deck-rescaled")
MUTANTS.wrong_value("exact", arrays(EXACT), "computed-by-hand")
MUTANTS.wrong_value("exact_rescaled", rescaled(EXACT, 30_000, 5_000), "computed-by-hand")
MUTANTS.wrong_value("exact_equally_rescaled", rescaled(EXACT, 31_234.5, 31_234.5), "computed-by-hand")
MUTANTS.wrong_value("exact_oddly_rescaled", rescaled(EXACT, 31_234.5678, 4_321.09876), "computed-by-hand")
MUTANTS.wrong_value("listing", changed(DECK, b1=np.array([-1e-6, -1e-7])), "listing-hidden-bias")
MUTANTS.wrong_value("quotient_over_1000", changed(LEARNED[0], b2=np.array([-4.584])), "other-scale")
MUTANTS.wrong_value("without_output_bias", changed(LEARNED[2], b2=np.array([-3.0])), "other-scale")
MUTANTS.wrong_value(
    "four_decimals", tuple(np.round(part, 4) for part in arrays(LEARNED[1])), "rounded-weights"
)
MUTANTS.wrong_value(
    "half_precision_W2", changed(LEARNED[0], W2=np.array([[33.34], [-33.34]])), "rounded-weights"
)
MUTANTS.wrong_value("below_zero", changed(LEARNED[0], W1=-100 * np.eye(2)), "constant-output")
MUTANTS.wrong_value("ones", (np.ones((2, 2)), np.ones(2), -np.ones((2, 1)), np.ones(1)), "not-trained")
MUTANTS.wrong_value(
    "one_input",
    changed(LEARNED[0], W2=np.array([[33.3333], [0.0]]), b2=np.array([-33.0])),
    "deaf-to-one-input",
)
MUTANTS.wrong_value(
    "not_arrived",
    changed(LEARNED[0], W1=arrays(LEARNED[0])[0] + [[0, 1e-4], [0, 0]]),
    "not-arrived",
)
MUTANTS.wrong_value("texts", changed(LEARNED[0], b2="b2"), "not-numbers")
MUTANTS.wrong_value(
    "start",
    (np.array([[0.05, 0.004], [0.003, 0.08]]), np.zeros(2), np.array([[12.0], [-20.0]]), np.array([-3.0])),
    "not-trained",
)
STUCK = [348.471, -0.00209163, -232.341, 0.0782991, -696.558, -0.0615152, 1.48227, -4.69961, -0.37804]
MUTANTS.wrong_value("stuck", arrays(STUCK), "plateau")
HALF_WAY = [-0.00742524, 4.12383, 0.0325375, -1.45852, -0.119171, -5.24151, -25.4168, 10.0528, -1.02181]
MUTANTS.wrong_value("stuck_elsewhere", arrays(HALF_WAY), "plateau")
MUTANTS.wrong_value("flat", changed(LEARNED[0], W2=np.array([33.3, -33.3])), "wrong-shapes")
MUTANTS.wrong_value("transposed", changed(LEARNED[0], W2=arrays(LEARNED[0])[2].T), "wrong-shapes")
MUTANTS.wrong_value("nine_in_a_row", np.array(LEARNED[0]), "not-four")
MUTANTS.wrong_value("nan", changed(LEARNED[0], b2=np.array([math.nan])), "not-finite")
MUTANTS.wrong_value("only_two", arrays(LEARNED[0])[:2], "not-four")
