"""Hand-ins that have the same rare things in them, as pairs for a person to read.

It is no finding about anybody: who learned together, or from the same page, writes alike, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.grading.notebooks.graded_cells import answer_cells

if TYPE_CHECKING:
    from nbformat.notebooknode import NotebookNode

    from autograder.course import Course
    from autograder.grading.results import Result

NUMBER = re.compile(r"(?<![\w.])\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?")
ODD_DIGITS = 3
"""A number with fewer digits that count is anybody's."""
RARE = 3
"""What more students than these have is no sign of anything."""
NUMBERS_COUNT, SLIPS_COUNT = 2, 1
"""How much it counts that two have the same odd number, or made the same slip."""
FEWEST, MOST = 4, 20
"""A pair is shown from so much on, and so many pairs."""


@dataclass(frozen=True)
class Pair:
    """Two students, and what only they, or one more, have."""

    students: tuple[str, str]
    shared: tuple[str, ...]


def pairs_alike(course: Course, results: Mapping[str, Sequence[Result]]) -> list[Pair]:
    """Of the whole term, those with most in common first. Cost grows with what is rare, not with pairs."""
    having: dict[tuple[int, str], set[str]] = defaultdict(set)
    for unit, found in results.items():
        given = _numbers(_text(course, unit))
        for result in found:
            for slip in _slips(result):
                having[SLIPS_COUNT, slip].add(result.student)
            for number in _odd_numbers(course, result, given):
                having[NUMBERS_COUNT, number].add(result.student)
    return paired(having)


def paired(having: Mapping[tuple[int, str], Iterable[str]]) -> list[Pair]:
    """Pairs of those who have the same rare things; ``having`` says how much each counts, and whose."""
    shared: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for what, students in having.items():
        if 2 <= len(who := sorted(students)) <= RARE:
            for one, other in combinations(who, 2):
                shared[one, other].append(what)
    sums = {two: sum(counts for counts, _ in what) for two, what in shared.items()}
    most = sorted((two for two in shared if sums[two] >= FEWEST), key=lambda two: (-sums[two], two))
    return [Pair(two, tuple(said for _, said in sorted(shared[two]))) for two in most[:MOST]]


def _slips(result: Result) -> Iterator[str]:
    """A named mistake, with the points that were left: two with both made the same one."""
    for exercise, kind in result.misconceptions.items():
        score = result.scores.get(exercise, (None, 0))[0]
        yield f"{result.unit}, {exercise}: {kind}, {0 if score is None else score:g} points"


def _odd_numbers(course: Course, result: Result, given: set[str]) -> Iterator[str]:
    """Numbers of many digits in the answers that neither lesson nor solution has."""
    page = course.root / "autograded" / result.student / result.unit / f"{result.unit}.ipynb"
    for exercise, cell in answer_cells(_read(page)).items():
        if cell.cell_type == "code":
            for number in sorted(_numbers(cell.source) - given):
                yield f"{result.unit}, {exercise}: {number}"


def _numbers(text: str) -> set[str]:
    """Those with digits enough to be odd; 1_000.50 is 1000.50."""
    found = {number.replace("_", "") for number in NUMBER.findall(text)}
    return {n for n in found if len(re.split("[eE]", n)[0].replace(".", "").strip("0")) >= ODD_DIGITS}


def _text(course: Course, unit: str) -> str:
    """All that the class was given to read, and the solution."""
    paths = (path for path in (course.source(unit), course.lesson(unit)) if path.is_file())
    return "\n".join(cell.source for path in paths for cell in _read(path).cells)


def _read(path: Path) -> NotebookNode:
    import nbformat

    return nbformat.read(path, as_version=4)
