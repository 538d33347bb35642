"""A class of six in a course of one unit, quickly graded; and all that grading left of it, as plain data.

Inputs are drawn anew in each run, so what is compared of a notebook is what does not depend on them.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from ruamel.yaml import YAML

from autograder.course import Course
from autograder.grading import Result
from autograder.grading.handins.sample_class import OWN, Sample, read_class
from autograder.grading.notebooks.points import verdict_of

ROOT = Path(__file__).parents[2]
UNIT = "02-divide-by-hand"
SETTINGS = {"cell_timeout": 5, "late_penalty_per_day": 10}
IN_TIME, LATE = "2027-02-01 12:00:00 UTC", "2027-02-22 12:00:00 UTC"
"""The unit is due on 2027-02-19; the second is three days begun after it."""
SLEEP = [(OWN, "import time\ntime.sleep(600)")]


@cache
def samples() -> dict[str, Sample]:
    """Those of the sample class that are used here, by student."""
    return {s.student: s for s in read_class(ROOT / "tests" / "class") if s.unit == UNIT}


def the_class() -> dict[str, tuple[Sample, str]]:
    """What each student hands in, and when: right, wrong and late, begun, crashing, sleeping, torn."""
    known = samples()
    asleep = replace(known["student-01"], answers=[*known["student-01"].answers[:1], *SLEEP])
    return {
        "ada": (known["student-01"], IN_TIME),
        "bo": (known["student-06"], LATE),
        "cy": (known["student-08"], IN_TIME),
        "dee": (known["student-09"], IN_TIME),
        "eve": (asleep, LATE),
        "fay": (known["student-12"], IN_TIME),
    }


def make_course(folder: Path, students: Iterable[str] = (), **settings: Any) -> Course:
    """The course with the unit, and with the hand-ins of these students."""
    for kind in ("source", "lessons"):
        shutil.copytree(ROOT / kind / UNIT, folder / kind / UNIT)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    content = YAML().load((ROOT / "course.yml").read_text(encoding="utf-8"))
    content["units"] = [unit for unit in content["units"] if unit["id"] == UNIT]
    content["grading"].update(SETTINGS, **settings)
    with (folder / "course.yml").open("w", encoding="utf-8") as file:
        YAML().dump(content, file)
    course = Course.load(folder)
    known = the_class()
    for student in students:
        hand_in(course, student, *known[student])
    return course


def hand_in(course: Course, student: str, sample: Sample, timestamp: str = IN_TIME) -> Path:
    """Put a hand-in in its place, as `course collect` does."""
    path = course.root / "submitted" / student / UNIT / f"{UNIT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sample.notebook(nbformat.read(course.lesson(UNIT), as_version=4)))
    (path.parent / "timestamp.txt").write_text(timestamp, encoding="utf-8")
    return path


def by_student(results: Iterable[Result]) -> dict[str, Result]:
    return {result.student: result for result in results}


def left_by_grading(course: Course) -> dict[str, Any]:
    """All rows of the gradebook, the graded notebooks and what was noted of each."""
    return {
        "gradebook": gradebook_rows(course.root / "gradebook.db"),
        "pages": {
            path.parents[1].name: page(path) for path in course.root.glob(f"autograded/*/{UNIT}/*.ipynb")
        },
        "notes": {path.stem: _note(path) for path in course.root.glob(f".grading/{UNIT}/*.json")},
        "others": sorted(p.name for p in course.root.glob("autograded/.grading-*")),
    }


def gradebook_rows(path: Path) -> list[str]:
    """Every row of every table, in order. An id is drawn by chance: what it points to stands in its place."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')] for name in names}
        points_to = {
            name: {
                row["from"]: row["table"] for row in database.execute(f'PRAGMA foreign_key_list("{name}")')
            }
            for name in names
        }
    by_id = {name: {row.get("id"): row for row in rows} for name, rows in tables.items()}

    def plain(table: str, row: dict[str, Any]) -> dict[str, Any]:
        shown = {}
        for column, value in row.items():
            other = points_to[table].get(column)
            if other and value is not None and value in by_id[other]:
                shown[column] = plain(other, by_id[other][value])
            elif column != "id" or table in ("student", "course"):
                shown[column] = value
        return {"table": table, **shown}

    rows = (plain(table, row) for table, rows in tables.items() for row in rows)
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def page(path: Path) -> list[Any]:
    """The cells of a graded notebook: text, and of the outputs points, verdict and errors."""
    return [
        [cell.source, *(_shown(cell) if cell.cell_type == "code" else [])]
        for cell in nbformat.read(path, as_version=4).cells
    ]


def _shown(cell: Any) -> list[Any]:
    shown: list[Any] = [o.data["text/html"] for o in cell.outputs if o.output_type == "execute_result"]
    shown += [[o.ename, o.evalue] for o in cell.outputs if o.output_type == "error"]
    if "nbgrader" in cell.metadata and (verdict := verdict_of(cell)):
        shown.append({name: verdict.get(name) for name in ("exercise", "status", "score", "misconception")})
    return shown


def _note(path: Path) -> dict[str, Any]:
    return {name: value for name, value in json.loads(path.read_text()).items() if name != "key"}
