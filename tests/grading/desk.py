"""A teacher's desk: hand-ins are entered as if they had been run to their end, and marked by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

from autograder.course import Course
from autograder.grading import Outcome, Result
from autograder.grading.gradebook import gradebook
from autograder.grading.gradebook.gradebook import gradebook_of
from autograder.grading.gradebook.journal import Journal
from autograder.grading.gradebook.writer import Writer
from autograder.grading.handins.intake import parse, repair
from autograder.grading.nbgrader_inside import at_work, read_config
from autograder.grading.notebooks.facts import facts_of, other_cells
from autograder.grading.notebooks.graded_cells import type_in, ungraded_page
from autograder.grading.results import Facts, Graded
from tests.grading.parity_class import IN_TIME, UNIT, Change, make_course

CONFIG = Path(__file__).parents[2] / "nbgrader_config.py"


class Desk:
    """A course of the unit with every kind of cell, its lesson, and what a teacher does with its hand-ins."""

    def __init__(self, root: Path) -> None:
        make_course(root, CONFIG)
        self.course = Course.load(root)
        self.lesson = self.register()

    def copied(self, root: Path) -> Desk:
        """The same desk elsewhere."""
        copy = Desk.__new__(Desk)
        copy.course = Course.load(Path(shutil.copytree(self.course.root, root)))
        copy.lesson = deepcopy(self.lesson)
        return copy

    def register(self) -> NotebookNode:
        with at_work() as log:
            config, scratch = read_config(self.course), self.course.root / ".lessons"
            return gradebook.register(self.course, UNIT, config, scratch, log).lesson

    def settings(self, before: str, after: str) -> None:
        """Change course.yml."""
        path = self.course.root / "course.yml"
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
        self.course = Course.load(self.course.root)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        with at_work():
            config, scratch = read_config(self.course), self.course.root / ".scratch"
            with Writer(self.course, UNIT, config, self.lesson, scratch) as writer:
                yield writer

    def hand_in(
        self,
        answers: Mapping[str, str],
        *changes: Change,
        student: str = "ada",
        timestamp: str = IN_TIME,
        status: Outcome = Outcome.GRADED,
    ) -> Result:
        """Enter a hand-in; one of another status has a page without answers and every exercise open."""
        notebook = type_in(self.lesson, answers)
        for change in changes:
            change(notebook)
        page, _ = repair(parse(nbformat.writes(notebook).encode()), self.lesson)
        facts = facts_of(page, self.lesson, {})
        left_open: tuple[str, ...] = ()
        if status is not Outcome.GRADED:
            page, left_open = ungraded_page(self.lesson, "no reason"), tuple(self.grades(student))
            facts = Facts(cells=other_cells(page, {}))
        graded = Graded(student, status, "", (), nbformat.writes(page), {}, left_open, facts=facts)
        journal = Journal(self.course.root, UNIT)
        with self.writer() as writer:
            journal.forget(student)
            result, noted = writer.enter(graded, timestamp)
            journal.note("a key", noted)
        return result

    def looked_up(self, student: str = "ada", timestamp: str = IN_TIME) -> Result | None:
        """The result of a run that finds the hand-in unchanged."""
        noted = Journal(self.course.root, UNIT).recall(student, "a key")
        with self.writer() as writer:
            return writer.still_there(noted, timestamp) if noted else None

    @contextmanager
    def gradebook(self) -> Iterator[Any]:
        with at_work(), gradebook_of(self.course) as book:
            yield book
            book.db.commit()

    def mark(
        self, exercise: str, score: float | None, extra: float | None = None, student: str = "ada"
    ) -> None:
        """As formgrader's address /formgrader/api/grade/ID does."""
        with self.gradebook() as book:
            grade = book.find_grade(exercise, UNIT, UNIT, student)
            grade.manual_score, grade.extra_credit = score, extra
            grade.needs_manual_grade = score is None and grade.auto_score is None

    def grades(self, student: str = "ada") -> dict[str, Any]:
        """What formgrader has of each exercise."""
        with self.gradebook() as book:
            return {
                grade.name: grade.to_dict()
                for grade in book.find_submission(UNIT, student).notebooks[0].grades
            }
