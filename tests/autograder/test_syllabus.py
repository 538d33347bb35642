"""The page that `course lab` opens on shows the course, one's progress and the way on; notes on it stay."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from autograder.commands.lab import lay_out
from autograder.course import Course
from autograder.notebook_checks import by_unit
from autograder.records import FILE_NAME, Record, _save
from autograder.syllabus import PAGE, write_page
from autograder.verdict import Status
from tests.conftest import cell, nbgrader, notebook

ROOT = Path(__file__).parents[2]
UNITS = by_unit(Course.load(ROOT))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """The real course.yml over lessons of nothing but their checks."""
    (tmp_path / "course.yml").write_text((ROOT / "course.yml").read_text(encoding="utf-8"), encoding="utf-8")
    for unit in Course.load(ROOT).units:
        lesson = tmp_path / "lessons" / unit.id / f"{unit.id}.ipynb"
        lesson.parent.mkdir(parents=True)
        checks = [cell("code", f'check("{e}", …)', e, nbgrader(e, grade=True)) for e in UNITS[unit.id]]
        lesson.write_text(json.dumps(notebook(*checks)), encoding="utf-8")
    return Course.load(tmp_path)


def page(course: Course) -> nbformat.NotebookNode:
    return nbformat.read(course.root / "work" / PAGE, as_version=4)


def syllabus(course: Course) -> str:
    return page(course).cells[0].source


def solve(course: Course, *exercises: str) -> None:
    done = {exercise: Record(Status.RIGHT, 1.0, 1) for exercise in exercises}
    _save(course.root / "work" / FILE_NAME, done)


def test_the_page_links_every_unit_with_its_time_and_due_date(course: Course) -> None:
    lay_out(course)
    nbformat.validate(page(course))
    for unit in course.units:
        [row] = [line for line in syllabus(course).splitlines() if f"({unit.id}/{unit.id}.ipynb) |" in line]
        assert unit.title in row
        assert f"{unit.minutes} min" in row
        assert unit.due is None or f"{unit.due:%Y-%m-%d %H:%M}" in row
        assert all(objective in page(course).cells[-1].source for objective in unit.objectives)


def test_a_newcomer_is_sent_to_the_first_unit_and_others_to_where_they_are(course: Course) -> None:
    first, second = course.units[:2]
    lay_out(course)
    assert f"**Begin with** [01 · {first.title}]" in syllabus(course)
    solve(course, UNITS[first.id][0])
    lay_out(course)
    assert f"**Go on with** [01 · {first.title}]" in syllabus(course)
    assert f"1 of {len(UNITS[first.id])} right" in syllabus(course)
    solve(course, *UNITS[first.id])
    lay_out(course)
    assert f"**Begin with** [02 · {second.title}]" in syllabus(course)


def test_at_the_end_nothing_is_left_to_begin(course: Course) -> None:
    lay_out(course)
    solve(course, *(exercise for unit in course.units for exercise in UNITS[unit.id]))
    write_page(course)
    assert "You have solved every exercise" in syllabus(course)


def test_cells_of_ones_own_stay_on_the_page(course: Course) -> None:
    lay_out(course)
    notebook = page(course)
    notebook.cells[0].source = "spoilt"
    notebook.cells.append(nbformat.v4.new_markdown_cell("my notes"))
    nbformat.write(notebook, course.root / "work" / PAGE)
    lay_out(course)
    lay_out(course)
    assert syllabus(course).startswith(f"# {course.title}")
    assert [cell.source for cell in page(course).cells].count("my notes") == 1


def test_a_damaged_page_is_set_aside(course: Course) -> None:
    lay_out(course)
    (course.root / "work" / PAGE).write_text("half a page")
    lay_out(course)
    assert (course.root / "work" / "overview (damaged).ipynb").read_text() == "half a page"
    assert syllabus(course).startswith(f"# {course.title}")


def test_glossary_and_bibliography_lie_beside_the_lessons_and_are_linked(course: Course) -> None:
    lay_out(course)
    assert "glossary" not in syllabus(course)
    (course.root / "docs").mkdir()
    (course.root / "docs" / "glossary.md").write_text("neuron")
    lay_out(course)
    assert (course.root / "work" / "glossary.md").read_text() == "neuron"
    assert "[glossary](glossary.md)" in syllabus(course)
