"""Exercises of a teacher's own are found, judged, and told of in one sentence where they cannot be used."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder import check, grade, hint, own_exercises, solution
from autograder.commands.check import check as run_checks
from autograder.course import Course
from autograder.course_file import CourseError
from autograder.exercises import EXERCISES, exercise
from autograder.grading.engine.task import Task, grade_task
from autograder.grading.notebooks.graded_cells import type_in
from autograder.grading.run.own_code import own_code
from autograder.grading.sandbox.probing import best_level
from autograder.notebook_checks import checks_of, judged_here
from autograder.own_exercises import answers_module, folders_for_students, id_problem, look_in
from autograder.verdict import Status
from tests.conftest import cell, nbgrader, notebook, write_notebook

TEMPLATE = Path(own_exercises.__file__).with_name("templates") / "elementwise"
UNIT, ID = "01-double", "my-exercise"
KEY = "exercises: exercises\n"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Other tests look where they did."""
    before = own_exercises._chosen
    yield
    own_exercises._chosen = before


@pytest.fixture
def course(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course with the template's exercise, and the current folder in it."""
    write_notebook(
        small_course / "lessons" / UNIT / f"{UNIT}.ipynb",
        notebook(
            cell("code", "from autograder import check", "set-up"),
            cell(
                "code",
                "def my_exercise(x):\n    ...",
                f"{ID}-answer",
                nbgrader(f"{ID}-answer", solution=True),
            ),
            cell("code", f'check("{ID}", my_exercise)', ID, nbgrader(ID, grade=True, locked=True, points=2)),
        ),
    )
    shutil.copytree(
        TEMPLATE, small_course / "exercises", ignore=shutil.ignore_patterns("__pycache__", "answer.py")
    )
    path = small_course / "course.yml"
    path.write_text(KEY + path.read_text(encoding="utf-8"), encoding="utf-8")
    folder = small_course / "lessons" / UNIT
    monkeypatch.chdir(folder)
    monkeypatch.setattr(own_exercises, "_chosen", None)
    return Course.load(small_course)


def file(course: Course, name: str = "exercise.py") -> Path:
    return course.root / "exercises" / "my_exercise" / name


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def square(x):
    return x**2


@pytest.mark.usefixtures("course")
def test_one_is_found_from_a_folder_of_its_course_and_judged_like_any_other():
    assert ID in EXERCISES
    assert list(EXERCISES)[-1] == ID
    assert grade(ID, square).status is Status.RIGHT
    verdict = grade(ID, lambda x: 2 * x)
    assert (verdict.status, verdict.misconception) == (Status.WRONG, "doubles")
    check(ID, square)


@pytest.mark.usefixtures("course")
def test_outside_its_course_there_is_no_such_exercise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert exercise(ID).title == "My exercise"
    monkeypatch.chdir(tmp_path)
    assert ID not in EXERCISES
    with pytest.raises(ValueError, match="There is no exercise 'my-exercise'; there are: activation, "):
        exercise(ID)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("mistakes.py", '"sign-kept"', '"doubles"', "the mistake 'doubles' is there twice"),
        ("probe.py", "return [float", "[float", "fresh_points gives None; expected a list of numbers"),
    ],
)
def test_what_no_line_is_to_blame_for_is_told_with_the_folder(
    course: Course, name: str, old: str, new: str, said: str
):
    change(file(course, name), old, new)
    with pytest.raises(CourseError) as caught:
        grade(ID, square)
    assert str(caught.value).startswith(f"{file(course).parent}: ")
    assert said in str(caught.value)


def test_of_two_courses_each_has_its_own(course: Course, tmp_path: Path):
    other = Path(shutil.copytree(course.root / "exercises", tmp_path / "other"))
    change(other / "my_exercise" / "exercise.py", "My exercise", "Another one")
    titles = []
    for folder in (other, course.exercises_folder, other):
        look_in(folder)
        titles.append(exercise(ID).title)
    assert titles == ["Another one", "My exercise", "Another one"]
    look_in(None)
    assert ID not in EXERCISES


def test_a_unit_has_the_exercises_that_its_notebook_checks_and_students_get_their_folders(course: Course):
    assert checks_of(course, UNIT) == (ID,)
    assert judged_here(course) == {UNIT: (ID,)}
    assert folders_for_students(course) == [file(course).parent]


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "said"),
    [
        ("exercise.py", "EXERCISE = ", "EXERCISES = ", 1, "defines no EXERCISE"),
        ("exercise.py", 'id="my-exercise"', 'id="other"', 11, "the id is 'other'"),
        ("exercise.py", "praise=", "prise=", 10, "TypeError"),
        ("probe.py", "import numpy", "1 / 0\nimport numpy", 5, "ZeroDivisionError: division by zero"),
        ("probe.py", "def formula(x: Number)", "def formula(x: Number", 11, "SyntaxError: invalid syntax"),
        ("probe.py", "(-2.0, 0.0, 3.0)", "()", 21, "examples is empty; expected one plain number from each"),
        ("probe.py", "(-10.0, -1.0, 1.0, 10.0)", "(1.0)", 21, "edge_points is 1.0; expected several numbers"),
        ("exercise.py", '"What to look at.",', "", 10, "hints are three texts"),
        ("probe.py", "rng.uniform(-10", "rng.uniforn(-10", 18, "AttributeError"),
        ("mistakes.py", "wrong=lambda x: 2 * x,", "", 9, "has both wrong= and fits=, or neither"),
        ("mistakes.py", "from autograder.exercise", "exit()\nfrom autograder.exercise", 5, "SystemExit"),
    ],
)
def test_what_is_wrong_with_one_is_one_sentence_with_file_and_line(
    course: Course, name: str, old: str, new: str, line: int, said: str
):
    text = file(course, name).read_text(encoding="utf-8")
    change(file(course, name), old, new)
    with pytest.raises(CourseError) as caught:
        grade(ID, square)
    told = str(caught.value)
    assert told.startswith(f"{file(course, name)}, line {line}: ")
    assert said in told
    assert " Next: " in told
    assert "\n" not in told
    file(course, name).write_text(text, encoding="utf-8")
    for cached in file(course).parent.rglob("*.pyc"):
        cached.unlink()
    assert grade(ID, square).status is Status.RIGHT  # mended, it works at once


@pytest.mark.parametrize(
    ("folder", "said"),
    [("sigmoid", "taken"), ("My_Own", "no id"), ("my-own", "call it my_own"), ("page", "taken")],
)
def test_a_folder_whose_name_is_no_id_is_told(course: Course, folder: str, said: str):
    shutil.copytree(file(course).parent, course.root / "exercises" / folder)
    with pytest.raises(CourseError, match=said) as caught:
        list(EXERCISES)
    assert str(course.root / "exercises" / folder) in str(caught.value)


def test_ids_of_the_package_and_what_python_cannot_import_are_refused():
    assert id_problem("soft-plus") == ""
    assert all(map(id_problem, ("sigmoid", "answers", "Soft", "2nd", "a_b", "a--b", "")))


@pytest.mark.parametrize(
    ("line", "found", "next_step"),
    [
        ("exercises: excercises", 'found "excercises", no folder', "or take the line out"),
        ("exercises: source", 'found "source", a folder of no exercises', "or take the line out"),
        ("exercises: ../other", 'found "../other"', "exercises: exercises"),
        ("exercises: 5", "found 5", "exercises: exercises"),
        ("exercise: exercises", "unknown key", "write exercises"),
    ],
)
def test_a_mistake_in_course_yml_gives_one_message(course: Course, line: str, found: str, next_step: str):
    change(course.root / "course.yml", KEY, f"{line}\n")
    with pytest.raises(CourseError) as caught:
        Course.load(course.root)
    assert f"line 1, key {line.split(':')[0]}: {found}" in str(caught.value)
    assert next_step in str(caught.value)


def test_one_that_students_do_not_get_is_judged_when_it_is_handed_in(
    course: Course, capsys: pytest.CaptureFixture[str]
):
    change(file(course), "when_handed_in=False", "when_handed_in=True")
    assert folders_for_students(course) == []
    own_exercises._chosen = None
    shutil.rmtree(file(course).parent)
    for ask in (lambda: check(ID, square), lambda: hint(ID), lambda: solution(ID)):
        ask()
        assert "judged when you hand it in" in capsys.readouterr().out
    with pytest.raises(ValueError, match="There is no exercise 'no-such'"):
        check("no-such", square)
    assert judged_here(course) == {UNIT: ()}


def test_a_students_own_check_says_so_too(course: Course):
    shutil.rmtree(file(course).parent)
    path = course.root / "work" / UNIT / f"{UNIT}.ipynb"
    shutil.copytree(course.lesson(UNIT).parent, path.parent)
    [found] = run_checks(course, path).exercises
    assert (found.status, found.message) == ("when graded", "it is judged when it is handed in")
    assert run_checks(course, path).notes == []
    assert found.ok


def test_what_students_get_does_not_build_on_what_they_do_not_get(course: Course):
    other = Path(shutil.copytree(file(course).parent, file(course).parents[1] / "hidden"))
    change(other / "exercise.py", 'id="my-exercise"', 'id="hidden"')
    change(other / "exercise.py", "when_handed_in=False", "when_handed_in=True")
    change(file(course), "domain=", 'needs=("hidden",),\n    domain=')
    with pytest.raises(CourseError, match="my-exercise builds on hidden, which students do not get"):
        folders_for_students(course)


def test_a_worker_judges_by_the_code_that_came_with_its_task(course: Course):
    """As on another machine, where the course is not."""
    import nbformat

    from autograder.grading.engine.engine import settings_of
    from autograder.grading.handins.handin import Handin

    if (level := best_level()) is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    lesson = nbformat.read(course.lesson(UNIT), as_version=4)
    code = own_code(course, lesson)
    assert sorted(code.contents) == [f"my_exercise/{n}.py" for n in ("exercise", "mistakes", "probe")]
    content = nbformat.writes(type_in(lesson, {ID: "def my_exercise(x):\n    return 2 * x"})).encode()
    task = Task(
        UNIT, "ada", nbformat.writes(lesson), settings_of(course, level), Handin(content), own_code=code
    )
    shutil.rmtree(course.root / "exercises")
    assert grade_task(task).misconceptions == {ID: "doubles"}
    change_of_code = type(code)({**code.contents, "my_exercise/probe.py": b"# another"})
    assert task.key != Task(**{**vars(task), "own_code": change_of_code}).key


def test_a_unit_without_any_is_graded_as_before_when_one_changes(course: Course):
    import nbformat

    lesson = nbformat.read(course.lesson(UNIT), as_version=4)
    lesson.cells = lesson.cells[:1]
    assert own_code(course, lesson).contents == {}


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("probe", "return x * x", "return x.nope", "probe.py, line"),
        ("probe", "return x * x", 'return MP.mpf("nan")', "the formula gives nan"),
        ("mistakes", "wrong=lambda x: 2 * x", "wrong=lambda x: nope(x)", "mistakes.py, line"),
        ("mistakes", "wrong=lambda x: 2 * x", "fits=lambda seen: seen.nope > 3", "mistakes.py, line"),
        ("mistakes", '"sign-kept"', '"doubles"', "the mistake 'doubles' is there twice"),
        ("mistakes", '"sign-kept"', '"Sign kept!"', "is no id"),
    ],
)
def test_an_exercise_that_would_fail_on_an_answer_is_refused_before_anybody_is_judged(
    course: Course, part: str, old: str, new: str, said: str
):
    path = course.root / "exercises" / "my_exercise" / f"{part}.py"
    text = path.read_text("utf-8").replace("import Number", "import MP, Number")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CourseError, match=said):
        exercise(ID)


def test_answers_to_another_exercise_are_refused(course: Course):
    path = course.root / "exercises" / "answers" / "my_exercise.py"
    path.write_text(path.read_text("utf-8").replace(f'Mutants("{ID}")', 'Mutants("divide")'), "utf-8")
    with pytest.raises(CourseError, match="answers to 'divide'"):
        answers_module(ID)


def test_a_check_that_fails_leaves_its_points_to_a_person(course: Course, monkeypatch: pytest.MonkeyPatch):
    import nbformat

    from autograder.grading import Outcome
    from autograder.grading.engine.engine import settings_of
    from autograder.grading.handins.handin import Handin

    if (level := best_level()) is None:
        pytest.skip("NOT TESTED: this machine has no sandbox.")
    monkeypatch.setattr("autograder.judging.judge_alone", lambda *_: 1 / 0)
    lesson = nbformat.read(course.lesson(UNIT), as_version=4)
    content = nbformat.writes(type_in(lesson, {ID: "def my_exercise(x):\n    return x**2"})).encode()
    text, settings = nbformat.writes(lesson), settings_of(course, level)
    graded = grade_task(Task(UNIT, "ada", text, settings, Handin(content), own_code=own_code(course, lesson)))
    assert graded.status is Outcome.PARTLY_GRADED
    assert graded.open == (ID,)
    assert f"the check of {ID} failed" in graded.reason
    assert "ZeroDivisionError" in graded.notebook
