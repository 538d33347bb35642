"""What students get: all that they need, nothing that they must not have, the same bytes each time."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import nbformat
import pytest

from autograder import own_exercises
from autograder.building import packing
from autograder.commands import given
from autograder.commands import release as releasing
from autograder.commands.build import build
from autograder.commands.given import begin, older_checks, take_in
from autograder.commands.lab import lay_out
from autograder.commands.new import new_exercise, new_unit
from autograder.commands.release import as_text, release
from autograder.commands.submit import submit
from autograder.course import Course, CourseError
from autograder.grading.notebooks.graded_cells import type_in
from autograder.own_exercises import folders_for_students
from tests.conftest import cell, nbgrader, notebook, write_notebook

ROOT = Path(__file__).parents[2]
TEMPLATE = Path(own_exercises.__file__).with_name("templates") / "elementwise"
UNIT, LATER = "01-double", "02-later"
LATER_YML = f"  - {{id: {LATER}, title: Do more, minutes: 10, objectives: [Do more.]}}\n"
GRADING_YML = "grading:\n  gradebook: postgresql+psycopg://me@host.example/db\n"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Other tests look for exercises where they did."""
    before = own_exercises._chosen
    yield
    own_exercises._chosen = before


def exercise_cells(name: str) -> list[dict]:
    function = name.replace("-", "_")
    answer = nbgrader(f"{name}-answer", solution=True)
    return [
        cell("code", f"def {function}(x):\n    ...", f"{name}-answer", answer),
        cell("code", f'check("{name}", {function})', name, nbgrader(name, grade=True, locked=True, points=2)),
    ]


@pytest.fixture
def course(small_course: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Two units; in the first an exercise that students get, and one that is judged when it is handed in.

    Around them lies what a teacher's folder collects. Its lessons are written by hand, not built.
    """
    monkeypatch.setattr(releasing, "_refuse_stale", lambda *_: None)
    monkeypatch.setattr(own_exercises, "_chosen", None)
    imports = cell("code", "from autograder import check", "set-up")
    cells = [imports, *exercise_cells("my-exercise"), *exercise_cells("secret")]
    for folder in ("lessons", "source", "solutions"):
        write_notebook(small_course / folder / UNIT / f"{UNIT}.ipynb", notebook(*cells))
        write_notebook(small_course / folder / LATER / f"{LATER}.ipynb", notebook(imports))
    own = small_course / "exercises"
    shutil.copytree(TEMPLATE, own, ignore=shutil.ignore_patterns("__pycache__", "answer.py"))
    kept = Path(shutil.copytree(own / "my_exercise", own / "secret")) / "exercise.py"
    text = kept.read_text("utf-8").replace("when_handed_in=False", "when_handed_in=True")
    kept.write_text(text.replace('"my-exercise"', '"secret"').replace("my_exercise", "secret"), "utf-8")
    path = small_course / "course.yml"
    path.write_text(f"exercises: exercises\n{path.read_text('utf-8')}{LATER_YML}{GRADING_YML}", "utf-8")
    for name in ("lessons/01-double/data/a.csv", "docs/glossary.md"):
        (small_course / name).parent.mkdir(parents=True, exist_ok=True)
        (small_course / name).write_text("1,2\n", "utf-8")
    private = ("gradebook.db", "submitted/ada/x.ipynb", "lessons/01-double/.ipynb_checkpoints/x.ipynb")
    for name in (*private, "lessons/01-double/__pycache__/x.pyc", "exercises/my_exercise/__pycache__/x.pyc"):
        (small_course / name).parent.mkdir(parents=True, exist_ok=True)
        (small_course / name).write_text("private", "utf-8")
    return Course.load(small_course)


def contents(path: Path) -> dict[str, bytes]:
    """What is in a zip, by its names below the one folder."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert {PurePosixPath(name).parts[0] for name in names} == {path.stem}
        return {name.partition("/")[2]: archive.read(name) for name in names}


def students(path: Path, folder: Path) -> Course:
    """The course as a student unpacks it."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return Course.load(folder / path.stem)


def test_the_zip_holds_what_a_student_needs_and_nothing_else(course: Course):
    released = release(course)
    found = contents(released.path)
    [wheel] = [name for name in found if name.endswith(".whl")]
    exercise = {f"exercises/my_exercise/{part}.py" for part in ("exercise", "mistakes", "probe")}
    assert found.keys() == exercise | {
        *("README.md", "course.yml", "nbgrader_config.py", "requirements.lock", "requirements.txt", wheel),
        *(f"lessons/{unit}/{unit}.ipynb" for unit in (UNIT, LATER)),
        *("lessons/01-double/data/a.csv", "docs/glossary.md"),
    }
    assert found["requirements.txt"].decode().splitlines() == ["--constraint requirements.lock", f"./{wheel}"]
    assert b"host.example" not in found["course.yml"]
    page = found["README.md"].decode()
    assert page.startswith("# A small course\n")
    assert f"course submit {UNIT}`" in page
    assert "--from ~/Downloads/a-small-course.zip" in page
    assert (released.path.name, released.exercises, released.kept) == (
        "a-small-course.zip",
        ("my-exercise",),
        ("secret",),
    )
    assert "not in there: secret" in "\n".join(as_text(released))


def test_the_same_course_gives_the_same_bytes(course: Course):
    first = release(course).path.read_bytes()
    for path in course.root.rglob("*.py"):
        path.touch()
    assert release(course).path.read_bytes() == first
    assert [path.name for path in (course.root / "release").iterdir()] == ["a-small-course.zip"]


def test_a_lesson_that_is_another_than_in_the_last_zip_is_named(course: Course):
    assert release(course).changed == ()
    course.lesson(LATER).write_bytes(course.lesson(LATER).read_bytes() + b"\n")
    released = release(course)
    assert released.changed == (LATER,)
    assert f"Other than in the last one: {LATER}." in "\n".join(as_text(released))


def test_units_that_are_not_released_are_to_come(course: Course, tmp_path: Path):
    released = release(course, [UNIT])
    assert (released.units, released.to_come) == ((UNIT,), (LATER,))
    theirs = students(released.path, tmp_path)
    assert lay_out(theirs) == [f"{UNIT} is new in work/."]
    page = (theirs.root / "work" / "overview.ipynb").read_text("utf-8")
    assert "02 · Do more (to come) | 10 min |  |" in page
    with pytest.raises(CourseError, match=f"{LATER} is to come"):
        submit(theirs, LATER, "ada")
    with pytest.raises(CourseError, match="Did you mean 01-double"):
        release(course, ["01-duble"])


def test_an_exercise_that_needs_what_students_do_not_get_is_refused(course: Course):
    (course.root / "exercises" / "shared.py").write_text("CORNER = 0\n", "utf-8")
    probe = course.root / "exercises" / "my_exercise" / "probe.py"
    text = probe.read_text("utf-8")
    probe.write_text(f"{text}from autograder.exercises.shared import CORNER\n", "utf-8")
    where = rf"do not get: exercises/my_exercise/probe\.py, line {text.count(chr(10)) + 1}: "
    with pytest.raises(CourseError, match=where) as told:
        release(course)
    assert "No module named 'autograder.exercises.shared'" in str(told.value)
    assert not (course.root / "release").exists()


def test_lessons_that_are_not_what_source_gives_are_refused(built_course: Path):
    course = Course.load(built_course)
    lesson = course.lesson(UNIT)
    assert UNIT in release(course).units
    lesson.write_text(lesson.read_text("utf-8").replace("# Double a number", "# Treble a number"), "utf-8")
    with pytest.raises(CourseError, match=r"lessons/01-double/01-double\.ipynb is not what source/ gives"):
        release(course)


def test_nothing_is_made_of_a_students_copy(course: Course, tmp_path: Path):
    theirs = students(release(course).path, tmp_path)
    for make in (
        lambda: release(theirs),
        lambda: build(theirs),
        lambda: new_unit(theirs, "03-mine"),
        lambda: new_exercise(theirs, "mine", "elementwise", UNIT),
    ):
        with pytest.raises(CourseError, match="is a student's copy"):
            make()
    assert not (theirs.root / "source").exists()


def test_the_wheel_is_whole_and_its_version_follows_its_content():
    brought = {"course.yml": b"title: x", "lessons/a/a.ipynb": b"{}"}
    name, content = packing.wheel(brought)
    assert packing.wheel(brought) == (name, content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    about = f"{name.removesuffix('-py3-none-any.whl')}.dist-info"
    version = about.removesuffix(".dist-info").partition("-")[2]
    assert f"\nVersion: {version}\n" in files[f"{about}/METADATA"].decode()
    assert b"course = autograder.cli:app" in files[f"{about}/entry_points.txt"]
    assert {f"{about}/licenses/{one}" for one in ("LICENSE", "LICENSE-text")} <= files.keys()
    listed = {path: digest for path, digest, _ in csv.reader(files[f"{about}/RECORD"].decode().splitlines())}
    assert listed.keys() == files.keys()
    for path, digest in listed.items():
        found = base64.urlsafe_b64encode(hashlib.sha256(files[path]).digest()).decode().rstrip("=")
        assert digest in ("", f"sha256={found}")
    assert {path.partition("/")[0] for path in files} == {"autograder", "divnet", about}
    assert not [path for path in files if "__pycache__" in path or "/." in path]
    assert {path for path in files if "/given/" in path} == {f"autograder/given/{one}" for one in brought}
    assert packing.wheel({**brought, "course.yml": b"title: y"})[0] != name


def test_a_wheel_that_is_built_brings_along_what_course_release_would_give(tmp_path: Path):
    made = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path]
    subprocess.run(made, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as archive:
        there = {name: archive.read(name) for name in archive.namelist()}
    found = {name.removeprefix("autograder/given/"): one for name, one in there.items() if "/given/" in name}
    ours = Course.load(ROOT)
    assert found == releasing.course_files(ours, [unit.id for unit in ours.units], [])
    _, content = packing.wheel(found)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        code = {name for name in archive.namelist() if ".dist-info/" not in name}
    of_jupyter = {name for name in there if ".data/data/etc/jupyter/" in name}  # for teachers alone
    assert {name for name in there if ".dist-info/" not in name} - of_jupyter == code


def test_in_an_empty_folder_the_course_of_the_wheel_is_laid_and_follows_it(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    own = folders_for_students(course)
    files = releasing.course_files(course, [UNIT], own)
    monkeypatch.setattr(given, "given", lambda: dict(files))
    folder = tmp_path / "Kurs für Åsa"
    (folder / ".venv").mkdir(parents=True)
    (folder / "learning_to_divide-1-py3-none-any.whl").touch()
    laid = begin(folder)
    assert laid.is_students_copy
    assert lay_out(laid) == [f"{UNIT} is new in work/."]
    files |= {f"lessons/{LATER}/{LATER}.ipynb": course.lesson(LATER).read_bytes()}
    assert lay_out(begin(folder / "work")) == [f"{LATER} is new in work/."]
    (folder / "requirements.txt").touch()  # from here on it follows its zips
    files["course.yml"] = b"title: x"
    assert begin(folder).title == laid.title
    with pytest.raises(CourseError, match=r"is not empty \(a\.txt\)"):
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / "a.txt").touch()
        begin(tmp_path / "other")
    assert begin(course.root).root == course.root
    assert (course.root / "course.yml").read_bytes() != files["course.yml"]
    files.clear()
    (tmp_path / "other" / "a.txt").unlink()
    with pytest.raises(CourseError, match="neither this folder nor one above"):
        begin(tmp_path / "other")


@pytest.fixture
def theirs(course: Course, tmp_path: Path) -> Course:
    """A student's copy in a folder of an odd name, begun."""
    made = students(release(course).path, tmp_path / "Kurs für Åsa")
    lay_out(made)
    return made


def test_a_newer_zip_brings_what_is_new_and_leaves_work_alone(course: Course, theirs: Course):
    own = theirs.root / "work" / UNIT / f"{UNIT}.ipynb"
    own.write_text("mine", "utf-8")
    (theirs.root / "learning_to_divide-0-py3-none-any.whl").write_bytes(b"")
    corrected = course.lesson(UNIT).read_bytes() + b"\n"
    course.lesson(UNIT).write_bytes(corrected)
    path = course.root / "course.yml"
    path.write_text(path.read_text("utf-8").replace("A small course", "A new name"), "utf-8")
    newer = take_in(theirs, release(Course.load(course.root)).path)
    assert newer.title == "A new name"
    assert newer.lesson(UNIT).read_bytes() == corrected
    assert len(list(newer.root.glob("*.whl"))) == 1
    [said] = lay_out(newer)
    assert said.startswith(f"{UNIT} has a newer version: it lies beside yours as {UNIT} (new ")
    assert own.read_text("utf-8") == "mine"
    page = (newer.root / "work" / "overview.ipynb").read_text("utf-8")
    assert f"({UNIT}/{UNIT}%20%28new%20" in page


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (None, "there is no such file"),
        (b"no zip", "is no zip, or a damaged one"),
        ({"x/a.txt": "a"}, "is no zip of a course"),
        ({"x/course.yml": "title: x", "x/requirements.txt": "", "x/work/a": ""}, "is no zip of a course"),
        ({"x/course.yml": "title: x", "x/requirements.txt": "", "x/../../a": ""}, "is no zip of a course"),
        ({"x/course.yml": "title: x", "x/requirements.txt": ""}, "the key units is missing"),
    ],
)
def test_what_is_no_zip_of_this_course_changes_nothing(
    theirs: Course, tmp_path: Path, files: dict | bytes | None, said: str
):
    path = tmp_path / "newer.zip"
    if isinstance(files, bytes):
        path.write_bytes(files)
    elif files:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
    before = packing.files_in(theirs.root)
    with pytest.raises(CourseError, match=said):
        take_in(theirs, path)
    assert packing.files_in(theirs.root) == before


def test_a_zip_of_another_course_or_for_a_teachers_is_refused(course: Course, theirs: Course):
    path = release(course).path
    with pytest.raises(CourseError, match="is no student's copy"):
        take_in(course, path)
    yml = theirs.root / "course.yml"
    yml.write_text(yml.read_text("utf-8").replace("id: 0", "id: 9"), "utf-8")
    (theirs.root / "lessons" / UNIT).rename(theirs.root / "lessons" / "91-double")
    (theirs.root / f"lessons/91-double/{UNIT}.ipynb").rename(
        theirs.root / "lessons/91-double/91-double.ipynb"
    )
    with pytest.raises(CourseError, match="is of another course, A small course"):
        take_in(Course.load(theirs.root), path)


def test_checks_of_another_version_than_the_lessons_are_told(theirs: Course, course: Course):
    assert "Next: " in older_checks(theirs)  # here they are installed without the hash of the wheel
    assert "-m pip install -r requirements.txt" in older_checks(theirs)
    assert older_checks(course) == ""


def test_a_student_with_nothing_but_the_zip_checks_and_hands_in(theirs: Course):
    """With the wheel in an environment of its own, which sees this one's packages for all that it needs."""
    environment = theirs.root / ".venv"
    venv.create(environment, symlinks=sys.platform != "win32")
    paths = {"base": str(environment), "platbase": str(environment)}
    site = Path(sysconfig.get_path("purelib", "venv", paths))
    (site / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    scripts = Path(sysconfig.get_path("scripts", "venv", paths))
    wheel = next(theirs.root.glob("*.whl"))
    pip = [sys.executable, "-m", "pip", "--python", str(environment), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", wheel], check=True)
    own = theirs.root / "work" / UNIT / f"{UNIT}.ipynb"
    answers = {"my-exercise": "def my_exercise(x):\n    return x * x"}
    nbformat.write(type_in(nbformat.read(own, as_version=4), answers), own)

    def course(*words: str) -> subprocess.CompletedProcess[str]:
        run = [scripts / "course", *words]
        return subprocess.run(run, cwd=theirs.root, capture_output=True, text=True, check=False)

    checked = course("check", UNIT)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "my-exercise right" in checked.stdout
    assert "it is judged when it is handed in" in checked.stdout
    packed = course("submit", UNIT, "--name", "Åsa")
    assert packed.returncode == 0, packed.stderr
    assert (theirs.root / "work" / f"handin-{UNIT}-Asa.zip").is_file()
    assert f"learning-to-divide {wheel.name.split('-')[1]}" in packed.stdout
    own.unlink()
    assert course("submit", UNIT).stderr.endswith(
        f"yet. Next: {Path('.venv') / scripts.name / 'course'} lab\n"
    )
