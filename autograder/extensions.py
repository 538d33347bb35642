"""Who has longer for a unit, and until when: ``extensions.csv`` of the course, which a teacher may edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from autograder.course_file import CourseError, nearest
from autograder.tables import as_csv, read_table
from autograder.whole_files import write_whole

if TYPE_CHECKING:
    from autograder.course import Course

FILE_NAME = "extensions.csv"
COLUMNS = ("student", "unit", "until")
AS_WRITTEN = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class Extensions:
    """By student and unit; times are in the course's zone."""

    given: Mapping[tuple[str, str], datetime] = field(default_factory=dict)

    @classmethod
    def load(cls, course: Course) -> Extensions:
        """None where there is no file. Raises CourseError, which names the line."""
        from autograder.course import read_moment

        path = course.root / FILE_NAME
        if not path.exists():
            return cls()
        table, zone = read_table(path), ZoneInfo(course.time_zone)
        columns = [table.column([name]) for name in COLUMNS]
        if "" in columns:
            raise CourseError(
                f"{path}, line 1: there is no column {COLUMNS[columns.index('')]}. "
                f"Next: let the first line be {','.join(COLUMNS)}"
            )
        units = [unit.id for unit in course.units]
        given: dict[tuple[str, str], datetime] = {}
        for line, row in table.rows:
            student, unit, until = (row[column] for column in columns)
            where = f"{path}, line {line}"
            if unit not in units:
                meant = nearest(unit, units)
                advice = f" Did you mean {meant}?" if meant else f" Its units are {', '.join(units)}."
                raise CourseError(f"{where}: the course has no unit {unit!r}.{advice}")
            try:
                moment = read_moment(until).replace(tzinfo=zone)
            except ValueError:
                raise CourseError(
                    f"{where}: {until!r} is no date. Next: write it as 2027-02-21 or 2027-02-21 18:00."
                ) from None
            if not student or given.setdefault((student, unit), moment) != moment:
                said = f"{student} has another extension of {unit} above" if student else "whose is it?"
                raise CourseError(f"{where}: {said}. Next: leave one line for each student and unit.")
        return cls(given)

    def until(self, student: str, unit: str) -> datetime | None:
        return self.given.get((student, unit))

    def changed(self, student: str, unit: str, until: datetime | None) -> Extensions:
        """With another date for one student and unit; with none, without it."""
        others = {key: moment for key, moment in self.given.items() if key != (student, unit)}
        return Extensions(others if until is None else {**others, (student, unit): until})

    def save(self, folder: Path) -> None:
        """Write the file in one piece, unit by unit."""
        ordered = sorted(self.given.items(), key=lambda item: item[0][::-1])
        rows = [(student, unit, f"{until:{AS_WRITTEN}}") for (student, unit), until in ordered]
        write_whole(folder / FILE_NAME, as_csv([COLUMNS, *rows]))
