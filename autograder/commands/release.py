"""`course release`: the zip for students, with the lessons and what it takes to run them."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from autograder.building.packing import LOCK, REQUIREMENTS, files_in, lock, wheel, zipped
from autograder.commands.build import build
from autograder.commands.lab import REFERENCES
from autograder.commands.showing import Step
from autograder.course_file import CourseError
from autograder.own_exercises import folders_for_students, ids, load, look_in
from autograder.whole_files import write_whole
from autograder.wording import counted

if TYPE_CHECKING:
    from autograder.course import Course

FOLDER = "release"
_TEMPLATES = Path(__file__).parents[1] / "templates"


@dataclass(frozen=True)
class Released:
    """The zip, the units in it, those that are to come, and those whose lesson the last zip had otherwise.

    ``exercises`` are the teacher's own in it, ``kept`` those that are judged when they are handed in.
    """

    path: Path
    size: int
    units: tuple[str, ...]
    to_come: tuple[str, ...]
    changed: tuple[str, ...]
    exercises: tuple[str, ...]
    kept: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "path": str(self.path)}


def release(course: Course, units: Sequence[str] | None = None, on_progress: Step | None = None) -> Released:
    """Write the zip with the lessons of these units, or of all: the same bytes for the same course.

    Raises CourseError, with nothing written, where the lessons are not what source/ gives, or where what
    students get cannot be used by itself.
    """
    from autograder.course import plain_title

    course.refuse_students_copy()
    named = [course.unit(unit).id for unit in units or ()]
    chosen = [unit.id for unit in course.units if not named or unit.id in named]
    _refuse_stale(course, chosen, on_progress)
    own = folders_for_students(course)
    name = plain_title(course.title)[:60].strip("-")
    files = _files(course, chosen, own, name)
    _open_once(course, files)
    path = course.root / FOLDER / f"{name}.zip"
    before = _lessons_in(path, name)
    content = zipped({f"{name}/{place}": one for place, one in files.items()})
    write_whole(path, content)
    given = tuple(folder.name.replace("_", "-") for folder in own)
    return Released(
        path=path,
        size=len(content),
        units=tuple(chosen),
        to_come=tuple(unit.id for unit in course.units if unit.id not in chosen),
        changed=tuple(u for u in chosen if u in before and before[u] != course.lesson(u).read_bytes()),
        exercises=given,
        kept=tuple(one for one in ids() if one not in given),
    )


def as_text(released: Released) -> list[str]:
    """What a teacher is told."""
    what = counted(len(released.units), "unit")
    if released.exercises:
        what += f", {counted(len(released.exercises), 'exercise')} of your own"
    lines = [f"Wrote {released.path} ({released.size / 1e6:.1f} MB): {what}."]
    if released.kept:
        lines.append(f"Judged when handed in, and not in there: {', '.join(released.kept)}.")
    if released.to_come:
        lines.append(f"To come: {', '.join(released.to_come)}.")
    if released.changed:
        lines.append(
            f"Other than in the last one: {', '.join(released.changed)}. "
            "Students who have begun get the newer lesson beside theirs."
        )
    return [*lines, "Next: give it to your students. Its README.md says how they begin."]


def _refuse_stale(course: Course, units: list[str], on_progress: Step | None) -> None:
    stale = build(course, units, check=True, solutions=False, on_progress=on_progress).differences
    if stale:
        more = f", and so on for {len(stale) - 1} more" if len(stale) > 1 else ""
        raise CourseError(f"lessons/ is not what source/ gives: {stale[0]}{more}. Next: course build")


def _files(course: Course, units: list[str], own: list[Path], zip_name: str) -> dict[str, bytes]:
    """What students get, by its place in their folder."""
    text = (_TEMPLATES / FOLDER / "README.md").read_text("utf-8")
    for word, meant in (("UNIT", units[0]), ("NAME", zip_name), ("TITLE", course.title)):
        text = text.replace(word, meant)
    files = course_files(course, units, own)
    name, content = wheel(files)
    needed = f"--constraint {LOCK}\n./{name}\n"
    return {**files, name: content, REQUIREMENTS: needed.encode(), "README.md": text.encode()}


def course_files(course: Course, units: list[str], own: list[Path]) -> dict[str, bytes]:
    """The course as students get it, in the zip and in its wheel; the one list of it."""
    files = {"course.yml": _course_file(course), LOCK: lock()}
    files["nbgrader_config.py"] = (_TEMPLATES / "course" / "nbgrader_config.py").read_bytes()
    for unit in units:
        files |= _placed(f"lessons/{unit}", course.lesson(unit).parent)
    for folder in own:
        files |= _placed(f"{course.exercises}/{folder.name}", folder)
    for page in REFERENCES:
        if (path := course.root / "docs" / page).is_file():
            files[f"docs/{page}"] = path.read_bytes()
    return files


def _placed(where: str, folder: Path) -> dict[str, bytes]:
    return {f"{where}/{name}": content for name, content in files_in(folder).items()}


def _course_file(course: Course) -> bytes:
    """course.yml without the gradebook's address."""
    from ruamel.yaml import YAML

    content = (course.root / "course.yml").read_bytes()
    if course.grading.gradebook is None:
        return content
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = yaml.load(content.decode())
    del data["grading"]["gradebook"]
    if not data["grading"]:
        del data["grading"]
    text = StringIO()
    yaml.dump(data, text)
    return text.getvalue().encode()


def _open_once(course: Course, files: Mapping[str, bytes]) -> None:
    """Read what students get as their machine will. Raises CourseError where that cannot be done."""
    from autograder.course import Course

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for place, content in files.items():
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        try:
            look_in(Course.load(folder).exercises_folder)
            for exercise_id in ids():
                load(exercise_id)
        except CourseError as error:
            said = str(error).replace(f"{folder}{os.sep}", "")
            raise CourseError(
                f"What students get does not work without what they do not get: {said}"
            ) from None
        finally:
            look_in(course.exercises_folder)


def _lessons_in(path: Path, name: str) -> dict[str, bytes]:
    """The lessons of the last zip by their units, none where there is no such zip."""
    try:
        with zipfile.ZipFile(path) as last:
            lessons = [PurePosixPath(one) for one in last.namelist() if one.startswith(f"{name}/lessons/")]
            return {
                one.stem: last.read(str(one)) for one in lessons if one.name == f"{one.parent.name}.ipynb"
            }
    except (OSError, zipfile.BadZipFile):
        return {}
