"""What a person should look at: an answer beside an untouched question, and a mark older than its answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat.v4 import new_markdown_cell

from autograder.commands import grade, report
from autograder.grading import Outcome
from autograder.grading.gradebook.class_report import class_report
from autograder.grading.gradebook.gradebook import OLDER_MARK
from autograder.grading.notebooks.answers import BESIDE
from tests.grading.desk import Desk
from tests.grading.parity_class import RIGHT, TASK, UNIT, WRITTEN, Change, cell, without
from tests.grading.small_class import gradebook_rows

ANSWERED = {**RIGHT, **WRITTEN}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk") / "course")


@pytest.fixture
def desk(fresh: Desk, tmp_path: Path) -> Desk:
    return fresh.copied(tmp_path / "course")


def changed(name: str, source: str) -> Change:
    """Another text in a cell of the lesson that carries no points."""

    def change(notebook):
        [one] = [c for c in notebook.cells if c.get("id") == name]
        one.source = source

    return change


def test_an_untouched_question_scores_0_and_an_answered_one_waits_for_its_mark(desk: Desk):
    assert desk.hand_in(RIGHT).scores["why"] == (0, 2)
    result = desk.hand_in(ANSWERED)
    assert result.scores["why"] == (None, 2)
    assert result.asks == {}


@pytest.mark.parametrize(
    ("question", "change"),
    [
        ("why", cell("Because.", after="why", text=True)),
        ("why", cell("print('because')", after="why")),
        ("why", cell("Because.", after="warm-up", text=True)),
        ("design", cell("plan = ['first']", after="design")),
        ("mood", cell("Good!", after="mood", text=True)),
    ],
    ids=[
        "text below",
        "code below",
        "text above",
        "code below a question in code",
        "a question for 0 points",
    ],
)
def test_an_answer_beside_an_untouched_question_waits_for_a_person(desk: Desk, question: str, change: Change):
    answered = {name: text for name, text in ANSWERED.items() if name != question}
    result = desk.hand_in(answered, change)
    assert result.scores[question][0] is None
    assert result.asks[question] == BESIDE
    assert desk.grades()[question]["needs_manual_grade"]
    assert desk.looked_up() == result


@pytest.mark.parametrize(
    "change",
    [
        cell("", after="why", text=True),
        cell(" \n", after="why"),
        cell("*Your answer here.*", after="why", text=True),
        cell("mean([3])", after="warm-up"),
        changed("set-up", "import numpy as np\nfrom autograder import check\nx = 3"),
        cell("It took long.", after="sigmoid", text=True),
    ],
    ids=["empty text", "empty code", "a copy of the stub", "code above", "tried numbers", "text elsewhere"],
)
def test_what_is_no_answer_makes_no_question_wait(desk: Desk, change: Change):
    result = desk.hand_in(RIGHT, change)
    assert result.scores["why"] == (0, 2)
    assert result.asks == {}


def test_the_prompt_of_a_question_may_hold_the_answer(desk: Desk):
    assert desk.hand_in(RIGHT, changed("warm-up-text", "Write it. Done!")).asks == {}
    place = next(i for i, c in enumerate(desk.lesson.cells) if c.id == "why")
    desk.lesson.cells.insert(place, new_markdown_cell("Why?", id="prompt"))
    assert desk.hand_in(RIGHT).asks == {}
    assert desk.hand_in(RIGHT, changed("prompt", "Why?\n\nBecause.")).asks == {"why": BESIDE}


def test_a_mark_by_hand_stays_and_asks_for_a_look_each_time_the_answer_changes(desk: Desk):
    desk.hand_in(ANSWERED)
    desk.mark("why", 1.5)
    assert desk.hand_in(ANSWERED).asks == {}  # graded again, unchanged
    result = desk.hand_in({**ANSWERED, "why": "Because of that."})
    assert result.scores["why"] == (1.5, 2)
    assert result.asks == {"why": OLDER_MARK}
    assert "why" in result.waiting
    assert desk.grades()["why"]["needs_manual_grade"]
    assert desk.looked_up() == result  # until somebody has looked
    assert desk.hand_in({**ANSWERED, "why": "Because of that."}).asks == {"why": OLDER_MARK}
    desk.mark("why", 1.5)
    seen = desk.looked_up()
    assert seen is not None
    assert seen.asks == {}
    assert desk.hand_in({**ANSWERED, "why": "Because of that."}).asks == {}
    assert desk.hand_in(ANSWERED).asks == {"why": OLDER_MARK}


@pytest.mark.parametrize(
    ("exercise", "before", "after"),
    [
        ("clip", {}, {"clip": "def clip(x):\n    return x"}),
        ("design", {}, {"design": "plan = []"}),
        ("why", {}, {"why": "*Your answer here.*"}),
    ],
    ids=["a check's score that was overruled", "an answer in code", "an answer that was taken away"],
)
def test_it_is_so_for_every_kind_of_exercise(desk: Desk, exercise: str, before: dict, after: dict):
    desk.hand_in({**ANSWERED, **before})
    desk.mark(exercise, 1)
    assert set(desk.hand_in({**ANSWERED, **after}).asks) == {exercise}


def test_another_picture_pasted_into_an_answer_is_another_answer(desk: Desk):
    def pasted(picture: str) -> Change:
        def paste(notebook):
            [one] = [c for c in notebook.cells if c.get("id") == "why"]
            one["attachments"] = {"a.png": {"image/png": picture}}

        return paste

    answers = {**ANSWERED, "why": "![](attachment:a.png)"}
    desk.hand_in(answers, pasted("AAAA"))
    desk.mark("why", 1)
    assert desk.hand_in(answers, pasted("AAAA")).asks == {}
    assert set(desk.hand_in(answers, pasted("AAAB")).asks) == {"why"}


def test_the_work_on_a_task_stands_in_cells_below_it(desk: Desk):
    desk.hand_in(ANSWERED, cell("measured = 3", after=TASK))
    desk.mark(TASK, 2)
    assert desk.hand_in(ANSWERED, cell("measured = 3", after=TASK)).asks == {}
    assert set(desk.hand_in(ANSWERED, cell("measured = 4", after=TASK)).asks) == {TASK}


def test_extra_credit_is_a_mark_by_hand_too(desk: Desk):
    desk.hand_in(ANSWERED)
    desk.mark("mean", None, extra=1)
    result = desk.hand_in({**ANSWERED, "mean": "mean = None"})
    assert result.scores["mean"] == (3, 2)
    assert set(result.asks) == {"mean"}


def test_a_change_elsewhere_or_in_the_lesson_asks_for_nothing(desk: Desk):
    desk.hand_in(ANSWERED, changed("set-up", "import numpy as np\nx = 1"))
    for exercise in ("why", "clip", TASK):
        desk.mark(exercise, 1)
    assert desk.hand_in({**ANSWERED, "mean": "mean = None"}, changed("set-up", "x = 2")).asks == {}
    text = next(c for c in desk.lesson.cells if c.id == "clip-text")
    text.source, before = "Write `clip`, please.", text.source
    still = changed("clip-text", before)  # in a hand-in of the lesson as it was
    assert desk.hand_in({**ANSWERED, "mean": "mean = None"}, changed("set-up", "x = 2"), still).asks == {}


@pytest.mark.parametrize("status", [Outcome.FAILED, Outcome.BROKEN])
def test_a_page_without_answers_between_two_equal_hand_ins_asks_for_nothing(desk: Desk, status: Outcome):
    desk.hand_in(ANSWERED)
    desk.mark("why", 1.5)
    between = desk.hand_in(ANSWERED, status=status)
    assert between.scores["why"] == (1.5, 2)
    assert between.asks == {}
    assert desk.hand_in(ANSWERED).asks == {}
    desk.hand_in(ANSWERED, status=status)
    assert set(desk.hand_in({**ANSWERED, "why": "No."}).asks) == {"why"}


def test_a_run_that_ends_halfway_still_asks_when_it_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.hand_in(ANSWERED)
    desk.mark("why", 1.5)
    with monkeypatch.context() as patch, pytest.raises(OSError, match="full"):
        patch.setattr("autograder.grading.gradebook.writer.Writer._place", _fail)
        desk.hand_in({**ANSWERED, "why": "No."})
    assert set(desk.hand_in({**ANSWERED, "why": "No."}).asks) == {"why"}


def test_what_fails_halfway_leaves_the_gradebook_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.hand_in(ANSWERED)
    before = gradebook_rows(desk.course.root / "gradebook.db")
    with monkeypatch.context() as patch, pytest.raises(OSError, match="full"):
        patch.setattr("autograder.grading.gradebook.late_penalty.LatePenalty.charge", _fail)
        desk.hand_in(RIGHT, student="bo")
    assert gradebook_rows(desk.course.root / "gradebook.db") == before
    desk.hand_in(RIGHT, student="bo")
    assert gradebook_rows(desk.course.root / "gradebook.db") != before


def _fail(*_: object) -> None:
    raise OSError("the disk is full")


def test_table_report_and_formgraders_list_name_the_exercise_and_why(
    desk: Desk, capsys: pytest.CaptureFixture[str]
):
    desk.hand_in(ANSWERED, student="bo")
    desk.mark("why", 1.5, student="bo")
    bo = desk.hand_in({**ANSWERED, "why": "No."}, student="bo")
    cy = desk.hand_in({**RIGHT, "design": "x = 2"}, cell("Because.", after="why", text=True), student="cy")
    grade.show([bo, cy])
    said = capsys.readouterr().out
    assert f"  bo, why: {OLDER_MARK}" in said
    assert f"  cy, why: {BESIDE}" in said
    assert "1.5 ?" in said
    found = class_report(desk.course, UNIT)
    looks = [(one.student, one.status, one.reason) for one in found.needs_a_look]
    assert looks == [("bo", "waits", f"why: {OLDER_MARK}"), ("cy", "waits", f"why: {BESIDE}")]
    assert {e.name: e.waiting for e in found.exercises}["why"] == 2
    page = report.write_page(desk.course, found).read_text(encoding="utf-8")
    assert BESIDE in page
    report.show(desk.course, found)
    assert BESIDE in capsys.readouterr().out
    with desk.gradebook() as book:
        assert all(row["needs_manual_grade"] for row in book.submission_dicts(UNIT))
        comment = book.find_comment("why", UNIT, UNIT, "cy").comment
    assert comment == "Nothing is typed in its cell, but something stands beside it."
    for student in ("bo", "cy"):
        desk.mark("why", 1, student=student)
    assert class_report(desk.course, UNIT).needs_a_look == ()


def test_a_deleted_task_is_put_back_so_that_it_can_be_marked(desk: Desk):
    result = desk.hand_in(ANSWERED, without(TASK))
    assert result.scores[TASK] == (None, 3)
    page = desk.course.root / "autograded" / "ada" / UNIT / f"{UNIT}.ipynb"
    assert f'"grade_id": "{TASK}"' in page.read_text(encoding="utf-8")
