"""The term in exercises: how difficult each was, what it told apart, and which mistakes stay or go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from autograder.course_file import CourseError
from autograder.grading.gradebook.alike import Pair, pairs_alike
from autograder.grading.gradebook.class_report import graded_results
from autograder.grading.handins.submitted import graded_pages
from autograder.own_exercises import look_in

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.grading.results import Result

FEW = 10
"""Fewer answers say nothing about an exercise."""
HARD, EASY = 0.3, 0.9
"""Shares of the points: an exercise below the one is hard, above the other it is easy."""
HARDLY, WELL = 0.2, 0.4
"""Correlations: below the one, an exercise hardly tells strong work from weak; above the other, well."""


@dataclass(frozen=True)
class Item:
    """One exercise. ``difficulty`` is the mean share of its points.

    ``discrimination`` is the point-biserial correlation, corrected: of the share reached here with the share
    that the same students reached in all other exercises; None where that says nothing.
    """

    unit: str
    exercise: str
    answers: int
    difficulty: float
    discrimination: float | None

    @property
    def said(self) -> str:
        """Both in words."""
        if self.answers < FEW:
            return "too few answers to say"
        middling = "easy" if self.difficulty > EASY else "neither hard nor easy"
        hard = "hard" if self.difficulty < HARD else middling
        if self.discrimination is None:
            return f"{hard}; all did alike, here or elsewhere"
        if self.discrimination < 0:
            return f"{hard}; those who do well elsewhere do worse here: read the exercise and its check"
        if self.discrimination < HARDLY:
            return f"{hard}; hardly tells strong work from weak"
        return f"{hard}; tells strong work from weak" + (" well" if self.discrimination >= WELL else "")


@dataclass(frozen=True)
class MistakeOverTime:
    """How many showed a mistake, by unit."""

    id: str
    students: Mapping[str, int]


@dataclass(frozen=True)
class TermReport:
    """All units that somebody is graded in."""

    title: str
    hand_ins: Mapping[str, int]  # by unit
    items: tuple[Item, ...]
    mistakes: tuple[MistakeOverTime, ...]
    alike: tuple[Pair, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data for programs."""
        items = [{**asdict(item), "said": item.said} for item in self.items]
        return {**asdict(self), "items": items}


def term_report(course: Course) -> TermReport:
    """Raises CourseError where nobody is graded."""
    look_in(course.exercises_folder)
    graded = [unit.id for unit in course.units if graded_pages(course.root, unit.id)]
    if not graded:
        raise CourseError("Nobody is graded yet. Next: course grade")
    results = {unit: graded_results(course, unit) for unit in graded}
    return TermReport(
        title=course.title,
        hand_ins={unit: len(found) for unit, found in results.items()},
        items=tuple(items(results)),
        mistakes=tuple(mistakes(results)),
        alike=tuple(pairs_alike(course, results)),
    )


def items(results: Mapping[str, Sequence[Result]]) -> list[Item]:
    """Each exercise of the term that has points and a mark."""
    shares: dict[tuple[str, str], dict[str, float]] = {}
    for unit, found in results.items():
        for result in found:
            for name, (score, points) in result.scores.items():
                if points and score is not None and name not in result.waiting:
                    shares.setdefault((unit, name), {})[result.student] = score / points
    sums: dict[str, tuple[float, int]] = {}
    for of_item in shares.values():
        for student, share in of_item.items():
            total, count = sums.get(student, (0.0, 0))
            sums[student] = total + share, count + 1
    made = []
    for (unit, name), of_item in shares.items():
        elsewhere = {
            student: (sums[student][0] - share) / (sums[student][1] - 1)
            for student, share in of_item.items()
            if sums[student][1] > 1
        }
        here = [of_item[student] for student in elsewhere]
        mean = sum(of_item.values()) / len(of_item)
        made.append(Item(unit, name, len(of_item), mean, _correlation(here, list(elsewhere.values()))))
    return made


def mistakes(results: Mapping[str, Sequence[Result]]) -> list[MistakeOverTime]:
    """Those that more than one student showed, the most frequent first."""
    who: dict[str, dict[str, set[str]]] = {}
    for unit, found in results.items():
        for result in found:
            for kind in result.misconceptions.values():
                who.setdefault(kind, {}).setdefault(unit, set()).add(result.student)
    counted = [MistakeOverTime(k, {u: len(s) for u, s in units.items()}) for k, units in who.items()]
    shown = [mistake for mistake in counted if sum(mistake.students.values()) > 1]
    return sorted(shown, key=lambda mistake: (-sum(mistake.students.values()), mistake.id))


def _correlation(here: Sequence[float], elsewhere: Sequence[float]) -> float | None:
    from statistics import StatisticsError, correlation

    if len(here) < FEW:
        return None
    try:
        return correlation(here, elsewhere)
    except StatisticsError:  # one of them is constant
        return None
