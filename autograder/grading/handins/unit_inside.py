"""Which unit a notebook is of, where no name says it: that whose graded cells it has."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from autograder.grading.handins.intake import BrokenHandin, parse, read_bytes
from autograder.grading.notebooks.graded_cells import grading_metadata

if TYPE_CHECKING:
    from autograder.course import Course


class Units:
    """The graded cells of each unit, read when they are first asked for."""

    def __init__(self, course: Course) -> None:
        self._course = course

    def of(self, notebook: bytes) -> str:
        """The one unit that shares most of its cells' names; "" for none, or several."""
        names = _names(notebook)
        shared = {unit: len(names & cells) for unit, cells in self._cells.items()}
        most = max(shared.values(), default=0)
        units = [unit for unit, count in shared.items() if count == most > 0]
        return units[0] if len(units) == 1 else ""

    @cached_property
    def _cells(self) -> dict[str, set[str]]:
        lessons = {unit.id: self._course.lesson(unit.id) for unit in self._course.units}
        return {unit: _names(read_bytes(path)) for unit, path in lessons.items() if path.is_file()}


def _names(notebook: bytes) -> set[str]:
    try:
        cells = parse(notebook).cells
    except BrokenHandin:
        return set()
    return {name for cell in cells if isinstance(name := grading_metadata(cell).get("grade_id"), str)}
