"""nbgrader's exchange on one machine: from release to feedback, and what may stand in its way."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from traitlets.config import Config

from autograder.commands.feedback import feedback
from autograder.course import Course
from autograder.grading import Outcome, grade_unit
from autograder.grading.nbgrader_inside import at_work, course_directory, read_config

UNIT, COURSE_ID = "01-double", "a-small-course"
NEVER_READ = "what only the teacher may read"


class Class:
    """A course that has been released; what formgrader's buttons do, and what its students do."""

    def __init__(self, root: Path) -> None:
        self.course, self.home = Course.load(root), root.parent
        self.exchange = self.course.exchange_folder
        self.inbound = self.exchange / COURSE_ID / "inbound"

    def formgrader(self) -> NbGraderAPI:
        config = read_config(self.course)
        return NbGraderAPI(course_directory(self.course, config), config=config)

    def press(self, button: str) -> str:
        """One of formgrader's buttons of the unit; its log."""
        with at_work():
            result = getattr(self.formgrader(), button)(UNIT)
        assert result["success"], result
        return result["log"]

    def student(self, name: str, step: str) -> Any:
        """A step of the exchange as the assignment list takes it for a student, who has no course.yml."""
        config = Config()
        config.Exchange.root, config.Exchange.cache = str(self.exchange), str(self.home / name / "cache")
        config.CourseDirectory.course_id, config.CourseDirectory.student_id = COURSE_ID, name
        (self.home / name).mkdir(exist_ok=True)
        with chdir(self.home / name), at_work():
            folder = CourseDirectory(config=config, assignment_id=UNIT)
            known = {"coursedir": folder, "authenticator": Authenticator(config=config), "config": config}
            getattr(ExchangeFactory(config=config), step)(**known).start()

    def hand_in(self, name: str, body: str) -> Path:
        """Fetch it, unless that is done, answer it and hand it in; where it lies in the exchange."""
        notebook = self.home / name / UNIT / f"{UNIT}.ipynb"
        if not notebook.exists():
            self.student(name, "FetchAssignment")
        text = self.course.lesson(UNIT).read_text(encoding="utf-8")
        assert '"    ..."' in text
        notebook.write_text(text.replace('"    ..."', f'"    {body}"'), encoding="utf-8")
        before = set(self.inbound.iterdir())
        self.student(name, "Submit")
        [new] = set(self.inbound.iterdir()) - before
        return new

    def grade(self) -> dict[str, float]:
        """What each has for the exercise."""
        graded = grade_unit(self.course, UNIT, unsafe=True, jobs=1)
        assert {result.status for result in graded} <= {Outcome.GRADED, Outcome.BROKEN}
        return {result.student: result.scores["double"][0] for result in graded}

    def pages(self, name: str) -> list[Path]:
        """The feedback that a student can fetch, the oldest first."""
        self.student(name, "FetchFeedback")
        return sorted((self.home / name / UNIT / "feedback").glob("*/*.html"))


@pytest.fixture
def released(built_course: Path) -> Class:
    made = Class(built_course)
    made.press("release_assignment")
    return made


def test_a_hand_in_goes_through_the_exchange_and_its_feedback_comes_back_each_time(released: Class):
    released.hand_in("ada", "return 3 * x")
    released.hand_in("bo", "return 2 * x")
    released.press("collect")
    assert released.grade() == {"ada": 0, "bo": 2}
    feedback(released.course, UNIT)
    released.press("release_feedback")
    assert len(released.pages("ada")) == len(released.pages("bo")) == 1

    released.hand_in("ada", "return 2 * x")
    again = released.hand_in("bo", "return 2 * x")  # the same once more: nothing to run, but another hand-in
    released.press("collect")
    assert released.grade() == {"ada": 2, "bo": 2}
    stamp = again.name.split("+")[2]
    with at_work():
        submissions = {one["student"]: one for one in released.formgrader().get_submissions(UNIT)}
    assert {one["autograded"] for one in submissions.values()} == {True}
    assert submissions["bo"]["timestamp"] in (None, stamp[:-4].replace(" ", "T"))
    released.press("generate_feedback")
    released.press("release_feedback")
    for name in ("ada", "bo"):
        first, second = released.pages(name)
        assert "Score: 2.0" in second.read_text(encoding="utf-8")
        assert first.parent.name < second.parent.name
    assert released.pages("bo")[1].parent.name == stamp
