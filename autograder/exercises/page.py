"""``python -m autograder.exercises.page`` writes docs/misconceptions.md: every mistake that has a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.exercise import Exercise, Mistake
from autograder.exercises import OPTIONAL, exercise, packaged
from autograder.kinds.universal_mistakes import UNIVERSAL
from autograder.notebook_checks import by_unit

PATH = Path(__file__).parents[2] / "docs/misconceptions.md"

HEAD = """\
# Mistakes that have a name

Generated from the catalogue by `make docs`; do not edit. {distinct} mistakes in {exercises} exercises.
Some of them may be found in any exercise whose answer is a function; they stand first.

A check that finds one of these says so, with what it looks like and a hint. The name is the verdict's
`misconception`. A mistake that several exercises share in the same words stands once, at the first of them.
Every one has wrong answers among the tests that must be called by its name (`make mutants`).
"""


EVERYWHERE = "any exercise"
TABLE = "| name | what the answer does | why it is tempting | how it shows | hint |\n|---|---|---|---|---|"


def sections() -> dict[str, tuple[str, ...]]:
    """The exercises by unit, in the order in which they are met, and then those beside the course."""
    units = {
        unit: tuple(name for name in checks if name in packaged())
        for unit, checks in by_unit(Course.load(PATH.parents[1])).items()
    }
    return {**units, "Beside the course, for PyTorch or JAX": OPTIONAL}


def page() -> str:
    """The catalogue in Markdown: what may be found anywhere, then unit by unit."""
    owners = shared()
    parts = [HEAD.format(distinct=len(owners), exercises=sum(map(len, sections().values())))]
    parts.append("\n".join(["## In any exercise\n", TABLE, *(_row(m, []) for m in UNIVERSAL)]) + "\n")
    for heading, ids in sections().items():
        parts.append(f"## {heading}\n")
        parts += [_section(exercise(i), owners) for i in ids]
    return "\n".join(parts)


def shared() -> dict[tuple[str, str], list[str]]:
    """The exercises of every mistake, by its name and hint: the same in several exercises counts once."""
    found: dict[tuple[str, str], list[str]] = {(m.id, m.hint): [EVERYWHERE] for m in UNIVERSAL}
    for ids in sections().values():
        for exercise_id in ids:
            for m in exercise(exercise_id).mistakes:
                found.setdefault((m.id, m.hint), []).append(exercise_id)
    return found


def _section(wanted: Exercise[Any], owners: dict[tuple[str, str], list[str]]) -> str:
    own = [m for m in wanted.mistakes if owners[m.id, m.hint][0] == wanted.id]
    borrowed = [
        f"`{m.id}` ({owners[m.id, m.hint][0]})"
        for m in wanted.mistakes
        if owners[m.id, m.hint][0] != wanted.id
    ]
    text = f"### {wanted.id}\n\n{wanted.title}: the answer `{wanted.answer}`.\n"
    if own:
        rows = [_row(m, owners[m.id, m.hint][1:]) for m in own]
        text += "\n" + "\n".join([TABLE, *rows]) + "\n"
    return text + (f"\nAs elsewhere: {', '.join(borrowed)}.\n" if borrowed else "")


def _row(m: Mistake[Any], others: list[str]) -> str:
    also = f" (also in {', '.join(others)})" if others else ""
    cells = [f"`{m.id}`", f"{m.did}{also}", m.tempting, m.shows, m.hint]
    return "| " + " | ".join(_cell(c) for c in cells) + " |"


def _cell(text: str) -> str:
    """Text as Markdown has it inside a table: no bar ends a cell, no star makes anything lean."""
    for sign in "|*_":
        text = text if text.startswith("`") else text.replace(sign, f"\\{sign}")
    return text


if __name__ == "__main__":
    PATH.write_text(page(), encoding="utf-8")
    print(f"{PATH.name}: {len(shared())} mistakes")
