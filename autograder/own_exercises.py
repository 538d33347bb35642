"""Exercises of a teacher's own: those in the folder of the course that ``exercises:`` in course.yml names.

They have the form of the package's, ``<folder>/<id>/exercise.py`` with _ for -, and are imported as if they
stood beside those, as ``autograder.exercises.<id>``. Right and wrong answers lie apart, in
``<folder>/answers/<id>.py``: the folder of an exercise goes to students as it is.
"""

from __future__ import annotations

import re
import sys
import traceback
from functools import lru_cache
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from autograder.course_file import CourseError
from autograder.exercise import Exercise
from autograder.records import course_root

if TYPE_CHECKING:
    from autograder.course import Course

ANSWERS = "answers"
"""The folder in there with right and wrong answers, which students do not get."""
PACKAGE = "autograder.exercises"

_PLACE = Path(__file__).with_name("exercises")
_TAKEN = {ANSWERS, *(path.stem for path in _PLACE.iterdir())}
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

_chosen: tuple[Path | None] | None = None
_loaded: dict[str, Exercise[Any]] = {}


def look_in(folder: Path | None) -> None:
    """From now on, in this process, they are those in ``folder``, wherever it works."""
    global _chosen
    _chosen = (folder,)


def folder() -> Path | None:
    """Where they are looked for: as chosen, else in the course that the current folder lies in."""
    if _chosen is not None:
        return _chosen[0]
    root = course_root()
    return None if root is None else _named_by(root, (root / "course.yml").stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _named_by(root: Path, _changed: int) -> Path | None:
    from autograder.course import Course

    return Course.load(root).exercises_folder


def ids() -> tuple[str, ...]:
    """Those that there are, in alphabetical order. CourseError where the name of a folder cannot be one."""
    if (where := folder()) is None:
        return ()
    names = sorted(path.parent.name for path in where.glob("[!._]*/exercise.py"))
    names = [name for name in names if name != ANSWERS]
    for name in names:
        if problem := id_problem(exercise_id := name.replace("_", "-")):
            raise CourseError(f"{where / name}: {problem}. Next: give that folder another name.")
        if name != module_name(exercise_id):
            raise CourseError(
                f"{where / name}: Python imports no folder of that name. Next: call it {module_name(name)}."
            )
    return tuple(name.replace("_", "-") for name in names)


def id_problem(exercise_id: str) -> str:
    """Why no exercise of a teacher's own can have this id; nothing where one can."""
    if not _ID.fullmatch(exercise_id):
        return f"{exercise_id!r} is no id: small letters and digits are, with hyphens between words"
    if module_name(exercise_id) in _TAKEN:
        return f"{exercise_id!r} is taken: the package has it already"
    return ""


def module_name(exercise_id: str) -> str:
    """The name of an exercise's folder, and of its answers' module."""
    return exercise_id.replace("-", "_")


def load(exercise_id: str) -> Exercise[Any]:
    """One of `ids`, tried once: CourseError, with file and line, where it cannot be used."""
    where = _at_hand()
    if found := _loaded.get(exercise_id):
        return found
    path = where / module_name(exercise_id) / "exercise.py"
    made = getattr(_imported(f"{module_name(exercise_id)}.exercise", path), "EXERCISE", None)
    if isinstance(made, Exercise) and made.id == exercise_id:
        _loaded[exercise_id] = made
        return made
    _forget()
    if not isinstance(made, Exercise):
        raise CourseError(
            f"{path}, line 1: it defines no EXERCISE. Allowed: EXERCISE = Exercise(id={exercise_id!r}, …). "
            "Next: write one, or take the folder away."
        )
    raise CourseError(
        f"{path}, line {_line_with('id=', path)}: the id is {made.id!r}. Allowed: the folder's name, "
        f"with - for _. Next: write id={exercise_id!r}."
    )


def answers_module(exercise_id: str) -> ModuleType:
    """The module with the answers to one of `ids`, its MUTANTS. CourseError where there is none."""
    path = _at_hand() / ANSWERS / f"{module_name(exercise_id)}.py"
    if not path.is_file():
        raise CourseError(
            f"{path}: there is no such file. Next: write right and wrong answers there, as in one that "
            "course new exercise makes."
        )
    module = _imported(f"{ANSWERS}.{module_name(exercise_id)}", path)
    of = getattr(getattr(module, "MUTANTS", None), "exercise", None)
    if of is None:
        raise CourseError(
            f"{path}, line 1: it defines no MUTANTS. Next: write MUTANTS = Mutants({exercise_id!r})."
        )
    if of != exercise_id:
        raise CourseError(
            f"{path}, line {_line_with('MUTANTS', path)}: these are answers to {of!r}. "
            f"Next: write MUTANTS = Mutants({exercise_id!r})."
        )
    return module


def folders_for_students(course: Course) -> list[Path]:
    """The exercises' folders that students get: all that are not ``when_handed_in``.

    Raises CourseError where one of them builds on one that they do not get.
    """
    look_in(course.exercises_folder)
    found = [load(exercise_id) for exercise_id in ids()]
    kept = {one.id for one in found if one.when_handed_in}
    for one in found:
        if missing := [needed for needed in one.needs if needed in kept and one.id not in kept]:
            raise CourseError(
                f"The exercise {one.id} builds on {missing[0]}, which students do not get. "
                f"Next: mark both when_handed_in, or neither."
            )
    where = course.exercises_folder
    return [where / module_name(one.id) for one in found if where and one.id not in kept]


def _at_hand() -> Path:
    """The folder, in which Python now looks after the package's own; what was loaded from another is gone."""
    where = folder()
    assert where is not None, "ask for `ids` first"
    path = import_module(PACKAGE).__path__
    if path[1:] != [str(where)]:
        _forget()
        path[1:] = [str(where)]
    return where


def _imported(name: str, path: Path) -> ModuleType:
    """The module, and where it makes an exercise, that tried once."""
    invalidate_caches()
    try:
        module = import_module(f"{PACKAGE}.{name}")
        if isinstance(made := getattr(module, "EXERCISE", None), Exercise):
            _rehearse(made)
    except (Exception, SystemExit) as error:
        _forget()
        found = _syntax(error) or line_of(error, path.parents[1])
        where = f"{found[0]}, line {found[1]}" if found else str(path.parent)
        text = error.msg if isinstance(error, SyntaxError) else str(error)
        said = f"{type(error).__name__}: {text}".strip().splitlines()[0].rstrip(".:? ")
        step = "mend that line" if found else "look for it in there, and mend it"
        raise CourseError(f"{where}: {said}. Next: {step}.") from None
    return module


def _rehearse(exercise: Exercise[Any]) -> None:
    """Judge an answer that raises, and those made of its mistakes: whatever else raises does so here.

    Raises ValueError where the exercise itself has no right value, or a mistake's name twice.
    """
    from autograder.observers import observe

    names = [mistake.id for mistake in exercise.mistakes]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise ValueError(f"the mistake {twice!r} is there twice")
    if odd := next((name for name in names if not _ID.fullmatch(name)), ""):
        raise ValueError(f"the mistake {odd!r} is no id: small letters, digits and hyphens are")
    probe = exercise.probe
    inputs = probe.draw(np.random.default_rng(0))
    wrongs = [mistake.wrong for mistake in exercise.mistakes if mistake.wrong is not None]
    for answer in [_raises, *(made for wrong in wrongs for made in probe.answers(wrong))]:
        evidence = observe({"observer": probe.observer, "inputs": inputs, "needs": {}}, answer)
        if evidence["kind"] in ("stub", "not-callable", "no-framework") or evidence["stopped"]:
            continue
        with np.errstate(all="ignore"):
            seen = probe.read(inputs, evidence)
            for entry in probe.compare(seen).entries:
                if np.isnan(entry.expected):
                    raise ValueError(f"for {entry.where} the formula gives {entry.expected}, no number")
            list(exercise.fitting(seen))


def _raises(*_: Any) -> NoReturn:
    """An answer that a judge of any kind may meet."""
    raise ValueError


def line_of(error: BaseException, *folders: Path) -> tuple[str, int] | None:
    """File and number of the last line that the error went through: in these folders, or of all."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [
        f for f in frames if not folders or any(Path(f.filename).is_relative_to(one) for one in folders)
    ]
    return (inside[-1].filename, inside[-1].lineno or 1) if inside else None


def _syntax(error: BaseException) -> tuple[str, int] | None:
    if isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno or 1
    return None


def _line_with(text: str, path: Path) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if text in line), 1)


def _forget() -> None:
    _loaded.clear()
    for name in [name for name in sys.modules if name.startswith(f"{PACKAGE}.")]:
        if name.split(".")[2] not in _TAKEN - {ANSWERS}:
            del sys.modules[name]
