"""A unit's way through a real JupyterHub, set up as docs/teaching.md says: one teacher, two students."""

from __future__ import annotations

import json
import re
import urllib.error
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.commands.build import build
from autograder.course import Course
from tests.conftest import ROOT, write_course
from tests.hub.hub import Hub, Person, hub_of

pytestmark = pytest.mark.deep
UNIT, COURSE_ID = "01-double", "a-small-course"
TEACHING = (ROOT / "docs/teaching.md").read_text(encoding="utf-8").partition("## With JupyterHub\n")[2]
EVERYONES, TEACHERS = re.findall(r"```python\n(.*?)```", TEACHING, re.DOTALL)[:2]
IN_COURSE_YML = re.findall(r"`(exchange: .*?)`", TEACHING)[0]


@dataclass
class Taught:
    hub: Hub
    teacher: Person
    ada: Person
    bo: Person

    @property
    def course(self) -> Path:
        return self.teacher.home / "course"

    def press(self, button: str) -> None:
        """A button of formgrader."""
        answer = self.teacher.ask(f"formgrader/api/assignment/{UNIT}/{button}", "POST")
        assert answer["success"], answer["error"]

    def graded(self) -> dict[str, float]:
        """What each has for the exercise, by `course grade` in a terminal; the sandbox is tried elsewhere."""
        run = self.teacher.course("grade", UNIT, "--json", "--unsafe")
        assert run.returncode == 0, run.stderr
        return {one["student"]: one["scores"]["double"]["score"] for one in json.loads(run.stdout)}

    def answer(self, student: Person, body: str) -> None:
        """Type it into the notebook that the Assignment List fetched."""
        file = f"api/contents/{UNIT}/{UNIT}.ipynb"
        model = student.ask(file)
        text = json.dumps(model["content"])
        assert "\\n    ..." in text
        content = json.loads(text.replace("\\n    ...", f"\\n    {body}"))
        student.ask(file, "PUT", type="notebook", format="json", content=content)

    def listed(self, student: Person, button: str) -> list[dict[str, Any]]:
        """Press a button of the Assignment List; what it lists then."""
        answer = student.ask(f"assignments/{button}", "POST", course_id=COURSE_ID, assignment_id=UNIT)
        assert answer["success"], answer
        return answer["value"]


@pytest.fixture(scope="module")
def taught() -> Iterator[Taught]:
    with hub_of("teacher", "ada", "bo") as hub:
        made = Taught(hub, *hub.people.values())
        exchange = hub.folder / "exchange"
        exchange.mkdir()
        exchange.chmod(0o777)

        def of_this_machine(text: str) -> str:
            for said, here in (
                ("/srv/nbgrader/exchange", exchange),
                ("/home/teacher", made.teacher.home),
                ("learning-to-divide", COURSE_ID),
            ):
                text = text.replace(said, str(here))
            return text

        (hub.settings / "nbgrader_config.py").write_text(of_this_machine(EVERYONES), encoding="utf-8")
        own = made.teacher.home / ".jupyter/nbgrader_config.py"
        own.parent.mkdir()
        own.write_text(of_this_machine(TEACHERS), encoding="utf-8")
        with (write_course(made.course) / "course.yml").open("a", encoding="utf-8") as file:
            file.write(of_this_machine(IN_COURSE_YML) + "\n")
        build(Course.load(made.course))
        made.course.chmod(0o700)
        made.teacher.owns(made.teacher.home)
        with hub.running():
            yield made


def test_a_unit_goes_out_comes_in_and_its_feedback_goes_back(taught: Taught):
    teacher, ada, bo = taught.teacher, taught.ada, taught.bo
    page = teacher.ask("formgrader/manage_assignments")
    assert "Manage Assignments" in page
    assert "warning-exchange" not in page

    taught.press("release")
    for student, body in ((ada, "return 2 * x"), (bo, "return 3 * x")):
        assert [one["status"] for one in taught.listed(student, "fetch")] == ["fetched"]
        taught.answer(student, body)
        assert "submitted" in [one["status"] for one in taught.listed(student, "submit")]

    taught.press("collect")
    assert taught.graded() == {ada.login: 2, bo.login: 0}

    taught.press("generate_feedback")
    taught.press("release_feedback")
    for student, score in ((ada, "2.0"), (bo, "0.0")):
        [submitted] = [
            one for one in taught.listed(student, "fetch_feedback") if one["status"] == "submitted"
        ]
        [once] = submitted["submissions"]
        page = student.ask(f"api/contents/{once['local_feedback_path']}/{UNIT}.html")["content"]
        assert f"(Score: {score} / 2.0)" in page

    taught.answer(bo, "return 2 * x  #")
    taught.listed(bo, "submit")
    taught.press("collect")
    assert taught.graded() == {ada.login: 2, bo.login: 2}


def test_nobody_reads_anothers_work_or_hands_in_in_anothers_name(taught: Taught):
    teacher, ada, bo = taught.teacher, taught.ada, taught.bo
    inbound = taught.hub.folder / "exchange" / COURSE_ID / "inbound"
    for place in (inbound, taught.course, bo.home):
        looked = ada.run("-c", "import os, sys; os.listdir(sys.argv[1])", str(place))
        assert "PermissionError" in looked.stderr
    with pytest.raises(urllib.error.HTTPError, match="403"):
        ada.ask("api/contents", of=teacher)

    forged = inbound / f"{bo.login}+{UNIT}+2030-01-01 12:00:00.000000 UTC+x"
    made = ada.run("-c", "import shutil, sys; shutil.copytree(*sys.argv[1:])", UNIT, str(forged))
    assert made.returncode == 0, made.stderr
    before = taught.course / "submitted" / bo.login / UNIT / "timestamp.txt"
    stamp = before.read_text(encoding="utf-8")
    collected = teacher.run("-m", "nbgrader", "collect", UNIT, "--update", cwd=taught.course)
    assert f"it is not {bo.login}'s but {ada.login}'s" in collected.stderr
    assert before.read_text(encoding="utf-8") == stamp


def test_the_doctor_finds_the_exchange_as_it_must_be(taught: Taught):
    ask = "import pathlib, sys; from autograder.grading.exchange_folder import trouble"
    found = taught.teacher.run(
        "-c",
        f"{ask}; print(trouble(*map(pathlib.Path, sys.argv[1:])))",
        str(taught.hub.folder / "exchange"),
        str(taught.course),
    )
    assert found.stdout == "None\n", found.stderr
