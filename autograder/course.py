"""course.yml as a validated model: the course, its units in order, its grading settings."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
)

from autograder.course_file import (
    Advice,
    CourseError,
    CourseFile,
    Key,
    explain,
    nearest,
    read_course_file,
    shown,
)

__all__ = ["Course", "CourseError", "Grading", "Unit", "find_course", "read_moment"]

FILE_NAME = "course.yml"
EXCHANGE = "exchange"
"""The folder of a course that is nbgrader's exchange where course.yml names none."""
TAKEN = {"source", "lessons", "solutions", "handins", "submitted", "autograded", "feedback", "work", "demo"}
TAKEN |= {EXCHANGE, "docs", "release"}  # and what `course release` makes
"""Folders of a course that hold no exercises."""
PATIENCE = 4
"""So many times as long as a cell may compute, it may take on the clock."""
CITIES = {
    "Europe/Berlin": "Munich München Hamburg Cologne Köln Frankfurt Stuttgart Leipzig Dresden",
    "Europe/Stockholm": "Gothenburg Göteborg Malmö Uppsala Lund",
    "Europe/Zurich": "Geneva Basel Bern Lausanne",
    "Europe/Rome": "Milan Turin Naples",
    "Europe/Madrid": "Barcelona Valencia Seville",
    "Europe/Paris": "Lyon Marseille Toulouse",
    "Europe/London": "Manchester Edinburgh Cambridge Oxford",
    "America/New_York": "Boston Washington Philadelphia Miami",
    "America/Los_Angeles": "San_Francisco Seattle",
    "Asia/Shanghai": "Beijing Shenzhen",
    "Asia/Kolkata": "Delhi Mumbai Bangalore",
}
"""Cities that the list of time zones does not have, by the zone whose time they keep."""


def find_course(start: Path | str | None = None) -> Course:
    """Return the course that the folder ``start`` (default: the current one) lies in.

    Raises CourseError when neither it nor a folder above holds a course.yml, or when that is not valid.
    """
    folder = Path(start or ".").resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / FILE_NAME).is_file():
            return Course.load(candidate)
    raise CourseError(
        f"{folder}: neither this folder nor one above holds a {FILE_NAME}. "
        "Next: go to the folder of the course and try again."
    )


def read_moment(text: Any) -> datetime:
    """A day, with or without a time, which is in the course's zone; a day means its last minute."""
    if not isinstance(text, str):
        raise ValueError("no date")
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M")
    except ValueError:
        return datetime.combine(datetime.strptime(text, "%Y-%m-%d"), time(23, 59))


def _time_zone(name: str) -> str:
    zones = {zone.lower(): zone for zone in available_timezones()}
    if name not in zones.values():
        city = name.rpartition("/")[2].lower()
        kept = next((zone for zone, cities in CITIES.items() if city in cities.lower().split()), None)
        meant = kept.lower() if kept else nearest(name, zones, likeness=0.8)
        raise Advice(f"write {zones[meant]}" if meant else "write for instance time_zone: Europe/Stockholm")
    return name


def _whole_number(low: int, high: int, default: int | None = None) -> Any:
    description = f"a whole number from {low} to {high}"
    if default is None:
        return Field(ge=low, le=high, description=description, examples=[90])
    return Field(default=default, ge=low, le=high, description=description, examples=[default])


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Unit(_Strict):
    """One notebook of the course. Its points stand in the notebook's nbgrader metadata, nowhere else."""

    id: str = Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        description="the name of the unit's folder and notebook, in small letters, digits and hyphens",
        examples=["01-warm-up"],
    )
    title: str = Field(min_length=1, description="a verb phrase", examples=["Divide with two neurons"])
    minutes: int = _whole_number(1, 6000)
    objectives: list[Annotated[str, Field(min_length=1, description="a sentence")]] = Field(
        min_length=1,
        description="a list of at least one sentence, each after a hyphen",
        examples=["- Find b."],
    )
    due: Annotated[datetime, BeforeValidator(read_moment)] | None = Field(
        default=None,
        description="a day, with or without a time, as 2027-02-05 or 2027-02-05 18:00, or null for none",
        examples=["2027-02-05"],
    )
    weight: int = _whole_number(0, 1000, 1)


class Grading(_Strict):
    """The limits and the late policy of grading; course.yml says what each is for."""

    cell_timeout: int = _whole_number(1, 3600, 30)
    late_penalty_per_day: int = _whole_number(0, 100, 0)
    grace_minutes: int = _whole_number(0, 1440, 0)
    counts: Literal["last", "best"] = Field(
        default="last",
        description="last or best: which of a student's hand-ins of a unit counts",
        examples=["last"],
    )
    output_lines: int = _whole_number(10, 100_000, 1000)
    output_mb: int = _whole_number(1, 20, 2)
    memory_mb: int = _whole_number(200, 1_000_000, 2000)
    cpu_seconds: int = _whole_number(1, 100_000, 600)
    file_mb: int = _whole_number(1, 100_000, 100)
    threads: int = _whole_number(1, 10_000, 256)
    gradebook: str | None = Field(
        default=None,
        pattern=r"^(sqlite|postgresql(\+\w+)?)://[^@]*(@[^@]*)?$",  # after a second @ part of a password
        description="the address of a database (in it %40 for an @ of a password), "
        "or left out for gradebook.db in the course's folder",
        examples=["postgresql+psycopg://user@host/course"],
    )

    @property
    def clock_timeout(self) -> int:
        """Seconds on the clock for a cell where a process's own time is not looked at, by nbgrader itself."""
        return PATIENCE * self.cell_timeout


class Course(_Strict):
    """A course: what course.yml says, and the folder it stands in."""

    title: str = Field(min_length=1, description="a text", examples=["Learning to divide"])
    language: str = Field(
        default="en",
        pattern=r"^en$",
        description="en, the one language that the checks speak",
        examples=["en"],
    )
    time_zone: Annotated[str, AfterValidator(_time_zone)] = Field(
        default="UTC", description="a name of the IANA time zone list", examples=["Europe/Stockholm"]
    )
    units: list[Unit] = Field(
        min_length=1, description="a list of at least one unit", examples=["- id: 01-warm-up"]
    )
    grading: Grading = Field(default=Grading(), description="the keys of the grading settings")
    exercises: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$",
        description="the name of a folder of the course with exercises of your own",
        examples=["exercises"],
    )
    exchange: str | None = Field(
        default=None,
        pattern=r"^(/[^/]+)+/?$",
        description="the whole path of a folder that teacher and students of a machine share, "
        "or left out for exchange/ in the course's folder",
        examples=["/srv/nbgrader/exchange"],
    )
    course_id: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        description="the course's name in the exchange, in letters, digits and . _ -, "
        "or left out for one made from the title",
        examples=["learning-to-divide"],
    )

    _root: Path = PrivateAttr(default=Path())

    @classmethod
    def load(cls, path: Path | str) -> Course:
        """Read a course from its folder or its course.yml.

        Raises CourseError with one message: file, line, key, what was found, what is allowed, what next.
        """
        path = Path(path).resolve()
        file = read_course_file(path / FILE_NAME if path.is_dir() else path)
        try:
            course = cls.model_validate(file.data)
        except ValidationError as error:
            raise explain(file, cls, error) from None
        zone = ZoneInfo(course.time_zone)
        units = [
            u if u.due is None else u.model_copy(update={"due": u.due.replace(tzinfo=zone)})
            for u in course.units
        ]
        course_id = course.course_id or plain_title(course.title)
        course = course.model_copy(update={"units": units, "course_id": course_id})
        course._root = file.path.parent
        _check_units(course, file)
        _check_exercises(course, file)
        _check_exchange(course, file)
        return course

    @property
    def root(self) -> Path:
        """The folder that course.yml stands in."""
        return self._root

    @property
    def is_students_copy(self) -> bool:
        """Is it what `course release` made: lessons without their sources? Some may be to come."""
        there = any(self.lesson(unit.id).is_file() for unit in self.units)
        return there and not (self.root / "source").is_dir()

    def refuse_students_copy(self) -> None:
        """Raise CourseError where this is a student's copy, of which nothing can be built."""
        if self.is_students_copy:
            raise CourseError(
                f"{self.root} holds no source/: it is a student's copy. Next: go to the course's own folder."
            )

    @property
    def exercises_folder(self) -> Path | None:
        """The folder with a teacher's own exercises, if there are any."""
        return self.root / self.exercises if self.exercises else None

    @property
    def exchange_folder(self) -> Path:
        """Where nbgrader lays out lessons and feedback for students, and they their hand-ins."""
        return Path(self.exchange) if self.exchange else self.root / EXCHANGE

    def unit(self, unit_id: str) -> Unit:
        """Return the unit called ``unit_id``; CourseError when the course has none of that name."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        names = [unit.id for unit in self.units]
        meant = nearest(unit_id, names)
        raise CourseError(
            f"The course has no unit {unit_id!r}; its units are {', '.join(names)}."
            + (f" Did you mean {meant}?" if meant else "")
        )

    def source(self, unit_id: str) -> Path:
        """The instructor's notebook of a unit."""
        return self.root / "source" / unit_id / f"{unit_id}.ipynb"

    def lesson(self, unit_id: str) -> Path:
        """The student's notebook of a unit."""
        return self.root / "lessons" / unit_id / f"{unit_id}.ipynb"

    def solution(self, unit_id: str) -> Path:
        """The solved notebook of a unit."""
        return self.root / "solutions" / unit_id / f"{unit_id}.ipynb"


def _check_units(course: Course, file: CourseFile) -> None:
    """Every unit stands once in the list and has a notebook (in a student's copy some are to come)."""
    lines: dict[str, int] = {}
    to_come = course.is_students_copy
    for index, unit in enumerate(course.units):
        key: Key = ("units", index, "id")
        found = f"found {shown(unit.id)}, "
        if unit.id in lines:
            raise file.error(
                key, found + f"which line {lines[unit.id]} names already", "each unit once", "delete one"
            )
        lines[unit.id] = file.lines[key]
        if not (to_come or course.source(unit.id).is_file() or course.lesson(unit.id).is_file()):
            there = sorted(
                p.stem for p in (course.root / "source").glob("*/*.ipynb") if p.stem == p.parent.name
            )
            meant = nearest(unit.id, there)
            raise file.error(
                key,
                found + "a unit without a notebook",
                f"a unit with a notebook in source/ ({', '.join(there) or 'there is none yet'})",
                f"write {meant}" if meant else f"make source/{unit.id}/{unit.id}.ipynb, or take the unit out",
            )


def _check_exercises(course: Course, file: CourseFile) -> None:
    """The folder is there, and no other's (a student's copy may lack it)."""
    where = course.exercises_folder
    if where is None or (where.is_dir() and where.name not in TAKEN):
        return
    if where.name in TAKEN or (course.root / "source").is_dir():
        raise file.error(
            ("exercises",),
            f"found {shown(where.name)}, " + ("a folder of no exercises" if where.is_dir() else "no folder"),
            "the name of a folder of the course with exercises of your own",
            f"make {where}, or take the line out",
        )


def _check_exchange(course: Course, file: CourseFile) -> None:
    """It is not the course's own folder or one around it: everyone may write in an exchange."""
    if course.exchange and Path(course.exchange) in (course.root, *course.root.parents):
        raise file.error(
            ("exchange",),
            f"found {shown(course.exchange)}, which holds the course",
            "a folder of its own, in which every user of the machine may write",
            "write /srv/nbgrader/exchange",
        )


def plain_title(title: str) -> str:
    """A title as the name of a folder: ``Learning to divide`` → ``learning-to-divide``."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_title.lower()).strip("-") or "course"
