"""Every number in the prose of unit 06 is computed again, from `divnet`, the unit's cells or its answers."""

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest

from divnet.activation import DECK, activation, activation_slope
from divnet.backward import backward, jacobian
from divnet.labs.gradient_flow import glorot, small_and_positive
from divnet.network import DECK_WEIGHTS, Weights, forward
from tests.notebooks.prose import decimal_numbers, read_number, terms_and_entries

UNIT = Path(__file__).parents[2] / "source/06-custom-gradient/06-custom-gradient.ipynb"
NOTEBOOK = nbformat.read(UNIT, as_version=4)
PROSE = "\n\n".join(cell.source for cell in NOTEBOOK.cells if cell.cell_type == "markdown")
CODE = {cell.id: cell.source for cell in NOTEBOOK.cells if cell.cell_type == "code"}

PRINTED = Fraction(501379254, 4596191)


@cache
def cells():
    """What the cells define that need no drawing and no training."""
    names = {}
    wanted = (
        "imports slope-target numeric-slope-answer in-millionths square gradient-of custom-gradient-answer"
    )
    exec("from divnet.activation import activation, activation_slope", names)
    for cell_id in wanted.split():
        exec(CODE[cell_id].partition("\nshow_")[0].partition("\nprint(")[0], names)
    return names


@cache
def losses():
    """The losses of the unit's trainings, all from its own cells."""
    names = dict(cells())
    for cell_id in ("train", "train-both", "forgetful"):
        exec(CODE[cell_id].partition("\nfor step")[0], names)
    train, autodiff = names["train"], names["tf_activation"]
    return {
        "autodiff": np.array(names["by_autodiff"]),
        "custom": np.array(names["by_hand"]),
        "nudged": np.array(train(autodiff, nudge=1e-7)),
        "sigmoid": np.array(train("sigmoid")),
        "sigmoid, nudged": np.array(train("sigmoid", nudge=1e-7)),
        "forgetful": np.array(train(names["forgetful"], steps=10_000)),
        "mean of the answers": names["quotients"].mean(),
    }


def one_sided(h):
    return abs((np.sin(1 + h) - np.sin(1)) / h - np.cos(1))


def central(h):
    return abs((np.sin(1 + h) - np.sin(1 - h)) / (2 * h) - np.cos(1))


def valley(error, h):
    """The typical error with steps near h: the geometric mean over a power and a half of ten around it."""
    return 10 ** np.mean([np.log10(max(error(h * 10**k), 1e-17)) for k in np.linspace(-0.75, 0.75, 61)])


def numeric_slope(function, x):
    return cells()["numeric_slope"](function, x)


def gradient_of(name, x, upstream):
    return cells()["gradient_of"](cells()[name], x, upstream)


# What the prose says, word for word; the number in it; what it is.
CLAIMS = [
    ("h = 10⁻¹⁵ | off by 0.015", "0.015", lambda: one_sided(1e-15)),
    ("to a tenth, from 0.043 to 0.0042", "0.043", lambda: one_sided(0.1)),
    ("to a tenth, from 0.043 to 0.0042", "0.0042", lambda: one_sided(0.01)),
    ("to a hundredth, from 0.0009 to 0.000009", "0.0009", lambda: central(0.1)),
    ("to a hundredth, from 0.0009 to 0.000009", "0.000009", lambda: central(0.01)),
    ("| 0.877583 | 0.540302 |", "0.877583", lambda: numeric_slope(np.sin, 0.5)),
    ("| 0.877583 | 0.540302 |", "0.540302", lambda: numeric_slope(np.sin, -1)),
    ("| −0.778801 | 0.735759 |", "−0.778801", lambda: numeric_slope(cells()["bump"], 0.5)),
    ("| −0.778801 | 0.735759 |", "0.735759", lambda: numeric_slope(cells()["bump"], -1)),
    ("the formula says 15 000", "15 000", lambda: activation_slope(1e-6)),
    ("0.5 to the left and 30 000 to the right", "0.5", lambda: activation_slope(0.0)),
    ("0.5 to the left and 30 000 to the right", "30 000", lambda: activation_slope(np.nextafter(0, 1))),
    ("u = 109.0858178·x − 1403.359435", "109.0858178", lambda: DECK.tail_scale),
    ("u = 109.0858178·x − 1403.359435", "1403.359435", lambda: DECK.tail_shift),
    ("Only the division gives 0.00018.", "0.00018", lambda: numeric_slope(activation, 20.0)),
    ("misses it by 4.4·10⁻¹⁴ only", "4.4·10⁻¹⁴", lambda: abs(Fraction("109.0858178") - PRINTED)),
    ("the slope falls from 30 000 to 0.5", "0.5", lambda: activation_slope(0.0)),
    ("| 0.1839 | 0.8937 | 0.9987 |", "0.1839", lambda: activation(-1.0)),
    ("| 0.1839 | 0.8937 | 0.9987 |", "0.8937", lambda: activation(0.5)),
    ("| 0.1839 | 0.8937 | 0.9987 |", "0.9987", lambda: activation(20.0)),
    ("| 0.1839 | 0.0600 | 0.0001801 |", "0.0600", lambda: activation_slope(0.5)),
    ("| 0.1839 | 0.0600 | 0.0001801 |", "0.0001801", lambda: activation_slope(20.0)),
    ("| −0.3679 | −0.1200 | −0.0003601 |", "−0.3679", lambda: -2 * activation_slope(-1.0)),
    ("| −0.3679 | −0.1200 | −0.0003601 |", "−0.1200", lambda: -2 * activation_slope(0.5)),
    ("| −0.3679 | −0.1200 | −0.0003601 |", "−0.0003601", lambda: -2 * activation_slope(20.0)),
    ("The loss ends at 0.0159", "0.0159", lambda: losses()["forgetful"][-1]),
    ("The loss ends at 0.0159, and that is the mean", "0.0159", lambda: losses()["mean of the answers"]),
    ("fell from 0.0529 to 0.0159", "0.0529", lambda: losses()["forgetful"][0]),
    ("autodiff and custom gradient | 0.0299 and 0.0299 |", "0.0299", lambda: losses()["autodiff"][9]),
    ("autodiff and custom gradient | 0.0299 and 0.0299 |", "0.0299", lambda: losses()["custom"][9]),
    ("the loss after 10 steps is 0.0299 with both", "0.0299", lambda: losses()["custom"][9]),
    ("Yours gives 0.0023", "0.0023", lambda: gradient_of("custom_activation", [12.864728], [1])[0]),
]

# Numbers that are no result: steps and factors to try, the pole of unit 04.
CHOSEN = {"0.1", "0.01", "12.864728"}


@pytest.mark.parametrize(("quote", "number", "compute"), CLAIMS, ids=[f"{n} in {q}" for q, n, _ in CLAIMS])
def test_a_number_in_the_prose_is_what_it_says(quote, number, compute):
    assert quote in PROSE
    stated, half_unit = read_number(number)
    # Half a unit in the last place printed is what rounding allows; the factor covers float noise at the tie.
    assert float(compute()) == pytest.approx(stated, abs=half_unit * (1 + 1e-6), rel=0)


def test_no_decimal_number_in_the_prose_goes_unchecked():
    known = {number.lstrip("−") for _, number, _ in CLAIMS} | CHOSEN
    assert decimal_numbers(PROSE) - known == set()


# Steps and their errors.


def test_of_the_four_steps_the_third_is_best_and_the_last_one_wrong_in_the_second_decimal():
    first, second, third, fourth = (one_sided(h) for h in (1e-1, 1e-5, 1e-10, 1e-15))
    assert first > second > third and fourth > 1000 * second
    assert round(np.cos(1) + fourth, 2) != round(np.cos(1), 2)
    assert 1 + 1e-16 == 1


@pytest.mark.parametrize(
    ("quote", "error", "step", "best"),
    [
        ("One-sided, the best is an error near 7·10⁻⁹, with steps near 10⁻⁸.", one_sided, 1e-8, 7e-9),
        ("Central, it is near 7·10⁻¹², with steps near 4·10⁻⁶:", central, 4e-6, 7e-12),
    ],
)
def test_the_valleys_lie_where_the_prose_says(quote, error, step, best):
    assert quote in PROSE
    # A mean over rounding errors: on another machine they scatter otherwise. "Near": within a factor of 2.
    assert best / 2 < valley(error, step) < 2 * best
    assert valley(error, step * 30) > 2 * best and valley(error, step / 30) > 2 * best


# Formula and measurement.


def test_formula_and_measurement_agree_to_ten_decimals():
    assert "They agree to ten decimals and more." in PROSE
    x = np.array([-1.0, 0.5, 5.0, 12.0, 20.0])
    assert {"-1.0, 0.5, 5.0, 12.0, 20.0"} <= set(re.findall(r"np\.array\(\[(.*?)\]\)", CODE["prove"]))
    assert np.abs(numeric_slope(activation, x) - activation_slope(x)).max() < 0.5e-10


def test_close_to_0_the_witness_fails_until_the_unit_is_changed():
    assert abs(numeric_slope(activation, 1e-6) - 15_000) > 1000
    assert 1e6 * numeric_slope(cells()["in_millionths"], 1.0) == pytest.approx(15_000, rel=1e-8)
    assert not 0.4 < numeric_slope(activation, 0.0) < 0.6
    assert not 29_000 < numeric_slope(activation, 0.0) < 31_000


# The lost sign.


def test_the_listing_as_printed_calls_a_number():
    assert "501379254(4596191*(…)**2)" in PROSE
    with pytest.raises(TypeError, match="'int' object is not callable"):
        (lambda numerator, rest: numerator(rest))(501379254, 4596191 * 778.36**2)


def test_only_the_division_is_the_tail_s_slope_and_the_rest_is_far_off():
    rest = 4596191 * (109.0858178 * 20 - 1403.359435) ** 2
    slope = float(activation_slope(20.0))
    assert 501379254 / rest == pytest.approx(slope, rel=1e-12)
    others = [501379254 + rest, 501379254 - rest, 501379254 * rest]
    assert "by sixteen powers of ten and more" in PROSE
    assert min(abs(np.array(others))) / slope > 1e16


def test_one_fraction_is_exact_and_the_other_nearly():
    assert Fraction("1403.359435") == Fraction(280671887, 200000)
    assert Fraction("109.0858178") == Fraction(545429089, 5000000) != PRINTED
    assert "280671887/200000" in PROSE and "545429089/5000000" in PROSE
    # "about 14 decimals": the spacing of float64 at 109.
    assert 0.5e-14 < np.spacing(109.0858178) < 2e-14


# The lab.


def test_the_gradients_into_h1_fall_to_a_60_000th_when_its_sum_passes_0():
    assert "to a 60 000th" in PROSE and "change by a factor of 60 000" in PROSE

    def by_bias(bias):
        weights = DECK_WEIGHTS._replace(b1=np.array([bias, -1e-6]))
        return backward(forward([20.0, 5.0], weights), weights).b1[0]

    right, left = by_bias(-2e-5 + 1e-15), by_bias(-2e-5 - 1e-15)
    assert right / left == pytest.approx(60_000, rel=1e-4)
    # "For many steps the gradients hardly move": 33.3333 · 0.03 is 1 to a millionth.
    assert by_bias(-1e-6) == pytest.approx(right, rel=1e-4)


def test_the_nine_gradients_differ_by_more_than_seven_million():
    assert "more than seven million times the smallest" in PROSE
    sizes = np.abs(jacobian([20.0, 5.0]))
    assert 7e6 < sizes.max() / sizes.min() < 8e6


def test_a_glorot_start_more_often_than_not_has_a_hidden_neuron_outside_the_logarithm():
    rng = np.random.default_rng(1)

    def inside(start):
        sums = forward([20.0, 5.0], start(rng)).hidden_in
        return bool(np.all((sums > 0) & (sums <= 15)))

    assert np.mean([inside(glorot) for _ in range(300)]) < 0.4
    assert all(inside(small_and_positive) for _ in range(300))


def test_a_start_that_solves_the_task_at_home_is_not_rare():
    """Nine gradients within a factor of 100: among a hundred small and positive starts at a = 20, b = 5."""
    rng = np.random.default_rng(1)
    spreads = [np.abs(jacobian([20.0, 5.0], small_and_positive(rng))) for _ in range(100)]
    assert sum(s.max() < 100 * s.min() for s in spreads) >= 3


# Gradients of one's own.


def test_the_forgotten_factor_passes_with_1_and_fails_with_anything_else():
    assert gradient_of("square", [1, 3], [1, 1]).tolist() == [2, 6]
    three_times = cells()["gradient_of"](lambda x: 3 * cells()["square"](x), [1, 3], [1, 1])
    assert three_times.tolist() == [2, 6]  # and should be 6, 18
    mended = CODE["square"].replace("return 2 * x", "return upstream * 2 * x")
    names = dict(cells())
    exec(mended, names)
    assert names["gradient_of"](names["square"], [1, 3], [-2, 0.5]).tolist() == [-4, 3]


def test_the_custom_gradient_is_upstream_times_the_measured_slope():
    x, upstream = [-1, 0.5, 20], np.random.default_rng(7).normal(size=3)
    measured = upstream * numeric_slope(activation, x)
    # float32: four or five roundings, and 109.09·20 − 1403 loses a digit.
    np.testing.assert_allclose(gradient_of("custom_activation", x, upstream), measured, rtol=2e-6)


def test_the_naive_activation_is_nan_at_the_pole_and_ours_is_not():
    from divnet.tensorflow_activation import naive_tf_activation

    assert np.isnan(cells()["gradient_of"](naive_tf_activation, [12.864728], [1])[0])
    assert np.isfinite(gradient_of("custom_activation", [12.864728], [1])[0])


# Trainings.


def apart(one, other):
    return np.abs(losses()[one] - losses()[other])


def test_both_gradients_give_the_same_first_steps():
    assert "For some twenty steps the losses are the same to the last digit." in PROSE
    # float32 losses of 0.05: some roundings of 4·10⁻⁹. "Some twenty": ten on any machine.
    assert apart("autodiff", "custom")[:10].max() < 2e-8


def test_then_they_drift_as_far_as_two_runs_with_one_gradient():
    assert "by a thousandth or two at the most" in PROSE
    for pair in (("autodiff", "custom"), ("autodiff", "nudged")):
        # How far is chance: over eight seeds from 10⁻⁴ to 10⁻¹, here 2·10⁻³.
        assert 1e-4 < apart(*pair).max() < 2e-2


def test_the_sigmoid_networks_stay_within_a_millionth():
    assert "within a millionth of each other" in PROSE
    assert 0 < apart("sigmoid", "sigmoid, nudged").max() < 1e-6


def test_hidden_sums_cross_0_in_nearly_every_step():
    from divnet.tensorflow_activation import tf_activation

    names = dict(cells())
    exec(CODE["train"], names)
    pairs, quotients, all_at_once = names["pairs"], names["quotients"], {"batch_size": 1000, "shuffle": False}
    adam = names["keras"].optimizers.Adam(0.01)
    model = names["division_model"](tf_activation, optimizer=adam, seed=3)
    sides, crossed = None, 0
    for _ in range(30):
        weights = Weights(*(part.astype(float) for part in model.get_weights()))
        before, sides = sides, forward(pairs, weights).hidden_in > 0
        crossed += before is not None and bool((before != sides).any())
        names["fit"](model, pairs, quotients, epochs=1, progress=False, **all_at_once)
    assert crossed >= 25


def test_a_glossary_entry_for_each_term_that_stands_in_bold():
    terms, entries = terms_and_entries(PROSE.replace("```\n501379254(4596191*(…)**2)\n```", ""))
    assert len(set(terms)) == len(terms)
    assert sorted(terms) == sorted(entries)
