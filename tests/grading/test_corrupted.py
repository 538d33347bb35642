"""A dozen damaged hand-ins in one run; `python -m tests.grading.corrupted` tries all kinds of damage."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import nbformat
import pytest

from autograder.grading.handins.sample_class import read_class
from autograder.grading.results import Outcome
from autograder.grading.sandbox.probing import best_level
from tests.grading.corrupted import DAMAGE, ROOT, UNIT, Trial, misses, report, try_damage
from tests.grading.damage.unharmed import unharmed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: the sandbox needs Linux.")
SAMPLE = next(s for s in read_class(ROOT / "tests" / "class") if (s.unit, s.student) == (UNIT, "student-01"))
LESSON = nbformat.read(ROOT / "lessons" / UNIT / f"{UNIT}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    if best_level() is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    return try_damage(tmp_path_factory.mktemp("corrupted") / "course", 12, seed=3, jobs=1, unit=UNIT)


def test_each_has_a_status_and_a_reason_and_no_silent_zero(trial: Trial):
    assert trial.misses == {}, report(trial)
    assert "14 of 14" in report(trial)


def test_among_them_are_graded_and_broken_ones_and_answers_unharmed(trial: Trial):
    assert {str(result.status) for result in trial.results.values()} >= {"graded", "broken"}
    assert sum(len(one.whole) for one in trial.handins if one.damage) > 10


def test_a_wrong_result_is_noticed(trial: Trial):
    one = next(h for h in trial.handins if h.damage and "activation" in h.whole)
    result = trial.results[one.student]

    def found(**other: object) -> str:
        return " ".join(misses(trial.course, one, replace(result, **other)))  # type: ignore[arg-type]

    assert found() == ""
    assert "though its answer is unharmed" in found(scores={**result.scores, "activation": (0.0, 3.0)})
    assert "says nothing" in found(status=Outcome.BROKEN, reason="")
    assert "says nothing" in found(status=Outcome.FAILED, reason="KeyError: 'cells'")
    assert "exercises" in found(scores={})
    assert misses(trial.course, one, None) == ["it has no result"]


def test_the_same_seed_does_the_same_damage_and_every_kind_does_some(tmp_path: Path):
    content = SAMPLE.notebook(LESSON)
    assert len({damage.kind for damage in DAMAGE}) == len(DAMAGE) > 100
    for number, damage in enumerate(DAMAGE):
        left = []
        for again in range(2):
            path = tmp_path / f"{number}-{again}" / f"{UNIT}.ipynb"
            path.parent.mkdir()
            damage.put(path, content, Random(number))
            files = [p for p in sorted(path.parent.iterdir()) if p.is_file() and p.stat().st_size < 10**8]
            left.append([(p.name, p.read_bytes()) for p in files])
        assert left[0] == left[1], damage.kind
        assert left[0] != [(f"{UNIT}.ipynb", content)] or damage.kind in ("unreadable", "too large"), (
            damage.kind
        )


def test_what_is_unharmed_is_told_by_the_file_alone(tmp_path: Path):
    path = tmp_path / f"{UNIT}.ipynb"
    honest = nbformat.reads(SAMPLE.notebook(LESSON).decode(), as_version=4)
    everything = set(SAMPLE.scores)

    def found(notebook: nbformat.NotebookNode) -> set[str]:
        path.write_text(nbformat.writes(notebook), encoding="utf-8")
        return unharmed(LESSON, honest, path)

    assert found(honest) == everything
    without = nbformat.from_dict(honest)
    without.cells = [cell for cell in without.cells if cell.id != "multiply-weights-answer"]
    assert found(without) == everything - {"multiply-weights"}
    spoilt = nbformat.from_dict(honest)
    spoilt.cells.append(nbformat.v4.new_code_cell("np = 3"))
    assert found(spoilt) == {"which-constant"}
    path.write_text("{")
    assert unharmed(LESSON, honest, path) == set()
