"""The term in exercises: what was hard, what told strong from weak, which mistakes stay, who wrote alike."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from typer.testing import CliRunner

from autograder.cli import app
from autograder.grading.gradebook import term_report
from autograder.grading.gradebook.alike import paired
from autograder.grading.gradebook.term_report import Item, items, mistakes
from autograder.grading.results import Outcome, Result
from tests.autograder.class_of_1000 import COURSE_YML, OTHER, UNIT
from tests.autograder.conftest import graded

STUDENTS = [f"s{n:02}" for n in range(20)]


def result(student: str, unit: str, slips: dict[str, str] | None = None, **scores: float | None) -> Result:
    points = {name: (score, 2.0) for name, score in scores.items()}
    return Result(student, unit, Outcome.GRADED, scores=points, misconceptions=slips or {})


def test_an_exercise_is_hard_or_easy_and_tells_strong_from_weak_or_not():
    """Half of the class is strong; in some exercises the strong do well, in one the weak."""
    results = [
        result(
            student,
            UNIT,
            strong=2.0 * (n < 10),
            weak=2.0 * (n >= 10),
            either=2.0 * (n % 2),
            hard=2.0 * (n == 0),
            easy=2.0,
            waits=None,
            rest=2.0 * (n < 10),
            more=2.0 * (n < 10),
        )
        for n, student in enumerate(STUDENTS)
    ]
    found = {item.exercise: item for item in items({UNIT: results})}
    assert set(found) == {"strong", "weak", "either", "hard", "easy", "rest", "more"}
    assert found["strong"].said == "neither hard nor easy; tells strong work from weak well"
    assert "do worse here: read the exercise and its check" in found["weak"].said
    assert found["hard"].said.startswith("hard; ")
    assert found["easy"].said == "easy; all did alike, here or elsewhere"
    assert found["strong"].difficulty == 0.5
    assert found["weak"].discrimination < -0.9


@pytest.mark.parametrize(
    ("answers", "correlation", "said"),
    [
        (9, 0.5, "too few answers to say"),
        (30, 0.1, "neither hard nor easy; hardly tells strong work from weak"),
        (30, 0.3, "neither hard nor easy; tells strong work from weak"),
        (30, None, "neither hard nor easy; all did alike, here or elsewhere"),
    ],
)
def test_the_words_fit_the_numbers(answers: int, correlation: float | None, said: str):
    assert Item(UNIT, "sums", answers, 0.6, correlation).said == said


def test_mistakes_are_counted_by_unit_and_those_of_one_student_are_left_out():
    results = {
        UNIT: [
            result(s, UNIT, {"a": "sign", "b": "lonely"} if s == "s00" else {"a": "sign"})
            for s in STUDENTS[:5]
        ],
        OTHER: [result(s, OTHER, {"c": "sign", "d": "border"}) for s in STUDENTS[:2]],
    }
    assert [(m.id, dict(m.students)) for m in mistakes(results)] == [
        ("sign", {UNIT: 5, OTHER: 2}),
        ("border", {OTHER: 2}),
    ]


def test_a_pair_has_rare_things_in_common_and_what_many_have_pairs_nobody():
    having = {
        (2, "0.8937"): ["ada", "bo"],
        (2, "77.12"): ["bo", "ada", "cy"],
        (1, "sign"): ["cy", "dee"],
        (2, "1.359"): ["ada", "bo", "cy", "dee"],
    }
    assert [(pair.students, pair.shared) for pair in paired(having)] == [(("ada", "bo"), ("0.8937", "77.12"))]


def test_cost_does_not_grow_with_what_a_whole_class_has():
    having = {(2, f"number {n}"): STUDENTS * 500 for n in range(10)}
    assert paired(having) == []


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two of twenty have the same two odd numbers; all have one of the lesson's."""
    (tmp_path / "course.yml").write_text(COURSE_YML, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id,name\ns03,Åsa Öberg\n", encoding="utf-8")
    for unit in (UNIT, OTHER):
        write(tmp_path / "source" / unit / f"{unit}.ipynb", "x = 1.359140915")
    results = []
    for n, student in enumerate(STUDENTS):
        odd = "y = 0.7351 * x + 1_2.250" if n in (3, 4) else "y = 0.5 * x"
        write(
            tmp_path / "autograded" / student / UNIT / f"{UNIT}.ipynb",
            f"x = 1.359140915\n{odd}  # {n}00.{n}1",
        )
        results.append(result(student, UNIT, {"sums": "sign"}, sums=n / 10))
    monkeypatch.setattr(term_report, "graded_results", lambda _, unit: results if unit == UNIT else [])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, source: str) -> None:
    path.parent.mkdir(parents=True)
    cell = new_code_cell(source, metadata=graded("sums-answer", solution=True))
    nbformat.write(new_notebook(cells=[cell]), path)


def test_the_term_is_a_page_with_pairs_to_read_and_nobody_accused(course: Path):
    said = CliRunner().invoke(app, ["report", "--term"])
    assert said.exit_code == 0
    page = (course / "report" / "term.html").read_text(encoding="utf-8")
    for text in (said.stdout, page):
        assert "Åsa Öberg (s03) and s04" in text
        assert "It is no finding about anybody" in text
    assert f"<td>{UNIT}, sums: 0.7351; {UNIT}, sums: 12.250</td>" in page
    found = json.loads(CliRunner().invoke(app, ["report", "--term", "--json"]).stdout)
    assert [pair["students"] for pair in found["alike"]] == [["s03", "s04"]]
    assert found["mistakes"] == [{"id": "sign", "students": {UNIT: 20}}]
    assert found["items"][0]["answers"] == 20


@pytest.mark.usefixtures("course")
def test_the_term_is_not_one_unit():
    assert CliRunner().invoke(app, ["report", UNIT, "--term"]).exit_code == 2
