"""`course report`: how the class did, as a page with bars and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.card import AMBER, GREEN, SLATE, VERMILION, escaped
from autograder.commands.showing import number, print_table
from autograder.course_file import CourseError
from autograder.grading.class_report import BINS, ClassReport, ExerciseReport, class_report

if TYPE_CHECKING:
    from autograder.course import Course

FOLDER = "report"

_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 62em; margin: 2em auto; padding: 0 1em }}
table {{ border-collapse: collapse; width: 100%; margin: .5em 0 1.5em }}
th, td {{ text-align: left; padding: .25em .8em .25em 0; vertical-align: top; border-bottom: 1px solid #ddd }}
td.n {{ text-align: right; font-variant-numeric: tabular-nums; width: 4em }}
.bar {{ display: flex; height: 1.1em; background: #eee; border-radius: 3px; min-width: 12em }}
.bar span {{ display: block }}
code {{ background: #eee; padding: 0 .3em; border-radius: 3px }}
</style></head><body>
{body}
</body></html>
"""


def reports(course: Course, unit_id: str | None) -> list[ClassReport]:
    """The report of one unit, or of each that somebody is graded in. Raises CourseError where nobody is."""
    if unit_id:
        return [class_report(course, course.unit(unit_id).id)]
    graded = [unit.id for unit in course.units if any((course.root / "autograded").glob(f"[!.]*/{unit.id}"))]
    if not graded:
        raise CourseError("Nobody is graded yet. Next: course grade")
    return [class_report(course, unit) for unit in graded]


def write_page(course: Course, report: ClassReport) -> Path:
    """Write ``report/<unit>.html`` and return its path."""
    path = course.root / FOLDER / f"{report.unit}.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(as_html(report), encoding="utf-8")
    return path


def show(report: ClassReport) -> None:
    """The same on the terminal."""
    rows = [
        [e.name, number(e.points), _share(e.right, e), str(e.partly), str(e.wrong), str(e.waiting), _most(e)]
        for e in report.exercises
    ]
    columns = ["exercise", "points", "right", "partly", "wrong", "waiting", "most frequent mistake"]
    print_table(f"{report.unit}: {_summary(report)}", columns, rows, whole=1)


def as_html(report: ClassReport) -> str:
    """The page: the distribution of scores, each exercise, each mistake with its count."""
    title = f"{report.unit}: {report.title}"
    body = [f"<h1>{escaped(title)}</h1><p>{escaped(_summary(report))}</p>"]
    body += ["<h2>Scores</h2>", _distribution(report)]
    body += ["<h2>Exercises</h2>", _exercises(report)]
    body += ["<h2>Mistakes</h2>", _mistakes(report)]
    return _PAGE.format(title=escaped(title), body="\n".join(body))


def _summary(report: ClassReport) -> str:
    statuses = ", ".join(f"{count} {status}" for status, count in report.statuses.items())
    if report.mean is None or report.median is None:
        return f"{report.students} hand-ins ({statuses})"
    late = f", {report.late} with a late penalty" if report.late else ""
    return (
        f"{report.students} hand-ins ({statuses}{late}); of {number(report.points)} points "
        f"{number(report.mean)} on average, {number(report.median)} in the middle"
    )


def _distribution(report: ClassReport) -> str:
    most = max(report.distribution) or 1
    rows = []
    for place, count in enumerate(report.distribution):
        low, high = (report.points * step / BINS for step in (place, place + 1))
        name = number(report.points) if place == BINS else f"{number(low)} to below {number(high)}"
        rows.append((name, count, _bar([(count / most, SLATE)])))
    return _table(("points", "hand-ins", ""), rows)


def _exercises(report: ClassReport) -> str:
    rows = []
    for e in report.exercises:
        total = e.right + e.partly + e.wrong + e.waiting or 1
        bar = _bar([(e.right / total, GREEN), (e.partly / total, AMBER), (e.wrong / total, VERMILION)])
        words = f"{e.right} right, {e.partly} partly, {e.wrong} wrong, {e.waiting} waiting"
        rows.append((f"<code>{escaped(e.name)}</code>", _share(e.right, e), f"{bar}{words}"))
    return _table(("exercise", "right", ""), rows)


def _mistakes(report: ClassReport) -> str:
    rows = [
        (f"<code>{escaped(e.name)}</code>", len(m.students), _mistake(m.id, m.did, m.students))
        for e in report.exercises
        for m in e.mistakes
    ]
    return (
        _table(("exercise", "how many", "what"), rows) if rows else "<p>No mistake with a name was made.</p>"
    )


def _mistake(kind: str, did: str, students: Sequence[str]) -> str:
    return f"<strong>{escaped(kind)}</strong> {escaped(did)}<br><small>{escaped(', '.join(students))}</small>"


def _table(columns: Sequence[str], rows: Sequence[tuple[str, object, str]]) -> str:
    head = "".join(f"<th>{escaped(column)}</th>" for column in columns)
    lines = [
        f'<tr><td>{name}</td><td class="n">{value}</td><td>{rest}</td></tr>' for name, value, rest in rows
    ]
    return f"<table><tr>{head}</tr>{''.join(lines)}</table>"


def _bar(parts: Sequence[tuple[float, str]]) -> str:
    """Parts of a whole, side by side; the numbers stand beside it in words."""
    spans = "".join(
        f'<span style="width:{100 * share:.1f}%;background:{colour}"></span>' for share, colour in parts
    )
    return f'<div class="bar" aria-hidden="true">{spans}</div>'


def _share(right: int, exercise: ExerciseReport) -> str:
    given = exercise.right + exercise.partly + exercise.wrong
    return f"{100 * right / given:.0f} %" if given else "–"


def _most(exercise: ExerciseReport) -> str:
    if not exercise.mistakes:
        return ""
    first = exercise.mistakes[0]
    return f"{first.id} ({len(first.students)})"
