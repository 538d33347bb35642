"""The tasks of one unit, made from its hand-ins as they are needed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from autograder.grading.engine.best import Counting
from autograder.grading.engine.task import Task
from autograder.grading.handins import beside
from autograder.grading.handins.beside import Files
from autograder.grading.handins.handin import read_one
from autograder.grading.handins.history import Kept, read_kept
from autograder.grading.run.settings import Settings

if TYPE_CHECKING:
    from autograder.course import Course

MOST_KEPT = 50_000_000
"""Bytes of hand-ins that are kept from the first look to their turn: a class of hundreds of honest ones."""


class Tasks:
    """Makes the tasks of one unit from its hand-ins, and tells their keys and the modules that they need.

    A hand-in is read once, as long as there is room to keep it until it is graded; else once more by then.
    """

    def __init__(
        self,
        course: Course,
        unit_id: str,
        lesson: str,
        settings: Settings,
        tests: dict[str, str],
        files: Files,
        code: Files,
    ) -> None:
        self._submitted, self._unit = course.root / "submitted", unit_id
        self._given = course.source(unit_id).parent
        self._lesson, self._settings, self._tests, self._files = lesson, settings, tests, files
        self._code = code
        self._kept: dict[str, Task] = {}
        self._room = MOST_KEPT
        self.again: dict[str, Kept] = {}
        """Hand-ins that were kept aside, by their labels: each is a task, too."""
        self.keys: dict[str, str] = {}
        self.modules: dict[str, tuple[str, ...]] = {}

    def untried(self, counting: Counting) -> list[str]:
        """The labels of the hand-ins whose points must be known, and are not."""
        for kept in counting.to_try():
            self.again[kept.label] = kept
        new = [label for label, kept in self.again.items() if not counting.is_known(kept, self.look(label))]
        for label in self.again.keys() - set(new):
            self.drop(label)
        return new

    def look(self, student: str) -> str:
        """Read a hand-in, and keep it where there is room; return its key."""
        task = self._read(student)
        self.modules[student] = task.likely_modules
        if task.handin.size <= self._room:
            self._room -= task.handin.size
            self._kept[student] = task
        return self.keys[student]

    def drop(self, student: str) -> None:
        """It need not be graded."""
        if task := self._kept.pop(student, None):
            self._room += task.handin.size

    def take(self, student: str) -> Task:
        """The task of a hand-in, which is kept no longer."""
        task = self._kept.get(student) or self._read(student)
        self.drop(student)
        return task

    def _read(self, student: str) -> Task:
        most = min(beside.MOST_BYTES, self._settings.limits.file_bytes)
        if kept := self.again.get(student):
            own = read_kept(kept, self._given, most)
        else:
            own = read_one(self._submitted, student, self._unit, self._given, most)
        files = own.files.under(self._files) if own.files.contents else self._files
        common = (self._unit, student, self._lesson, self._settings)
        task = Task(*common, own, self._tests, files, self._code)
        self.keys[student] = replace(task, student=kept.student).key if kept else task.key
        return task
