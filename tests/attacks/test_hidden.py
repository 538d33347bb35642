"""What students see shows no hidden test, whatever reads it while it is run."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import nbformat
import pytest

from autograder.commands.feedback import feedback
from autograder.grading.sandbox.probing import best_level
from tests.attacks.attack import OWN_TESTS, Attack
from tests.attacks.ground import HONEST, Ground, ground
from tests.attacks.hidden import ATTACKS
from tests.attacks.trial import Trial, try_all
from tests.grading.own_tests import HIDDEN
from tests.grading.pages import text_of

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux."),
]
MESSAGE = "negative numbers have squares too"


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ground, Trial]]:
    if best_level() is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    with ground(tmp_path_factory.mktemp("hidden")) as made:
        trial = try_all(made, OWN_TESTS, ATTACKS)
        feedback(made.course, OWN_TESTS)
        yield made, trial


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_no_page_for_a_student_shows_a_hidden_test(tried: tuple[Ground, Trial], attack: Attack):
    course = tried[0].course.root
    page = (course / "feedback" / attack.student / OWN_TESTS / f"{OWN_TESTS}.html").read_text("utf-8")
    assert "assert square(2)".replace(" ", "") in text_of(page)
    for secret in (HIDDEN, MESSAGE):
        assert _letters(secret) not in _letters(text_of(page))
        assert secret not in page


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_what_runs_beside_student_code_can_be_read_by_it(tried: tuple[Ground, Trial], attack: Attack):
    """The page on security says so; were it not true, the test before this one would test nothing."""
    path = tried[0].course.root / "autograded" / attack.student / OWN_TESTS / f"{OWN_TESTS}.ipynb"
    graded = nbformat.read(path, as_version=4)
    outputs = "".join(str(cell.outputs) for cell in graded.cells if cell.cell_type == "code")
    plain = re.sub(r"\\x1b\[\d*m|\\\\?n|<[^>]*>", "", outputs)
    assert _letters(MESSAGE) in _letters(plain)


def test_none_of_them_gains_a_point_or_ends_otherwise(tried: tuple[Ground, Trial]):
    trial = tried[1]
    assert {attack.name: trial.gained(attack) for attack in ATTACKS} == {a.name: {} for a in ATTACKS}
    assert {str(trial.results[attack.student].status) for attack in ATTACKS} == {"graded"}


def test_honest_students_see_no_hidden_test_either_and_their_points(tried: tuple[Ground, Trial]):
    for student in HONEST:
        assert tried[1].results[student].total == 6
        path = tried[0].course.root / "feedback" / student / OWN_TESTS / f"{OWN_TESTS}.html"
        assert _letters(MESSAGE) not in _letters(text_of(path.read_text("utf-8")))
