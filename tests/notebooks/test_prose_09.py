"""Every number in the prose of unit 09 is computed again, or stands in the unit that measured it."""

from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pytest

from divnet.activation import activation
from divnet.app import _typical
from divnet.comparing import MADE_FOR, quotient_curve, quotients
from divnet.course_models import ABOUT
from divnet.data import division_data, division_grid, mean_absolute_error
from divnet.labs import compare_models as compare_lab
from divnet.network import DECK_WEIGHTS, Weights, divide, sigmoid
from divnet.saved_weights import MODELS_FOLDER, save_model
from divnet.trained_weights import SIGMOID_WEIGHTS
from divnet.training.least_squares import learn_to_divide
from tests.notebooks.prose import decimal_numbers, read_number, terms_and_entries

ROOT = Path(__file__).parents[2]
NOTEBOOK = nbformat.read(ROOT / "source/09-presenting/09-presenting.ipynb", as_version=4)
PROSE = "\n\n".join(cell.source for cell in NOTEBOOK.cells if cell.cell_type == "markdown")
CODE = {cell.id: cell.source for cell in NOTEBOOK.cells if cell.cell_type == "code"}
THIRDS = DECK_WEIGHTS._replace(W2=np.array([[100 / 3], [-100 / 3]]))


@cache
def square():
    a, b = np.meshgrid(division_grid(), division_grid())
    return a, b, a / b / 100


@cache
def error(name):
    """The mean absolute error of a hundredth of the quotient, over the whole square."""
    a, b, target = square()
    weights = {
        "by hand": DECK_WEIGHTS,
        "thirds": THIRDS,
    }[name]
    return mean_absolute_error(divide(a, b, weights), target)


@cache
def learned():
    return learn_to_divide(1).weights


def sigmoid_model(x):
    return divide(x[:, :1], x[:, 1:], Weights(*SIGMOID_WEIGHTS), sigmoid)


@cache
def compare_models():
    """The unit's own solution."""
    names = {"np": np}
    exec(CODE["compare-models-answer"], names)
    return names["compare_models"]


def team():
    names = {"np": np}
    exec(CODE["team"], names)
    return names["team"]


def team_quotient(name):
    return compare_models()(team(), 20, 5)[name]


# What the prose says, word for word; the number in it; what it is.
CLAIMS = [
    ("7.0001 and 98.9,", "7.0001", lambda: 100 * divide(7, 0)),
    ("7.0001 and 98.9,", "98.9", lambda: 100 * divide(1e9, 2)),
    ("the exponential gives nearly 0.5", "0.5", lambda: activation(-1e-6)),
    ("the same as for b = 1", "0.5", lambda: activation(1e-6 * 1 - 1e-6)),
    ("from 1 to 19.99", "19.99", lambda: division_grid()[-1]),
    ("| gives | 4.0 | None | 1.0 |", "4.0", lambda: team_quotient("exact")),
    ("| gives | 4.0 | None | 1.0 |", "1.0", lambda: team_quotient("constant")),
    ("off by about 10⁻⁸", "1.0·10⁻⁸", lambda: 100 * error("thirds")),
    ("instead of 2·10⁻⁶", "2·10⁻⁶", lambda: 100 * error("by hand")),
    ("is off by 0.14 on average", "0.14", lambda: _typical(sigmoid_model)),
    ("| 7/0, by hand | 7.0001 |", "7.0001", lambda: 100 * divide(7, 0)),
    ("set by hand | 1.9·10⁻⁸ |", "1.9·10⁻⁸", lambda: error("by hand")),
    ("the best of the deck's 280 trials", "280", lambda: 5 * 4 * 2 * 7),
]
SET = {"−3.912023": DECK_WEIGHTS.b2[0], "33.3333": DECK_WEIGHTS.W2[0, 0]}
# Numbers that are no result: a quotient that looks right, a bound to look for, the ends of the data as typed.
CHOSEN = {"3.8", "0.1", "1.00"}
# Measured in another unit, whose own test computes it.
ELSEWHERE = {
    "0.023": "01-warm-up",
    "0.0013 to 0.0014": "03-baseline",
    "0.0036 to 0.0037": "03-baseline",
    "from 0.0031 to 0.0053": "04-tensorflow-activation",
    "0.00042": "05-search",
    "0.0022": "05-search",
    "0.0299 and 0.0299": "06-custom-gradient",
    "2.5·10⁻⁸": "07-hand-set-weights",
    "42 of 64": "08-learning-to-divide",
    "below 10⁻¹⁶": "08-learning-to-divide",
}


@pytest.mark.parametrize(("quote", "number", "compute"), CLAIMS, ids=[f"{n} in {q}" for q, n, _ in CLAIMS])
def test_a_number_in_the_prose_is_what_it_says(quote, number, compute):
    assert quote in PROSE
    stated, half_unit = read_number(number)
    # Half a unit in the last place printed is what rounding allows; the factor covers float noise at the tie.
    assert float(compute()) == pytest.approx(stated, abs=half_unit * (1 + 1e-6), rel=0)


@pytest.mark.parametrize("printed", SET)
def test_a_constant_in_the_prose_is_the_decks(printed):
    assert printed in PROSE
    assert read_number(printed)[0] == SET[printed]


@pytest.mark.parametrize(("printed", "unit"), ELSEWHERE.items())
def test_what_another_unit_measured_stands_there_too(printed, unit):
    assert printed in PROSE
    measured = nbformat.read(ROOT / f"source/{unit}/{unit}.ipynb", as_version=4)
    assert any(printed in cell.source for cell in measured.cells if cell.cell_type == "markdown")


def test_no_decimal_number_in_the_prose_goes_unchecked():
    known = {number.lstrip("−") for _, number, _ in CLAIMS} | {n.lstrip("−") for n in SET}
    found = decimal_numbers(PROSE)
    assert found - known - CHOSEN - set(" ".join(ELSEWHERE).split()) == set()


def test_the_table_at_the_beginning_names_the_course_s_models():
    table = PROSE.split("| model | how it came")[1].split("\n\n")[0]
    assert [row.split("|")[1].strip() for row in table.splitlines()[2:]] == list(ABOUT)


def test_the_range_is_the_one_of_the_page():
    assert "The range* for which the models were made: 1 to 20." in PROSE
    assert MADE_FOR == (1.0, 20.0)


def test_three_of_them_divide_and_each_is_off_where_the_prose_says():
    by_hand = abs(100 * divide(20, 5) - 4)
    assert "in the sixth decimal" in PROSE
    assert 1e-6 < by_hand < 1e-5
    # 4 has 16 digits, the last of them worth 4·10⁻¹⁶: two digits are 10⁻¹⁴
    assert abs(100 * divide(20, 5, learned()) - 4) < 2e-14


def test_in_keras_it_is_off_in_the_fifth_decimal():
    from divnet.division_models import division_model
    from divnet.tensorflow_activation import tf_activation

    model = division_model(tf_activation)
    model.set_weights(list(DECK_WEIGHTS))
    assert 5e-6 < abs(quotients({"Keras": model}, 20, 5)["Keras"] - 4) < 1e-4


def test_the_learned_network_is_as_exact_as_the_prose_says():
    a, b, target = square()
    off = np.abs(divide(a, b, learned()) - target)
    assert "below 10⁻¹⁶" in PROSE
    assert off.mean() < 1e-16
    assert "less than a millionth of a millionth" in PROSE
    assert 100 * off.max() < 1e-12


def test_learned_exactly_stays_ahead_of_exact_thirds():
    a, b, target = square()
    assert error("thirds") < error("by hand") / 100
    assert np.abs(divide(a, b, learned()) - target).mean() < error("thirds") / 100


def test_no_quotient_is_ever_larger_than_100():
    assert "no quotient is ever larger than 100" in PROSE
    a = np.geomspace(1e-9, 1e300, 2000)
    assert np.max(100 * divide(a[:, np.newaxis], a[::40])) < 100


def test_the_sigmoid_model_can_be_sold():
    """The lab's discovery: with many b there is an a on the slider at which it is off by less than 0.1 %."""
    a = np.arange(100, 2001) / 100
    sold = [
        b for b in range(1, 21) if np.any(np.abs(quotient_curve(sigmoid_model, a, b) / (a / b) - 1) < 1e-3)
    ]
    assert len(sold) >= 10


def test_the_labs_words_tell_when_it_is_sold():
    models = {"sigmoid, trained": sigmoid_model}
    a = np.arange(100, 2001) / 100
    off = np.abs(quotient_curve(sigmoid_model, a, 5.0) / (a / 5.0) - 1)
    lab = compare_lab(models)
    assert "Off by 0.1 % or more: sigmoid, trained." in lab.alt
    lab.controls["a"].value = float(a[np.argmin(off)])
    assert "Off by less than 0.1 %: sigmoid, trained." in lab.alt


def test_between_two_lines_of_the_lab_lies_a_factor_of_100_000():
    assert "from one line to the next the error is 100 000 times larger" in PROSE
    along = compare_lab({"exact": lambda x: x[:, :1] / x[:, 1:] / 100})._canvas._canvas.figure.axes[1]
    ticks = along.get_yticks()
    np.testing.assert_allclose(ticks[1:] / ticks[:-1], 1e5)


def test_the_file_of_nine_numbers_has_a_little_more_than_1000_bytes(tmp_path):
    assert (
        PROSE.count("a little more than 1000 bytes".capitalize()) + PROSE.count("a little more than 1000")
        == 2
    )
    np.savez(tmp_path / "nine.npz", **DECK_WEIGHTS._asdict())
    assert 1000 < (tmp_path / "nine.npz").stat().st_size < 1100
    assert 8 * sum(part.size for part in DECK_WEIGHTS) == 72


def test_one_of_nine_models_has_no_answer():
    everyone = {**dict.fromkeys(ABOUT, sigmoid_model), **team()}
    found = compare_models()(everyone, 1, 3)
    assert len(found) == 9
    assert [name for name, quotient in found.items() if quotient is None] == ["broken"]


def test_the_solution_agrees_with_divnet():
    models = {**team(), "nan": lambda x: np.full((len(x), 1), np.nan), "sigmoid": sigmoid_model}
    x, _ = division_data(20, np.random.default_rng(1))
    for a, b in x:
        assert compare_models()(models, a, b) == quotients(models, a, b)


def test_a_model_is_saved_where_the_prose_says(tmp_path, monkeypatch):
    assert f"into the folder `{MODELS_FOLDER}` beside this notebook" in PROSE
    monkeypatch.chdir(tmp_path)
    save_model("exact thirds", THIRDS)
    assert (tmp_path / "my-models" / "exact-thirds.npz").is_file()


def test_each_term_stands_in_bold_once_and_in_the_glossary():
    terms, entries = terms_and_entries(PROSE)
    assert len(set(terms)) == len(terms)
    assert sorted(terms) == sorted(entries)
