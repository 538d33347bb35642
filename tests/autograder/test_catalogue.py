"""The catalogue of mistakes as a whole: enough of them, all different, and its page up to date."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

from autograder.exercises import EXERCISES, OPTIONAL, all_exercises
from autograder.exercises import exercise as find
from autograder.exercises.page import PATH, page, shared
from autograder.kinds.elementwise_mistakes import elementwise_form
from autograder.kinds.error_mistakes import BY_ITS_ERROR
from autograder.kinds.universal_mistakes import UNIVERSAL
from tests.mutation.overlaps import fitting, listed, rows

FORMS = {m.id for m in elementwise_form()}
EVERY = (*all_exercises(), *map(find, OPTIONAL))
SLOW = {"start-weights", "baseline-model"}
"""Where one observation and its fits take seconds."""
EARLY = {"no-return", "not-a-function", "never-ends", "ends-process"}
"""What is said before anything is compared."""
STRANGERS = Path(__file__).parents[1] / "strangers"


def test_there_are_enough_mistakes_with_a_name_above_all_for_the_activation_and_its_slope():
    assert len({name for name, _ in shared()}) >= 60
    both = {m.id for e in ("activation", "activation-slope") for m in EXERCISES[e].mistakes}
    assert len(both - FORMS) >= 15


def test_no_two_mistakes_share_a_hint():
    names = defaultdict(set)
    for m in [*UNIVERSAL, *(m for exercise in EVERY for m in exercise.mistakes)]:
        names[m.hint].add(m.id)
    assert {hint: ids for hint, ids in names.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("exercise", EVERY, ids=lambda e: e.id)
def test_each_mistake_of_an_exercise_has_a_name_of_its_own_and_says_all_that_it_must(exercise):
    assert len({m.id for m in exercise.mistakes}) == len(exercise.mistakes)
    for m in exercise.mistakes:
        assert all((m.did, m.tempting, m.shows, m.hint)), m.id
        assert not m.did[0].isupper() and not m.did.endswith("."), m.did
        assert m.shows.endswith((".", "?", ":")), m.shows
        assert m.hint.endswith((".", "?")), m.hint


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e not in SLOW])
def test_no_two_mistakes_of_an_exercise_fit_the_same_answers(exercise):
    """Two predicates that say the same would fit the same wrong answers."""
    answers: dict[str, set[str]] = defaultdict(set)
    for answer, names in fitting(exercise).items():
        for name in set(names) - FORMS:
            answers[name].add(answer)
    same = defaultdict(list)
    for name, fits in answers.items():
        same[frozenset(fits)].append(name)
    assert [names for names in same.values() if len(names) > 1] == []


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e not in SLOW])
def test_answers_that_fit_more_than_one_mistake_are_listed_with_the_one_that_wins(exercise):
    assert rows(exercise) == listed(exercise), "run: python -m tests.mutation.overlaps"


def test_the_page_has_a_row_for_every_mistake_also_for_those_of_no_exercise_in_particular():
    rows = [line.split("`")[1] for line in page().splitlines() if line.startswith("| `")]
    assert sorted(rows) == sorted(name for name, _ in shared())
    assert {m.id for m in UNIVERSAL} <= set(rows)
    assert all(f"### {i}\n" in page() for i in (*EXERCISES, *OPTIONAL))


def test_the_page_of_mistakes_is_the_one_that_the_catalogue_gives():
    assert PATH.read_text(encoding="utf-8") == page(), "run: make docs"


@pytest.mark.parametrize("file", sorted(STRANGERS.glob("[a-z]*.py")), ids=lambda file: file.stem)
def test_names_that_were_found_true_of_strangers_answers_are_those_of_mistakes(file):
    known = {name for name, _ in shared()} | {m.id for m in BY_ITS_ERROR} | EARLY
    table = file.read_text(encoding="utf-8").partition("\nTRUE_NAMES")[2].partition("= ")[2]
    assert {n for names in ast.literal_eval(table).values() for n in names.split()} <= known
