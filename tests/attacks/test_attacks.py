"""Attacks are graded in the sandbox, with honest work around: nothing is gained, read, written or left."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.commands.feedback import _page
from autograder.commands.grade import show
from autograder.commands.showing import print_json
from autograder.commands.visible import HIDDEN
from autograder.grading.gradebook.gradebook import gradebook_of
from autograder.grading.nbgrader_inside import at_work
from autograder.grading.sandbox import Level
from autograder.grading.sandbox.probing import best_level, probe
from tests.attacks.active import active
from tests.attacks.attack import UNIT, Attack
from tests.attacks.catalogue import ATTACKS, FAMILIES
from tests.attacks.ground import HONEST, PERSON, Ground, ground
from tests.attacks.trial import Trial, try_all

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux."),
]
READERS = [a for a in FAMILIES["Reading"] if a.unit == UNIT]
AT_THE_SECOND_LEVEL = [
    *READERS,
    *FAMILIES["Writing"],
    *FAMILIES["Network"],
    *FAMILIES["Names and facts of the host"],
    *FAMILIES["Those who are graded at the same time"],
    *(
        a
        for a in ATTACKS
        if a.name in ("kill-all", "signal-by-file", "programs", "daemon", "outlive", "disk")
    ),
]


@dataclass
class Tried:
    ground: Ground
    trials: dict[str, Trial]
    attacks: list[Attack]

    def of(self, attack: Attack) -> Trial:
        return self.trials[attack.unit]

    def written(self, student: str) -> str:
        """All that grading made of a student's hand-in."""
        course = self.ground.course.root
        places = [course / "autograded" / student, course / "feedback" / student]
        places += list((course / ".grading").glob(f"*/{student}.json"))
        files = [path for place in places for path in (place.rglob("*") if place.is_dir() else [place])]
        return "\n".join(path.read_text(encoding="utf-8") for path in files if path.is_file())


@pytest.fixture(scope="module")
def tried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    """The attacks that this run selects, all of one unit at once among honest work."""
    if best_level() is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    items = [item for item in request.session.items if isinstance(item, pytest.Function)]
    selected = {
        item.callspec.params["attack"].name
        for item in items
        if "[" in item.name and item.module is request.module
    }
    attacks = [attack for attack in ATTACKS if attack.name in selected]
    with ground(tmp_path_factory.mktemp("attacks")) as made:
        trials = {
            unit: try_all(made, unit, [attack for attack in attacks if attack.unit == unit])
            for unit in dict.fromkeys(attack.unit for attack in attacks)
        }
        yield Tried(made, trials, attacks)


def test_there_are_attacks_enough_and_each_has_a_name_of_its_own():
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 40


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_gains_no_point_and_ends_as_it_should(tried: Tried, attack: Attack):
    result = tried.of(attack).results[attack.student]
    assert tried.of(attack).gained(attack) == {}
    assert str(result.status) in attack.status.split(" or "), result.reason
    assert (result.reason == "") == (str(result.status) == "graded")


@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if a.answers == "right"], ids=lambda attack: attack.name
)
def test_what_was_earned_beside_an_attack_is_given_or_left_to_a_person(tried: Tried, attack: Attack):
    result = tried.of(attack).results[attack.student]
    earned = attack.earned({name: points for name, (_, points) in result.scores.items()})
    for name, (score, _) in result.scores.items():
        if earned[name] and (score is not None or str(result.status) == "graded"):
            assert score == earned[name] or name in result.waiting or name == "which-constant", name


def test_no_secret_turns_up_in_what_grading_wrote(tried: Tried):
    for attack in tried.attacks:
        written = tried.written(attack.student)
        assert [place for place, secret in tried.ground.secrets.items() if secret in written] == [], (
            attack.name
        )


def test_no_secret_turns_up_in_feedback(tried: Tried):
    for attack in [attack for attack in tried.attacks if attack in READERS][:3]:
        page = _page(tried.ground.course, attack.student, UNIT)
        assert "canary-secret-" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "attack", FAMILIES["The browser of the one who looks at it"], ids=lambda attack: attack.name
)
def test_what_is_displayed_can_do_nothing_in_the_feedback(tried: Tried, attack: Attack):
    honest, attacked = (
        _page(tried.ground.course, student, UNIT).read_text(encoding="utf-8")
        for student in (HONEST[0], attack.student)
    )
    assert active(attacked) - active(honest) == {}
    assert len(attacked) < 5_000_000
    assert "&lt;script&gt;" in attacked or attack.name != "browser"


def test_what_is_printed_of_attacks_steers_no_terminal(tried: Tried, capsys: pytest.CaptureFixture[str]):
    for trial in tried.trials.values():
        show(list(trial.results.values()))
        print_json([result.as_json() for result in trial.results.values()])
    printed = capsys.readouterr().out
    assert "␛]52;c;" in printed or "terminal-clipboard" not in {attack.name for attack in tried.attacks}
    assert {sign for sign in printed if unicodedata.category(sign) in HIDDEN} == {"\n"}
    assert not re.search(r"^\W*graded  mallory", printed, re.MULTILINE)


def test_every_honest_hand_in_is_graded_fully(tried: Tried):
    for trial in tried.trials.values():
        for student in HONEST:
            result = trial.results[student]
            scores = {name: score for name, score in result.scores.items() if name not in result.waiting}
            assert str(result.status) == "graded"
            assert all(score == points for score, points in scores.values())
            assert len(scores) == len(result.scores) - 1  # the question waits for a person


def test_nothing_outside_is_written_and_nobody_is_spoken_to(tried: Tried):
    assert [trial.changed for trial in tried.trials.values()] == [[] for _ in tried.trials]
    assert tried.ground.left_in_the_world() == []
    assert tried.ground.heard == []


def test_nothing_is_left_running(tried: Tried):
    assert [trial.running for trial in tried.trials.values()] == [[] for _ in tried.trials]


def test_the_gradebook_holds_what_grading_entered_and_nothing_else(tried: Tried):
    course = tried.ground.course
    with at_work(), gradebook_of(course) as book:
        students = {student.id: student.last_name for student in book.students}
        assert students.pop(PERSON) == tried.ground.secrets["gradebook"]
        assert set(students) == {*HONEST, *(attack.student for attack in tried.attacks)}
        for student in students:
            for submission in book.student_submissions(student):
                grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
                assert all(grade.manual_score is None and grade.extra_credit is None for grade in grades)


def test_the_notebook_of_one_who_floods_stays_small(tried: Tried):
    for path in (tried.ground.course.root / "autograded").rglob("*.ipynb"):
        assert path.stat().st_size < 25_000_000, path


def test_the_second_level_keeps_its_promises_too(tmp_path: Path):
    if not probe(Level.LANDLOCK).works:
        pytest.skip("NOT TESTED: this machine has no Landlock.")
    with ground(tmp_path) as made:
        trial = try_all(made, UNIT, AT_THE_SECOND_LEVEL, Level.LANDLOCK)
        second = Tried(made, {UNIT: trial}, AT_THE_SECOND_LEVEL)
        for attack in AT_THE_SECOND_LEVEL:
            assert trial.gained(attack) == {}, attack.name
            written = second.written(attack.student)
            assert not [place for place, secret in made.secrets.items() if secret in written], attack.name
        assert (trial.running, trial.changed, made.heard, made.left_in_the_world()) == ([], [], [], [])
        assert all(trial.results[student].total == 11 for student in HONEST)
