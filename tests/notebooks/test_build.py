"""`course build` on a course of one small unit."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.building import fingerprint
from autograder.building.graded import refuse_ungradable
from autograder.commands.build import build, register
from autograder.course import Course, CourseError
from tests import conftest

UNIT = "01-double"
NOTEBOOK = f"{UNIT}/{UNIT}.ipynb"


def cells(folder: Path, kind: str) -> dict[str, dict]:
    """The cells of the course's notebook in source, lessons or solutions, by id."""
    data = json.loads((folder / kind / NOTEBOOK).read_text(encoding="utf-8"))
    return {cell["id"]: cell | {"source": "".join(cell["source"])} for cell in data["cells"]}


def change_cell(folder: Path, cell_id: str, source: str) -> None:
    path = folder / "source" / NOTEBOOK
    data = json.loads(path.read_text(encoding="utf-8"))
    (cell,) = [cell for cell in data["cells"] if cell["id"] == cell_id]
    cell["source"] = source
    path.write_text(json.dumps(data), encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """All that a build makes, and the source."""
    kinds = ("source", "lessons", "solutions")
    files = (path for kind in kinds for path in (folder / kind).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def inputs(course: Course) -> str:
    return fingerprint.inputs(course, UNIT, fingerprint.tools(course))


def is_recorded(course: Course) -> bool:
    return fingerprint.is_recorded(course, UNIT, inputs(course))


def test_a_lesson_has_stubs_instead_of_solutions_and_no_outputs(built_course):
    lesson = cells(built_course, "lessons")
    assert lesson["double-answer"]["source"] == 'def double(x):\n    """Return 2x."""\n    ...'
    assert lesson["why"]["source"] == "Why?\n\n*Your answer here.*"
    assert lesson["double"]["source"] == "try_out(double)"
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in lesson.values())


def test_a_solution_is_solved_executed_and_free_of_markers(built_course):
    solved = cells(built_course, "solutions")
    assert solved["double-answer"]["source"] == 'def double(x):\n    """Return 2x."""\n    return 2 * x'
    assert solved["why"]["source"] == "Why?\n\nSince 2x = x + x."
    assert [c["execution_count"] for c in solved.values() if c["cell_type"] == "code"] == [1, 2, 3, 4]
    printed, result = solved["run"]["outputs"]
    assert printed["text"] == ["4.666666666666667\n"]
    assert result["data"] == {"text/plain": ["8"]}
    assert result["execution_count"] == 4
    assert solved["run"]["metadata"] == {"tags": ["tutorial"]}


def test_building_again_gives_the_same_bytes(built_course):
    before = contents(built_course)
    report = build(Course.load(built_course), force=True)
    assert contents(built_course) == before
    assert report.executed == [UNIT]
    assert report.written == []


def test_a_build_tells_its_progress_by_cell(small_course):
    told = []
    report = build(Course.load(small_course), [UNIT], on_progress=lambda *step: told.append(step))
    assert told[0] == (0, 5, "01-double: lesson")
    assert told[-1] == (5, 5, "01-double: solution")
    assert sorted(path.as_posix() for path in report.written) == [
        f"{kind}/{NOTEBOOK}" for kind in ("lessons", "solutions", "source")
    ]


@pytest.fixture
def unedited_packages(monkeypatch, built_course):
    """The packages as they are do not count: someone may be writing them while the tests run."""
    monkeypatch.setattr(fingerprint, "find_spec", lambda _: None)
    course = Course.load(built_course)
    fingerprint.record(course, UNIT, inputs(course))


@pytest.mark.usefixtures("unedited_packages")
def test_what_did_not_change_is_not_executed_again(built_course):
    report = build(Course.load(built_course))
    assert (report.executed, report.unchanged, report.ok) == ([], [UNIT], True)


@pytest.mark.parametrize(
    "file",
    [
        f"source/{NOTEBOOK}",
        f"lessons/{NOTEBOOK}",
        f"solutions/{NOTEBOOK}",
        "nbgrader_config.py",
    ],
)
@pytest.mark.usefixtures("unedited_packages")
def test_a_changed_or_missing_file_is_noticed(built_course, file):
    course = Course.load(built_course)
    assert is_recorded(course)
    text = (built_course / file).read_text(encoding="utf-8")
    (built_course / file).write_text(text + "\n", encoding="utf-8")
    assert not is_recorded(course)
    (built_course / file).write_text(text, encoding="utf-8")
    assert is_recorded(course)
    (built_course / file).unlink()
    assert not is_recorded(course)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("due: 2027-02-05", "due: 2027-02-06", True),
        ("title: A small course", "title: A course", True),
        ("units:", "grading:\n  cell_timeout: 7\nunits:", True),
        ("units:", "units:\n  - {id: 00-begin, title: Begin, minutes: 1, objectives: [Begin.]}", False),
    ],
)
@pytest.mark.usefixtures("unedited_packages")
def test_of_course_yml_only_the_units_names_get_into_a_notebook(built_course, old, new, same):
    shutil.copytree(built_course / "source" / UNIT, built_course / "source/00-begin")
    (built_course / f"source/00-begin/{UNIT}.ipynb").rename(built_course / "source/00-begin/00-begin.ipynb")
    path = built_course / "course.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert is_recorded(Course.load(built_course)) == same


@pytest.mark.parametrize("file", ["module.py", "deep/er.py", "looks.css"])
def test_changed_code_of_the_packages_is_noticed(built_course, tmp_path, monkeypatch, file):
    package = tmp_path / "package"
    (package / "deep").mkdir(parents=True)
    spec = SimpleNamespace(submodule_search_locations=[str(package)])
    monkeypatch.setattr(fingerprint, "find_spec", lambda _: spec)
    course = Course.load(built_course)
    before = inputs(course)
    (package / file).write_text("x = 1\n", encoding="utf-8")
    after = inputs(course)
    assert after != before
    (package / "__pycache__").mkdir()
    (package / "__pycache__/module.pyc").write_bytes(b"compiled")
    assert inputs(course) == after


@pytest.mark.usefixtures("unedited_packages")
def test_another_version_of_a_package_is_noticed(built_course, monkeypatch):
    course = Course.load(built_course)
    assert is_recorded(course)
    other = [SimpleNamespace(name="numpy", version="9")]
    monkeypatch.setattr(fingerprint, "distributions", lambda **_: other)
    assert not is_recorded(course)


@pytest.mark.usefixtures("unedited_packages")
def test_a_check_of_a_fresh_build_finds_nothing(built_course):
    course = Course.load(built_course)
    shutil.rmtree(built_course / ".scratch")
    report = build(course, check=True)
    assert report.ok
    assert report.executed == [UNIT]
    assert build(course, check=True).unchanged == [UNIT], "what a check found fresh is not executed again"


def test_without_solutions_a_check_executes_nothing_and_looks_at_the_lesson_alone(built_course):
    shutil.rmtree(built_course / ".scratch")
    change_cell(built_course, "run", "1 / 0")
    report = build(Course.load(built_course), check=True, solutions=False)
    assert report.executed == []
    assert report.differences == [
        f"source/{NOTEBOOK} is not in its canonical form",
        f"lessons/{NOTEBOOK} is not what source/ gives",
    ]


def test_all_units_that_cannot_be_built_are_named_at_once_and_the_others_are_built(built_course):
    two = built_course / "source/02-broken/02-broken.ipynb"
    three = built_course / "source/03-broken/03-broken.ipynb"
    unit = (built_course / "course.yml").read_text(encoding="utf-8").split("units:\n")[1]
    for path in (two, three):
        path.parent.mkdir()
        text = (built_course / "source" / NOTEBOOK).read_text(encoding="utf-8")
        path.write_text(text.replace("return 2 * x", "return 3 * x"), encoding="utf-8")
        with (built_course / "course.yml").open("a", encoding="utf-8") as file:
            file.write(unit.replace("01-double", path.stem))
    with pytest.raises(CourseError) as caught:
        build(Course.load(built_course), force=True)
    assert [line.partition(", ")[0] for line in str(caught.value).splitlines()] == [str(two), str(three)]
    assert is_recorded(Course.load(built_course))


def test_a_check_names_all_that_is_stale_and_changes_nothing(built_course):
    source = built_course / "source" / NOTEBOOK
    change_cell(built_course, "run", "print(double(21) / 8)")  # its file is no longer canonical, either
    (built_course / "lessons/00-old").mkdir()
    (built_course / "solutions" / UNIT / "note.txt").write_text("mine")
    before = contents(built_course)
    report = build(Course.load(built_course), check=True)
    assert report.differences == [
        f"source/{NOTEBOOK} is not in its canonical form",
        f"lessons/{NOTEBOOK} is not what source/ gives",
        f"solutions/{NOTEBOOK}, cell 'run': source or metadata is another",
        f"solutions/{UNIT}/note.txt is not made by the build",
        "lessons/00-old belongs to no unit of course.yml: delete it",
    ]
    assert contents(built_course) == before
    assert not is_recorded(Course.load(built_course))
    assert source.read_bytes() == before[f"source/{NOTEBOOK}"]


def test_a_check_notices_an_output_that_was_changed(built_course):
    path = built_course / "solutions" / NOTEBOOK
    path.write_text(path.read_text(encoding="utf-8").replace("4.666666666666667", "5.666666666666667"))
    report = build(Course.load(built_course), check=True)
    assert report.differences == [f"solutions/{NOTEBOOK}, cell 'run': its output is another"]


@pytest.mark.parametrize(
    ("cell_id", "source", "said"),
    [
        (
            "double-answer",
            "def double(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION",
            "'double': Ass",
        ),
        ("run", "import sys; print('careful', file=sys.stderr)", "'run' writes to stderr: 'careful'"),
        ("run", "object()", "'run' shows a memory address"),
        ("run", "import ipywidgets; ipywidgets.IntSlider()", "'run' shows a widget without a static picture"),
        ("run", "import os; os._exit(1)", "'run': the kernel died"),
        ("run", "import time; time.sleep(60)", "'run': not done after 12 s"),
        ("double-answer", "### BEGIN SOLUTION\ndouble = 2", "no end solution statement found"),
        ("run", "### BEGIN SOLUTION\n1\n### END SOLUTION", "Solution region detected in a non-solution cell"),
    ],
)
def test_a_unit_that_cannot_be_built_is_named_and_left_as_it_was(built_course, cell_id, source, said):
    settings = (built_course / "course.yml").read_text(encoding="utf-8")
    (built_course / "course.yml").write_text(settings + "grading:\n  cell_timeout: 3\n", encoding="utf-8")
    change_cell(built_course, cell_id, source)
    before = contents(built_course)
    with pytest.raises(CourseError) as caught:
        build(Course.load(built_course), [UNIT])
    message = str(caught.value)
    assert said in message
    assert str(built_course / "source" / NOTEBOOK) in message
    assert "Next: " in message
    assert "\n" not in message
    after = contents(built_course)
    for kind in ("lessons", "solutions"):
        assert after[f"{kind}/{NOTEBOOK}"] == before[f"{kind}/{NOTEBOOK}"]
    assert not list((built_course / ".scratch").glob("build-*"))


def test_a_lab_keeps_its_picture_and_loses_its_widget_and_a_check_its_data(small_course):
    source = """\
from IPython.display import display
data = {"image/png": "iVBORw0KGgo=", "text/plain": "a curve",
        "application/vnd.jupyter.widget-view+json": {"model_id": "1", "version_major": 2, "version_minor": 0},
        "application/vnd.learning-to-divide.verdict+json": {"score": 1}}
display(data, raw=True)"""
    change_cell(small_course, "run", source)
    build(Course.load(small_course))
    (output,) = cells(small_course, "solutions")["run"]["outputs"]
    assert set(output["data"]) == {"image/png", "text/plain"}
    data = json.loads((small_course / "solutions" / NOTEBOOK).read_text(encoding="utf-8"))
    assert set(data["metadata"]) == {"kernelspec"}


def test_files_beside_the_source_go_along_but_no_text_twin_with_its_solutions(small_course):
    unit = small_course / "source" / UNIT
    (unit / "points.csv").write_text("1,2\n")
    (unit / f"{UNIT}.py").write_text("# double: 2 * x\n")
    (unit / ".ipynb_checkpoints").mkdir()
    (unit / ".ipynb_checkpoints" / f"{UNIT}-checkpoint.ipynb").write_text("{}")
    change_cell(small_course, "run", "open('left.txt', 'w').write(open('points.csv').read());")
    build(Course.load(small_course))
    for kind in ("lessons", "solutions"):
        there = sorted(path.name for path in (small_course / kind / UNIT).rglob("*"))
        assert there == [f"{UNIT}.ipynb", "points.csv"]


def test_a_build_leaves_the_gradebook_alone_and_register_fills_it(built_course):
    from nbgrader.api import Gradebook

    assert not (built_course / "gradebook.db").exists()
    register(Course.load(built_course), UNIT)
    with Gradebook(f"sqlite:///{built_course / 'gradebook.db'}") as gradebook:
        points = {cell.name: cell.max_score for cell in gradebook.find_notebook(UNIT, UNIT).grade_cells}
        assert points == {"double": 2, "why": 1}
        assert gradebook.find_assignment(UNIT).duedate.isoformat() == "2027-02-05T22:59:00"  # UTC


def nbgrader(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_plain_nbgrader_in_the_courses_folder_gives_the_same_lesson(built_course):
    built = (built_course / "lessons" / NOTEBOOK).read_bytes()
    shutil.rmtree(built_course / "lessons")
    ran = nbgrader(built_course, "generate_assignment", UNIT)
    assert ran.returncode == 0, ran.stderr
    assert (built_course / "lessons" / NOTEBOOK).read_bytes() == built


def test_plain_nbgrader_answers_a_mistake_in_course_yml_with_the_one_message(built_course):
    text = (built_course / "course.yml").read_text(encoding="utf-8")
    (built_course / "course.yml").write_text(text.replace("minutes: 10", "minutes: ten"), encoding="utf-8")
    ran = nbgrader(built_course, "generate_assignment", UNIT)
    assert ran.returncode == 1
    assert 'line 6, key units[0].minutes: found "ten"' in ran.stderr
    assert "Traceback" not in ran.stderr


HIDDEN = """\
try_out(double)
### BEGIN HIDDEN TESTS
print('secretly')
assert double(3) == {}
### END HIDDEN TESTS"""


def test_hidden_tests_run_against_the_solution_and_are_in_neither_form(built_course):
    change_cell(built_course, "double", HIDDEN.format(7))
    with pytest.raises(CourseError, match=r"cell 'double': AssertionError\. Next: mend it, or its solution"):
        build(Course.load(built_course))
    change_cell(built_course, "double", HIDDEN.format(6))
    build(Course.load(built_course))
    for kind in ("lessons", "solutions"):
        assert cells(built_course, kind)["double"]["source"] == "try_out(double)"
        text = (built_course / kind / NOTEBOOK).read_text(encoding="utf-8")
        assert "HIDDEN" not in text
        assert "secretly" not in text


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "check('activatoin', 1)",
            'check("activatoin", …), which is not known here (did you mean activation?)',
        ),
        ("check('activation', 1)", "another exercise: its grade_id must be activation"),
        ("check(name, 1)", "calls check without an exercise's name"),
        (
            "import autograder\nautograder.check('double', 1)",
            'calls check("double", …), which is not known here',
        ),
        ("# later", "nothing in the graded cell double can fail"),
        ("x = 1", "nothing in the graded cell double can fail"),
    ],
)
def test_a_graded_cell_whose_points_would_say_nothing_is_refused(built_course, source, said):
    change_cell(built_course, "double", source)
    with pytest.raises(CourseError) as refused:
        build(Course.load(built_course))
    message = str(refused.value)
    assert message.startswith(f"{built_course / 'source' / NOTEBOOK}, cell 4: ")
    assert said in message
    assert "Next: " in message


@pytest.mark.parametrize(
    ("source", "tags", "said"),
    [
        ("check('divide', 1)\nassert divide", [], "beside the check of divide stand other tests"),
        ("check('divide', 1)\n### BEGIN HIDDEN TESTS\nf(1)\n### END HIDDEN TESTS", [], "other tests"),
        ("if 1:\n    check('divide', 1)", [], "at the beginning of a line"),
        ("check('divide', 1)", ["tutorial"], "is tagged tutorial"),
        ("check('divide', 1)", [], ""),
    ],
)
def test_a_check_stands_alone_in_its_cell_and_is_run(source, tags, said):
    metadata = conftest.nbgrader("divide", grade=True, locked=True, points=2)
    graded = conftest.cell("code", source, "divide", {**metadata, "tags": tags})
    text = json.dumps(conftest.notebook(graded))
    if not said:
        refuse_ungradable(text, Path("x.ipynb"))
        return
    with pytest.raises(CourseError, match=said):
        refuse_ungradable(text, Path("x.ipynb"))


def test_a_task_that_is_graded_besides_would_count_twice_and_is_refused():
    metadata = conftest.nbgrader("essay", grade=True, solution=True, task=True, points=4)
    text = json.dumps(conftest.notebook(conftest.cell("markdown", "Why?", "essay", metadata)))
    with pytest.raises(CourseError, match="essay is a task and graded besides"):
        refuse_ungradable(text, Path("x.ipynb"))


def test_a_task_on_a_code_cell_is_named():
    metadata = conftest.nbgrader("essay", task=True, points=4)
    text = json.dumps(conftest.notebook(conftest.cell("code", "x = 1", "essay", metadata)))
    with pytest.raises(CourseError, match=r"cell 1: essay is a task, but a code cell"):
        refuse_ungradable(text, Path("x.ipynb"))
