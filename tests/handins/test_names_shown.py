"""Names stand beside ids: in the gradebook, which formgrader shows, in the table and in the report."""

from __future__ import annotations

import shutil

import pytest

from autograder.commands.grade import grade, show
from autograder.commands.report import _named
from autograder.commands.roster import missing
from autograder.course import Course, CourseError
from autograder.grading import Outcome, Result
from autograder.grading.gradebook.class_report import ClassReport, ExerciseReport, Mistake, NeedsALook
from autograder.grading.gradebook.gradebook import enter_names, gradebook_of
from autograder.roster import Roster, Student
from tests.conftest import ROOT
from tests.handins.forms import CLASS, U


@pytest.fixture(autouse=True)
def roster(course: Course) -> Roster:
    roster = Roster(CLASS)
    roster.save(course.root)
    return roster


def test_the_gradebook_has_everyones_name_and_follows_the_roster(course: Course, roster: Roster):
    shutil.copy(ROOT / "nbgrader_config.py", course.root)
    with gradebook_of(course) as book:
        book.add_student("stranger")
        book.add_student("ada", first_name="Old", last_name="Name")
        enter_names(book, roster)
        enter_names(book, Roster([Student("pat", "O'Neil-Lee, Pat", "pat@school.test")]))
        names = {one.id: (one.first_name, one.last_name, one.email) for one in book.students}
    assert names["ada"] == ("Ada", "A", "ada@school.test")
    assert names["asa"] == ("Åsa", "Öberg", "asa@school.test")
    assert names["wei"] == ("", "王伟", "wang.wei@school.test")
    assert names["pat"] == ("Pat", "O'Neil-Lee", "pat@school.test")
    assert names["stranger"] == (None, None, None)


def test_the_table_of_scores_has_names_and_who_has_not_handed_in(
    course: Course, roster: Roster, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("COLUMNS", "120")
    results = [Result(one.id, U, Outcome.GRADED, scores={"divide": (1.0, 2.0)}) for one in CLASS[2:]]
    for result in results:
        (course.root / "submitted" / result.student / U).mkdir(parents=True)
    show(results, roster=roster, absent={U: missing(course, U)})
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith(" Åsa Öberg (asa) ") for line in lines)
    assert any(line.startswith(" 王伟 (wei) ") for line in lines)
    assert "Not handed in (2): Ada A (ada), Bo B (bo)" in lines


def test_the_report_has_names_and_who_has_not_handed_in(course: Course):
    mistake = Mistake("plain-division", "divides", ("asa", "stranger"))
    exercise = ExerciseReport("divide", 2.0, 0, 0, 2, 0, 0.0, (mistake,))
    look = NeedsALook("pat", "crashed", "its process ended")
    report = ClassReport(
        U, "Divide", 2, 2.0, 0.0, 0.0, (0,) * 11, {"graded": 2}, 0, (exercise,), (look,), graded_before=""
    )
    for student in ("asa", "pat", "stranger"):
        (course.root / "submitted" / student / U).mkdir(parents=True)
    named, absent = _named(course, report)
    assert named.exercises[0].mistakes[0].students == ("Åsa Öberg (asa)", "stranger")
    assert named.needs_a_look[0].student == "Pat O'Neil (pat)"
    assert len(absent) == len(CLASS) - 2 and "Ada A (ada)" in absent


def test_a_student_may_be_named_in_words_where_one_is_graded_alone(course: Course):
    (course.root / "submitted" / "pat" / U).mkdir(parents=True)
    with pytest.raises(CourseError, match=f"There is no hand-in of {U} by 'asa'"):
        grade(course, U, ["Öberg, Åsa"])
