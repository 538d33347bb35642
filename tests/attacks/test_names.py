"""Names of files in what is collected lead nowhere: not out of the course, not over another's hand-in."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.grading.handins.collecting import Fate, collect
from tests.attacks.attack import UNIT
from tests.attacks.ground import Ground, ground

NAMES = (
    f"../../../../evil/{UNIT}.ipynb",
    f"/etc/cron.d/{UNIT}.ipynb",
    f"..\\..\\evil\\{UNIT}.ipynb",
    f"aa-honest/../../source/{UNIT}/{UNIT}.ipynb",
    f"handin-{UNIT}-../../../gradebook.db.ipynb",
    f"handin-{UNIT}-$(touch evil).ipynb",
    f"handin-{UNIT}-\n.ipynb",
    f"handin-{UNIT}-.hidden.ipynb",
    f"handin-{UNIT}-{'x' * 300}.ipynb",
    f"handin-{UNIT}-ada\0.ipynb",
)


def all_files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lesson(course: Course) -> bytes:
    return course.lesson(UNIT).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_a_zip_leads_nowhere(tmp_path: Path, name: str):
    with ground(tmp_path) as made:
        handed_in = tmp_path / "handed-in.zip"
        with zipfile.ZipFile(handed_in, "w") as archive:
            archive.writestr(name, lesson(made.course))
        before = all_files(tmp_path)
        for entry in collect(made.course, [handed_in]):
            assert entry.fate in (Fate.TAKEN, Fate.OURS, Fate.REFUSED)
        new = [path for path, content in all_files(tmp_path).items() if before.get(path) != content]
        assert set(before) <= set(all_files(tmp_path))
        for path in map(Path, new):
            within = path.relative_to(made.course.root / "submitted").parts
            assert UNIT in (within[1], within[2] if within[0] == ".came-as" else ""), path


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path):
    with ground(tmp_path) as made:
        member = zipfile.ZipInfo(f"handin-{UNIT}-eve.ipynb")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(tmp_path / "handed-in.zip", "w") as archive:
            archive.writestr(member, str(made.course.source(UNIT)))
        assert [entry.fate for entry in collect(made.course, [tmp_path / "handed-in.zip"])] == [Fate.REFUSED]
        assert no_hand_in(made)


def no_hand_in(made: Ground) -> bool:
    return not list((made.course.root / "submitted").rglob("*.ipynb"))
