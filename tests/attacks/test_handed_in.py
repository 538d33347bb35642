"""Whatever one hands in, `course collect` goes on, and the work of others stays what and where it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.grading.handins.collecting import Fate, collect
from tests.attacks.attack import UNIT
from tests.attacks.ground import ROOT
from tests.attacks.handed_in import ADA, HANDED_IN, HER_OWN, MALLORY, NOTEBOOK, REFUSED, HandedIn
from tests.grading.hosts import run_on

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="NOT TESTED: pipes and links are made otherwise."
)
HONEST = ("aa", ADA, "bo", "zz")
COURSE = f"title: A course\nunits:\n  - {{id: {UNIT}, title: Divide, minutes: 5, objectives: [Divide.]}}\n"
SECONDS = 5
"""Of processor time that collecting an attack may take."""
WRITTEN = 50_000_000
"""Bytes that it may leave in submitted/, with all that is kept aside."""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    root = tmp_path / "course"
    shutil.copytree(ROOT / "lessons" / UNIT, root / "lessons" / UNIT)
    (root / "course.yml").write_text(COURSE)
    return Course.load(root)


def honest(course: Course, student: str) -> bytes:
    return course.lesson(UNIT).read_bytes().rstrip() + b"\n" * (1 + HONEST.index(student))


def lay_honest(course: Course, inbox: Path) -> None:
    for student in HONEST:
        (inbox / student).mkdir(parents=True)
        (inbox / student / NOTEBOOK).write_bytes(honest(course, student))
        os.utime(inbox / student / NOTEBOOK, (1_700_000_000, 1_700_000_000))  # long before the attack


@pytest.fixture(autouse=True)
def deep_folders_go(tmp_path: Path) -> Iterator[None]:
    """pytest would stumble over what it could not name."""
    yield
    subprocess.run(["chmod", "-R", "u+rwX", "--", str(tmp_path)], check=False, capture_output=True)
    subprocess.run(["rm", "-rf", "--", str(tmp_path)], check=True)


@pytest.mark.parametrize("way", ["beside the others", "a day later", "a day later, each file by itself"])
@pytest.mark.parametrize("attack", HANDED_IN, ids=lambda attack: attack.name)
def test_what_one_hands_in_costs_nobody_else_anything(
    course: Course, tmp_path: Path, attack: HandedIn, way: str
):
    inbox = tmp_path / "inbox"
    lay_honest(course, inbox)
    if way != "beside the others":
        collect(course, [inbox])
        inbox = tmp_path / "later"
        inbox.mkdir()
    attack.lay(inbox)
    alone = [path for path in sorted(inbox.iterdir()) if not path.is_dir()]
    began = time.process_time()
    entries = collect(course, alone if "itself" in way else [inbox])
    assert time.process_time() - began < SECONDS
    for student in HONEST:
        assert (course.root / "submitted" / student / UNIT / NOTEBOOK).read_bytes() == honest(course, student)
    there = {path.name for path in (course.root / "submitted").iterdir() if path.name[0] != "."}
    assert there - {MALLORY} == set(HONEST)
    written = (path.stat().st_size for path in (course.root / "submitted").rglob("*") if path.is_file())
    assert sum(written) < WRITTEN
    ours = [entry for entry in entries if entry.where not in {f"{student}/{NOTEBOOK}" for student in HONEST}]
    assert len(ours) <= attack.lines, [entry.note for entry in ours]
    for entry in ours:
        end = REFUSED if entry.fate is Fate.REFUSED else HER_OWN
        assert (end in attack.ends) and entry.student == (MALLORY if end == HER_OWN else ""), entry
        assert bool(entry.note) or end == HER_OWN
        assert "\n" not in entry.note and len(entry.where) + len(entry.note) < 500


def test_there_are_attacks_enough_and_each_has_a_name_of_its_own():
    assert len({attack.name for attack in HANDED_IN}) == len(HANDED_IN) >= 30


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED: another user is made otherwise there.")
def test_what_may_not_be_read_is_a_line_for_an_ordinary_user():
    program = f"""
        import tempfile
        from pathlib import Path
        from autograder.course import Course
        from autograder.grading.handins.collecting import collect
        from tests.attacks.handed_in import HANDED_IN

        root = Path(tempfile.mkdtemp())
        (root / "lessons" / "{UNIT}").mkdir(parents=True)
        (root / "lessons" / "{UNIT}" / "{NOTEBOOK}").touch()
        (root / "course.yml").write_text({COURSE!r})
        inbox = root / "inbox"
        inbox.mkdir()
        for attack in HANDED_IN:
            if attack.name.startswith("forbidden"):
                attack.lay(inbox)
        for entry in collect(Course.load(root), [inbox]):
            print(entry.where, entry.note)
    """
    done = run_on(("ordinary user",), program)
    assert done.stdout.splitlines() == [
        "mallory this folder cannot be read: permission denied",
        "mallory.zip mallory.zip cannot be read: permission denied",
    ], done.stderr
