"""A teacher's own exercise and unit, from nothing: made, tried, built, handed in, graded."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from autograder import own_exercises
from autograder.cli import app
from autograder.commands.build import build
from autograder.commands.new import kinds, new_course, new_exercise, new_unit
from autograder.commands.trying import summary, try_out
from autograder.course import Course
from autograder.course_file import CourseError
from autograder.grading import Outcome, grade_unit
from autograder.grading.gradebook.class_report import class_report
from autograder.grading.notebooks.graded_cells import answer_cells, check_cells, type_in
from autograder.grading.sandbox.probing import best_level

UNIT, ID = "01-double", "soft-plus"
NEW = "02-new"


@pytest.fixture
def course(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.chdir(small_course)
    monkeypatch.setattr(own_exercises, "_chosen", None)
    return Course.load(small_course)


@pytest.mark.parametrize("kind", kinds())
def test_an_exercise_from_each_template_runs_as_it_is(course: Course, kind: str):
    written = new_exercise(course, ID, kind, UNIT, "Smooth a corner")
    assert {path.relative_to(course.root).as_posix() for path in written} == {
        *(f"exercises/soft_plus/{name}.py" for name in ("exercise", "mistakes", "probe")),
        "exercises/answers/soft_plus.py",
        f"source/{UNIT}/{UNIT}.ipynb",
        "course.yml",
    }
    assert not any("my-exercise" in path.read_text() or "my_exercise" in path.read_text() for path in written)
    tried, _ = try_out(Course.load(course.root), ID)
    assert [one.answer for one in tried if not one.ok] == []
    assert {one.kind for one in tried} == {"right", "wrong", "made"}


def test_its_cells_stand_before_the_text_that_closes_the_unit_with_their_points(course: Course):
    new_unit(course, NEW)
    new_exercise(Course.load(course.root), ID, "elementwise", NEW)
    closed = nbformat.read(course.source(NEW), as_version=4)
    names = [cell["id"] for cell in closed.cells]
    assert names == ["title", "imports", f"{ID}-text", f"{ID}-answer", ID, "summary"]


def test_where_no_text_closes_the_unit_they_stand_at_its_end(course: Course):
    new_exercise(course, ID, "elementwise", UNIT)
    notebook = nbformat.read(course.source(UNIT), as_version=4)
    nbformat.validate(notebook)
    assert [cell["id"] for cell in notebook.cells[-3:]] == [f"{ID}-text", f"{ID}-answer", ID]
    assert check_cells(notebook)[ID].source == f'check("{ID}", soft_plus)'
    assert check_cells(notebook)[ID].metadata.nbgrader["points"] == 2
    assert answer_cells(notebook)[ID].source.startswith("def soft_plus(x):")


def test_what_survives_is_named(course: Course):
    new_exercise(course, ID, "elementwise", UNIT)
    answers = course.root / "exercises" / "answers" / "soft_plus.py"
    text = answers.read_text(encoding="utf-8")
    answers.write_text(text.replace('MUTANTS.wrong("doubles")', 'MUTANTS.wrong("doubels")'), encoding="utf-8")
    run = CliRunner().invoke(app, ["try", ID])
    assert run.exit_code == 1
    assert "Otherwise than they must be: doubles." in run.stdout
    [row] = [line for line in run.stdout.splitlines() if line.strip().startswith("✗")]
    assert row.split()[:7] == ["✗", "doubles", "doubels", "doubles,", "score", "0:", "At"]
    tried = json.loads(CliRunner().invoke(app, ["try", ID, "--json"]).stdout)
    [survivor] = [one for one in tried if not one["ok"]]
    assert survivor["answer"] == "doubles"
    assert survivor["found"].endswith(" No mistake of this exercise is called doubels; did you mean doubles?")


def test_an_exercise_of_the_package_is_tried_with_what_its_mistakes_make(course: Course):
    tried, _ = try_out(course, "sigmoid")
    assert tried
    assert {one.kind for one in tried} == {"made"}
    assert all(one.ok for one in tried), summary(tried, [])


@pytest.mark.parametrize(
    ("exercise", "kind", "unit", "said"),
    [
        ("sigmoid", "elementwise", UNIT, "taken: the package has it already. Next: choose another id"),
        ("Soft_Plus", "elementwise", UNIT, "such as my-soft-plus"),
        ("lambda", "elementwise", UNIT, "a word of Python's own"),
        ("double", "elementwise", UNIT, "has a cell of the name double already"),
        (ID, "elementwis", UNIT, "Did you mean elementwise?"),
        (ID, "elementwise", "01-duble", "Did you mean 01-double?"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_is_written(
    course: Course, exercise: str, kind: str, unit: str, said: str
):
    before = {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()}
    with pytest.raises(CourseError) as caught:
        new_exercise(course, exercise, kind, unit)
    assert said in str(caught.value)
    assert {path: path.read_bytes() for path in course.root.rglob("*") if path.is_file()} == before


def test_no_exercise_and_no_answers_are_told_with_what_to_do(course: Course):
    with pytest.raises(CourseError, match=r"There is no exercise 'none'; .* Next: course new exercise ID "):
        try_out(course, "none")
    with pytest.raises(
        CourseError, match=r"'Sigmoid'; did you mean sigmoid\? There.* Next: course try sigmoid$"
    ):
        try_out(course, "Sigmoid")
    new_exercise(course, ID, "elementwise", UNIT)
    (course.root / "exercises" / "answers" / "soft_plus.py").unlink()
    with pytest.raises(CourseError, match=r"soft_plus\.py: there is no such file\. Next: write right and"):
        try_out(Course.load(course.root), ID)


@pytest.mark.parametrize("ending", ["", "\n\ngrading:\n  cell_timeout: 5\n", "\n# the end\n"])
def test_a_unit_stands_at_the_end_of_the_list_and_all_else_stays_as_it_was(course: Course, ending: str):
    path = course.root / "course.yml"
    before = "# mine\n" + path.read_text(encoding="utf-8").rstrip("\n") + ending
    path.write_text(before, encoding="utf-8")
    new_unit(Course.load(course.root), NEW, 'Say "a: b" # twice')
    after = Course.load(course.root)
    assert [(unit.id, unit.title) for unit in after.units][1:] == [(NEW, 'Say "a: b" # twice')]
    lines = path.read_text(encoding="utf-8").splitlines()
    place = lines.index(f"  - id: {NEW}")
    assert lines[:place] + lines[place + 6 :] == before.splitlines()


def test_a_unit_that_is_there_or_has_no_id_is_refused(course: Course):
    for unit, said in ((UNIT, "already"), ("2_x", "no id of a unit")):
        with pytest.raises(CourseError, match=said):
            new_unit(course, unit)


def test_from_nothing_to_the_name_in_the_class_report(course: Course):
    """The whole way: a unit and an exercise of one's own, built, handed in, graded in the sandbox."""
    if best_level() is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    new_unit(course, NEW)
    new_exercise(Course.load(course.root), ID, "elementwise", NEW)
    course = Course.load(course.root)
    assert build(course, [NEW]).executed == [NEW]
    lesson = nbformat.read(course.lesson(NEW), as_version=4)
    assert answer_cells(lesson)[ID].source.endswith("    ...")
    for student, factor in (("ada", "x"), ("bo", "2")):
        path = course.root / "submitted" / student / NEW / f"{NEW}.ipynb"
        path.parent.mkdir(parents=True)
        answer = f"def soft_plus(x):\n    return {factor} * x"
        path.write_text(nbformat.writes(type_in(lesson, {ID: answer})), encoding="utf-8")
    ada, bo = grade_unit(course, NEW, jobs=1)
    assert (ada.status, ada.scores[ID]) == (Outcome.GRADED, (2.0, 2.0))
    assert (bo.scores[ID], bo.misconceptions) == ((0.0, 2.0), {ID: "doubles"})
    [found] = class_report(course, NEW).exercises
    [mistake] = found.mistakes
    assert (mistake.id, mistake.students) == ("doubles", ("bo",))
    assert "computes 2x" in mistake.cause


def test_a_course_of_ones_own_stands_in_a_folder_of_its_own_and_in_no_other(tmp_path: Path):
    new_course(tmp_path / "smooth-steps")
    course = Course.load(tmp_path / "smooth-steps")
    assert course.title == "Smooth steps"
    assert course.exercises_folder == course.root / "exercises"
    assert all(course.source(unit.id).is_file() for unit in course.units)
    with pytest.raises(CourseError, match="is not empty"):
        new_course(course.root)
