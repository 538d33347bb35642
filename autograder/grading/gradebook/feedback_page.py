"""The top of a feedback page: whose it is, when it came, and the points by the lesson's headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.building.canonical import read_notebook
from autograder.course import Course
from autograder.course_file import CourseError
from autograder.grading.gradebook.gradebook import is_marked, scores_in

if TYPE_CHECKING:
    from nbgrader.api import SubmittedNotebook

WAITS = "waits for your teacher"
OLDER = "may change: your answer is newer than this mark"
_HEADING = re.compile(r"^#{1,6} +(.+?)[ #]*$", re.MULTILINE)
_FENCED = re.compile(r"^(```+|~~~+).*?(^\1|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One graded cell in the overview; ``said`` where its points are not the last word."""

    id: str
    title: str
    points: str
    said: str
    comment: bool


class Overview(NbGraderPreprocessor):
    """Gives the page's template ``resources["feedback"]``; its cells have their grades by now."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        graded = resources["nbgrader"]
        unit, student = graded["assignment"], graded["student"]
        course = Course.load(self.config.CourseDirectory.root)
        titles = headings(course, unit)
        with Gradebook(graded["db_url"]) as gradebook:
            entered = gradebook.find_submission_notebook(unit, unit, student)
            said = {name: f"{points}, {why}" if why else points for name, points, why in _points(entered)}
            for cell in nb.cells:
                if about := cell.metadata.get("nbgrader"):
                    about["title"] = titles.get(about["grade_id"], about["grade_id"])
                    about["said"] = said.get(about["grade_id"])
            lines = _lines(entered, nb, titles)
            penalty = entered.late_submission_penalty or 0.0
            resources["feedback"] = {
                "course": course.title,
                "language": course.language,
                "unit": next((one.title for one in course.units if one.id == unit), unit),
                "student": name_of(entered.student),
                "times": _times(entered.assignment, ZoneInfo(course.time_zone), graded["lateness"]),
                "lines": lines,
                "waiting": sum(line.said == WAITS for line in lines),
                "total": _number(max(0.0, entered.score - penalty)),
                "most": _number(entered.max_score),
                "penalty": _number(penalty),
            }
        return nb, resources


def headings(course: Course, unit_id: str) -> dict[str, str]:
    """The lesson's heading above each graded cell: what a student knows the exercise by.

    Where several share one, each has its own name behind it.
    """
    found: dict[str, str] = {}
    heading = ""
    try:
        cells = read_notebook(course.lesson(unit_id))["cells"]
    except CourseError:  # the lesson is not here any more
        return found
    for cell in cells:
        if cell["cell_type"] == "markdown":
            heading = next(reversed(_HEADING.findall(_FENCED.sub("", cell["source"]))), heading)
        about = cell["metadata"].get("nbgrader", {})
        if heading and (about.get("grade") or about.get("task")):
            found[about["grade_id"]] = heading.replace("`", "")
    shared = Counter(found.values())
    return {name: title if shared[title] == 1 else f"{title}: {name}" for name, title in found.items()}


def name_of(student: Any) -> str:
    """The name of nbgrader's Student as people write it; the id of one who has none."""
    return " ".join(filter(None, (student.first_name, student.last_name))) or student.id


def _points(entered: SubmittedNotebook) -> list[tuple[str, str, str]]:
    """Of each graded cell its name, its points, and why these are not the last word."""
    scores, _ = scores_in(entered)
    asked = {grade.name: is_marked(grade) for grade in entered.grades if grade.needs_manual_grade}
    found = []
    for name, (score, most) in scores.items():
        why = "" if name not in asked else OLDER if asked[name] and score is not None else WAITS
        shown = "–" if score is None or why == WAITS else _number(score)
        found.append((name, f"{shown} of {_number(most)} points", why))
    return found


def _lines(entered: SubmittedNotebook, nb: NotebookNode, titles: dict[str, str]) -> list[Line]:
    """The overview, in the order of the page."""
    points = {name: (shown, why) for name, shown, why in _points(entered)}
    about = [cell.metadata.nbgrader for cell in nb.cells if "nbgrader" in cell.metadata]
    commented = {one.grade_id for one in about if one.get("comment")}
    order = [one.grade_id for one in about if one.grade_id in points]
    return [
        Line(
            name,
            titles.get(name, name),
            points[name][0].removesuffix(" points"),
            points[name][1],
            bool({name, f"{name}-answer"} & commented),
        )
        for name in dict.fromkeys([*order, *points])
    ]


def _times(submission: Any, zone: ZoneInfo, lateness: str) -> list[tuple[str, str]]:
    """When it was handed in and when it was due, in the course's zone, as far as that is known."""
    late = f" ({lateness})" if lateness else ""
    told = [("Handed in", submission.timestamp, late), ("Due", submission.duedate, "")]
    return [(what, _written(when, zone) + more) for what, when, more in told if when is not None]


def _number(points: float) -> str:
    return f"{round(points, 2):g}"


def _written(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.replace(tzinfo=UTC).astimezone(zone)  # the gradebook keeps UTC
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M %Z}"
