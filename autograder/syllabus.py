"""The page that `course lab` opens on: the course's units, how far one is in each, and where to go on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from autograder.building.canonical import KERNEL, notebook_text
from autograder.course import Course, Unit
from autograder.notebook_checks import judged_here
from autograder.own_work import newer_beside
from autograder.records import FILE_NAME, Record, read_records
from autograder.verdict import Status

PAGE = "overview.ipynb"
BAR_CELLS = 6


def write_page(course: Course) -> Path:
    """Write ``work/overview.ipynb`` for today's state of the course and the student; return its path.

    Cells that the student added to it are kept, after ours; a file that is no notebook is set aside.
    """
    work = course.root / "work"
    page = work / PAGE
    records, _ = read_records(work / FILE_NAME)
    cells = _cells(course, records)
    ours = {cell["id"] for cell in cells}
    cells += [cell for cell in _present_cells(page) if cell.get("id") not in ours]
    notebook = {"cells": cells, "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5}
    page.write_text(notebook_text(notebook), encoding="utf-8")
    return page


def _cells(course: Course, records: Mapping[str, Record]) -> list[dict[str, Any]]:
    run: dict[str, Any] = {
        "cell_type": "code",
        "id": "your-progress",
        "metadata": {},
        "source": "from autograder import progress\n\nprogress()",
        "execution_count": None,
        "outputs": [],
    }
    return [
        _markdown("syllabus", _syllabus(course, records)),
        _markdown(
            "your-progress-text",
            "## How far you are\n\nEvery exercise, as of now: run the cell below with Shift + Enter.",
        ),
        run,
        _markdown("objectives", _objectives(course)),
    ]


def _markdown(cell_id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source}


def _syllabus(course: Course, records: Mapping[str, Record]) -> str:
    exercises = judged_here(course)
    states = {
        unit.id: _state(exercises[unit.id], records) if _is_there(course, unit) else ""
        for unit in course.units
    }
    rows = [
        f"| {_name(course, unit)} | {unit.minutes} min | {states[unit.id]} | {_due(unit)} |"
        for unit in course.units
    ]
    return "\n".join(
        [
            f"# {course.title}",
            "",
            _next_step(course, exercises, records),
            "",
            "| unit | takes about | your exercises | due |",
            "|---|---|---|---|",
            *rows,
            "",
            *_newer(course),
            'Stuck? In a cell of your own, `hint("…")` gives the next hint of an exercise and '
            '`solution("…")` one way to solve it.' + _further_reading(course),
            "",
            "This page is made anew each time `course lab` starts. Cells that you add to it stay.",
        ]
    )


def _name(course: Course, unit: Unit) -> str:
    number = unit.id.split("-")[0]
    label = f"{number} · {unit.title}" if number.isdigit() else unit.title
    return f"[{label}]({unit.id}/{unit.id}.ipynb)" if _is_there(course, unit) else f"{label} (to come)"


def _is_there(course: Course, unit: Unit) -> bool:
    return (course.root / "work" / unit.id / f"{unit.id}.ipynb").is_file()


def _newer(course: Course) -> list[str]:
    """The newer lessons that lie beside the student's, which no output of a terminal tells for long."""
    work = course.root / "work"
    links = [
        f"[{path.stem}]({quote(path.relative_to(work).as_posix())})"
        for unit in course.units
        for path in newer_beside(work / unit.id / f"{unit.id}.ipynb")
    ]
    if not links:
        return []
    return [
        f"Newer than yours, and beside them: {', '.join(links)}. Go on in whichever you like: when you hand "
        "in, you are asked which one counts.",
        "",
    ]


def _state(exercises: Sequence[str], records: Mapping[str, Record]) -> str:
    if not exercises:
        return "to read"
    right = _right(exercises, records)
    filled = round(BAR_CELLS * right / len(exercises))
    return f"{'█' * filled}{'░' * (BAR_CELLS - filled)} {right} of {len(exercises)} right"


def _right(exercises: Sequence[str], records: Mapping[str, Record]) -> int:
    return sum(records.get(name, Record()).status is Status.RIGHT for name in exercises)


def _due(unit: Unit) -> str:
    return "" if unit.due is None else f"{unit.due:%Y-%m-%d %H:%M}"


def _next_step(course: Course, exercises: Mapping[str, Sequence[str]], records: Mapping[str, Record]) -> str:
    for unit in course.units:
        if _right(exercises[unit.id], records) < len(exercises[unit.id]):
            begun = any(name in records for name in exercises[unit.id])
            return f"**{'Go on with' if begun else 'Begin with'}** {_name(course, unit)}."
    if not all(_is_there(course, unit) for unit in course.units):
        return "You have solved every exercise that is here so far; more units are to come."
    return "You have solved every exercise of this course. What will you build next?"


def _objectives(course: Course) -> str:
    lines = ["## What you will be able to do"]
    for unit in course.units:
        lines += ["", f"**{unit.title}**", "", *(f"- {objective}" for objective in unit.objectives)]
    return "\n".join(lines)


def _further_reading(course: Course) -> str:
    there = [name for name in ("glossary", "bibliography") if (course.root / "work" / f"{name}.md").is_file()]
    if not there:
        return ""
    return f" Words and books: {' and '.join(f'[{name}]({name}.md)' for name in there)}."


def _present_cells(page: Path) -> list[dict[str, Any]]:
    try:
        return list(json.loads(page.read_text(encoding="utf-8"))["cells"])
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError):
        page.replace(page.with_name("overview (damaged).ipynb"))
        return []
