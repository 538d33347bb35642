"""Every number in the prose of unit 01 is computed here again, by running the unit's own cells."""

import re
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

import nbformat
import numpy as np
import pytest

from divnet.data import parabola, parabola_grid, parabola_points
from divnet.training import train_approximator
from tests.notebooks.prose import read_number

UNIT = Path(__file__).parents[2] / "source/01-warm-up/01-warm-up.ipynb"
NOTEBOOK = nbformat.read(UNIT, as_version=4)
PROSE = "\n\n".join(cell.source for cell in NOTEBOOK.cells if cell.cell_type == "markdown")
PROSE = PROSE.replace("\N{NO-BREAK SPACE}", " ")
CODE = {cell.id: cell.source for cell in NOTEBOOK.cells if cell.cell_type == "code"}

# Cells that judge or show: they compute nothing that the prose speaks of.
SHOWS = re.compile(r"^check\(|^progress\(|^show_|labs import|autograder import|grade\(")


@cache
def run_notebook():
    """Run the unit's cells in order; return its names, what each cell ended with, and what each printed."""
    names = {"np": np, "ready": True, "display": str}  # ready: the answers here are the solutions
    printed = {}
    for cell_id, source in CODE.items():
        if SHOWS.search(source):
            continue
        out = StringIO()
        with redirect_stdout(out):
            exec(compile(source, cell_id, "exec"), names)
        printed[cell_id] = out.getvalue()
    return names, printed


def name(name):
    return run_notebook()[0][name]


def shown(cell_id):
    """The numbers that a cell prints, in lines and columns."""
    lines = re.sub(r"[^\d.e\s+-]", " ", run_notebook()[1][cell_id]).splitlines()
    return np.array([[float(number) for number in line.split()] for line in lines])


def meetings():
    """At how many places two neurons, set by hand, meet the parabola."""
    x = np.linspace(-4, 4, 10_001)
    w, b, v = np.array([-1.5, 1.5]), np.array([-4, -5]), np.array([20, 15])
    above = name("approximator")(x, w, b, v) > name("f")(x)
    return np.count_nonzero(above[1:] != above[:-1])


def gear_example():
    """The one neuron that the prose follows by hand: x, y, and its w, b and v."""
    return 2, 2.25, np.array([0.5]), np.array([-1]), np.array([4])


def one_gradient():
    return name("loss_gradient")(*gear_example())


def one_step():
    return name("sgd_step")(*gear_example(), 0.1)


def loss_before():
    return name("loss")(0.5, -1, 4)


def loss_after():
    return name("loss")(*(part[0] for part in one_step()))


def two_neurons():
    return name("approximator")(np.array([0, 1]), np.array([1, -1]), np.array([0, 0]), np.array([2, 4]))


@cache
def last_errors(**settings):
    """Training and generalisation error in the end, of one position of the second lab's sliders."""
    result = train_approximator(**settings)
    return result.training_error[-1], result.generalisation_error[-1]


def in_the_middle_of_30_seeds(**settings):
    return np.median([last_errors(seed=seed, **settings)[1] for seed in range(1, 31)])


def error_on_the_grid(**settings):
    x = parabola_grid()
    return np.mean((train_approximator(**settings)(x) - parabola(x)) ** 2)


# What the prose says, word for word; the number in it; what it is.
CLAIMS = [
    ("Their sum meets the parabola at 4 points", "4", meetings),
    ("| σ(x) | 0.1192 | 0.5000 | 0.8808 |", "0.1192", lambda: name("sigmoid")(-2)),
    ("| σ(x) | 0.1192 | 0.5000 | 0.8808 |", "0.5000", lambda: name("sigmoid")(0)),
    ("| σ(x) | 0.1192 | 0.5000 | 0.8808 |", "0.8808", lambda: name("sigmoid")(2)),
    ("this is ½ · ½ = 0.25", "0.25", lambda: name("sigmoid_slope")(0)),
    ("| σ′(x) | 0.1050 | 0.2500 | 0.1050 |", "0.1050", lambda: name("sigmoid_slope")(-2)),
    ("| σ′(x) | 0.1050 | 0.2500 | 0.1050 |", "0.1050", lambda: name("sigmoid_slope")(2)),
    ("| σ′(x) | 0.1050 | 0.2500 | 0.1050 |", "0.2500", lambda: name("sigmoid_slope")(0)),
    ("so the rise is exactly 0", "0", lambda: shown("slope-broken")[0, 0]),
    ("the target is 20.25 at the left end", "20.25", lambda: shown("target-values")[0, 0]),
    ("there are 30 of them", "30", lambda: sum(table.size for table in name("begin"))),
    ("gives `[3.0, 2.5379]`", "3.0", lambda: two_neurons()[0]),
    ("gives `[3.0, 2.5379]`", "2.5379", lambda: two_neurons()[1]),
    ("About 57.8 and 28.1.", "57.8", lambda: shown("baselines")[0, 0]),
    ("About 57.8 and 28.1.", "28.1", lambda: shown("baselines")[0, 1]),
    ("The first lab says 28.4:", "28.4", lambda: np.var(parabola(parabola_grid()))),
    ("Here it is −1: turn", "−1", lambda: shown("gears-measured")[0, 0]),
    ("(−0.5) · 4 · 0.25 · 1 = −0.5", "−0.5", lambda: shown("gears-measured-again")[0, 0]),
    ("(−0.5) · 0.5 = −0.25", "−0.25", lambda: shown("gears-measured-again")[0, 1]),
    ("must give `[-1]`, `[-0.5]` and `[-0.25]`", "-1", lambda: one_gradient()[0][0]),
    ("must give `[-1]`, `[-0.5]` and `[-0.25]`", "-0.5", lambda: one_gradient()[1][0]),
    ("must give `[-1]`, `[-0.5]` and `[-0.25]`", "-0.25", lambda: one_gradient()[2][0]),
    ("gives `[0.6]`, `[-0.95]` and `[4.025]`", "0.6", lambda: one_step()[0][0]),
    ("gives `[0.6]`, `[-0.95]` and `[4.025]`", "-0.95", lambda: one_step()[1][0]),
    ("gives `[0.6]`, `[-0.95]` and `[4.025]`", "4.025", lambda: one_step()[2][0]),
    ("The loss at that point was 0.0625.", "0.0625", loss_before),
    ("With the new parameters it is 0.00016", "0.00016", loss_after),
    ("about 380 times smaller", "380", lambda: round(loss_before() / loss_after(), -1)),
    ("went from 57.9 to 0.023", "57.9", lambda: shown("too-fast")[0, 1]),
    ("went from 57.9 to 0.023", "0.023", lambda: shown("train-fully")[0, 0]),
    ("With γ = 1 each step goes 125 times as far", "125", lambda: 1 / 0.008),
    ("300 points remain to train on", "300", lambda: round(1000 * (1 - 0.7))),
    ("so there are 50 epochs", "50", lambda: name("epochs")(15_000, 1000, 1, 0.7)),
    ("the quotient is 49.99999999999999", "49.99999999999999", lambda: 15_000 / (1000 * (1 - 0.7))),
    ("cutting off all decimals leaves 49", "49", lambda: shown("trap-truncation")[0, 0]),
    ("very close to 1/e, about 37 %", "37", lambda: 100 * (1 - 1 / 800) ** 800),
    ("only about 63 % of the points", "63", lambda: 100 * (1 - (1 - 1 / 800) ** 800)),
    ("around 506; here", "506", lambda: 800 * (1 - (1 - 1 / 800) ** 800)),
    ("here it was 513", "513", lambda: shown("trap-replacement")[0, 0]),
    ("which is 0.25.", "0.25", lambda: shown("trap-ratio")[0, 1]),
    ("Now all 50 epochs, which are 40 000 steps", "50", lambda: name("epochs")(40_000, 1000, 1, 0.2)),
    ("Each of the 2400 steps", "2400", lambda: 3 * 800),
    ("the training error is 17.4 and", "17.4", lambda: name("history").history["loss"][0]),
    ("the generalisation error 5.2.", "5.2", lambda: name("history").history["val_loss"][0]),
    ("4 million steps", "4", lambda: 500 * 10_000 * (1 - 0.2) / 1e6),
    ("fell from 0.015 to 0.0025", "0.015", lambda: shown("second-better")[0, 0]),
    ("fell from 0.015 to 0.0025", "0.0025", lambda: shown("second-better")[0, 1]),
    ("to a sixth", "6", lambda: shown("second-better")[0, 0] / shown("second-better")[0, 1]),
    ("the generalisation error is 14 with one neuron", "14", lambda: in_the_middle_of_30_seeds(neurons=1)),
    ("1.0 with two, 0.09 with three", "1.0", lambda: in_the_middle_of_30_seeds(neurons=2)),
    ("1.0 with two, 0.09 with three", "0.09", lambda: in_the_middle_of_30_seeds(neurons=3)),
    ("0.08 with four", "0.08", lambda: in_the_middle_of_30_seeds(neurons=4)),
    ("the training error is 0.014, the", "0.014", lambda: last_errors(points=50, seed=2)[0]),
    ("the generalisation error 2.5.", "2.5", lambda: last_errors(points=50, seed=2)[1]),
    ("the rightmost is 2.83;", "2.83", lambda: parabola_points(50, 2)[0][:40].max()),
    ("is one at 3.72.", "3.72", lambda: parabola_points(50, 2)[0][40:].max()),
    (
        "the error on 300 points is 0.0012",
        "0.0012",
        lambda: error_on_the_grid(batch_size=8, learning_rate=0.062),
    ),
]

# Numbers that are no result: what the deck sets, what we chose, a number to think of.
CHOSEN = {"0.2", "0.008", "0.004", "0.5", "0.1", "0.7", "0.3", "1.5", "0.0001", "2.25", "0.062", "0.05"}


@pytest.mark.parametrize(("quote", "number", "compute"), CLAIMS, ids=[f"{n} in {q}" for q, n, _ in CLAIMS])
def test_a_number_in_the_prose_is_what_it_says(quote, number, compute):
    assert quote in PROSE
    stated, half_unit = read_number(number)
    # Half a unit in the last place printed is what rounding allows; the rest covers float noise at the tie.
    assert float(compute()) == pytest.approx(stated, abs=half_unit * (1 + 1e-6), rel=0)


def test_no_decimal_number_in_the_prose_goes_unchecked():
    known = {number.lstrip("−-") for _, number, _ in CLAIMS} | CHOSEN
    assert set(re.findall(r"\d+\.\d+", PROSE)) - known == set()


def test_with_a_learning_rate_of_1_the_error_explodes_as_far_as_stated():
    assert "After 6 steps the error is over 50 billion." in PROSE
    errors = shown("too-fast")[:, 1]
    assert len(errors) == 7
    assert errors[6] > 50e9


def test_the_learning_rate_that_the_prose_names_is_on_the_lab_s_slider():
    from divnet.labs import train_live

    options = train_live().controls["learning_rate"].options
    assert 0.062 in [value for _, value in options]


def test_the_difference_quotients_settle_on_a_quarter():
    assert shown("slope-of-sigmoid")[-1, 1] == pytest.approx(0.25, abs=1e-6)


def test_keras_the_course_and_the_students_own_steps_give_the_same_numbers():
    assert "agree to five decimals" in PROSE
    keras, course = name("by_keras").history, name("by_course").history
    # float32 keeps about 7 digits, and 2400 steps add up their roundings: the prose promises five decimals.
    np.testing.assert_allclose(course["loss"], keras["loss"], rtol=1e-5)
    np.testing.assert_allclose(course["val_loss"], keras["val_loss"], rtol=1e-5)
    assert shown("own-three-epochs")[0, 0] < 1e-5


def test_the_points_are_the_ones_that_the_deck_draws():
    x, y = parabola_points(1000, seed=123)
    np.testing.assert_array_equal(name("x"), x)
    np.testing.assert_array_equal(name("y"), y)


def test_the_target_s_heights_are_what_the_gear_example_uses():
    assert name("f")(2) == 2.25


def test_two_neurons_can_do_what_is_asked_for_at_home():
    from scipy.optimize import least_squares

    x = np.linspace(-4, 4, 300)

    def gaps(theta):
        return name("approximator")(x, *theta.reshape(3, 2)) - name("f")(x)

    assert "two neurons come within a mean squared error of 0.0001" in PROSE
    # Start where one of 60 random searches ended, rounded.
    start = np.array([-0.063, -0.023, 1.230, -0.554, -4480.467, 9504.510])
    assert np.mean(least_squares(gaps, start, max_nfev=300).fun ** 2) < 1e-4


def test_each_term_stands_in_bold_once_and_in_the_glossary():
    before, glossary = PROSE.split("## Glossary")
    terms = re.findall(r"\*\*(.+?)\*\*", before)
    entries = [row.split("|")[1].strip() for row in glossary.splitlines() if row.startswith("|")][2:]
    assert len(set(terms)) == len(terms)
    singular = {"parameters": "parameter"}
    assert sorted(singular.get(term, term) for term in terms) == sorted(entries)
