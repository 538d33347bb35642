"""`course report --term`: exercises and mistakes of the whole term, on the terminal and as a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.card import escaped
from autograder.commands.report import FOLDER
from autograder.commands.report_page import page
from autograder.commands.showing import print_lines, print_table
from autograder.grading.gradebook.term_report import Item, TermReport
from autograder.roster import Roster

if TYPE_CHECKING:
    from autograder.course import Course

ITEMS = ("unit", "exercise", "answers", "points reached", "correlation", "in words")
EXPLAINED = (
    "The correlation is that of the points reached here with what the same students reached in all others "
    "(point-biserial, corrected): near 1 where those who do well elsewhere do well here, too."
)
NO_FINDING = (
    "What only these two have, or one more. It is no finding about anybody: those who learned together, or "
    "from the same page, write alike, too. Read both before you make anything of it."
)


def show_term(course: Course, report: TermReport) -> None:
    """On the terminal."""
    for title, heads, rows in _tables(course, report):
        if rows:
            print_table(title, heads, rows)
    if report.alike:
        print_lines(NO_FINDING, "")


def write_term_page(course: Course, report: TermReport) -> Path:
    """Write ``report/term.html`` and return its path."""
    body = [f"<h1>{escaped(report.title)}: the term</h1>"]
    notes = {"Exercises": EXPLAINED, "Alike": NO_FINDING}
    for title, heads, rows in _tables(course, report):
        body += [f"<h2>{title}</h2>", f"<p>{notes[title]}</p>" if title in notes else ""]
        body.append(_table(heads, rows) if rows else "<p>None.</p>")
    path = course.root / FOLDER / "term.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(page(f"{report.title}: the term", "\n".join(body)), encoding="utf-8")
    return path


def _tables(course: Course, report: TermReport) -> list[tuple[str, Sequence[str], list[list[str]]]]:
    """Title, headings and rows of each part."""
    roster, units = Roster.load(course.root), list(report.hand_ins)
    mistakes = [[m.id, *(str(m.students.get(unit) or "–") for unit in units)] for m in report.mistakes]
    counts = [f"{unit},\nof {number} hand-ins" for unit, number in report.hand_ins.items()]
    alike = [
        [" and ".join(map(roster.shown, pair.students)), "; ".join(pair.shared)] for pair in report.alike
    ]
    return [
        ("Exercises", ITEMS, [_row(item) for item in report.items]),
        ("Mistakes over time", ["mistake", *counts], mistakes),
        ("Alike", ["two to read side by side", "what they have in common"], alike),
    ]


def _row(item: Item) -> list[str]:
    known = "–" if item.discrimination is None else f"{item.discrimination:.2f}"
    return [item.unit, item.exercise, str(item.answers), f"{100 * item.difficulty:.0f} %", known, item.said]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escaped(text)}</th>' for text in heads)
    lines = ("".join(f"<td>{escaped(text)}</td>" for text in row) for row in rows)
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
