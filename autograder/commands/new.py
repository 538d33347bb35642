"""`course new`: an exercise or a unit of a teacher's own, from a template that runs as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.building.canonical import KERNEL, canonical_text, notebook_text, read_notebook
from autograder.course_file import CourseError, nearest, read_course_file
from autograder.own_exercises import ANSWERS, id_problem, module_name

if TYPE_CHECKING:
    from autograder.course import Course

FOLDER = "exercises"
"""Where exercises of a teacher's own lie, unless course.yml says otherwise."""
POINTS = 2
MINUTES = 45
FIRST, TITLE = "01-first", "Do something new"
"""Of a unit that nobody has named: the first one's id, and any one's title."""

_TEMPLATES = Path(__file__).parents[1] / "templates"
_NAMES = ("my-exercise", "my_exercise", "My exercise")
"""Of the exercise in a template: its id, its function, its title."""


def kinds() -> list[str]:
    """The kinds of exercise that there is a template of."""
    return sorted(path.parent.name.replace("_", "-") for path in _TEMPLATES.glob("*/answer.py"))


def new_exercise(
    course: Course, exercise_id: str, kind: str, unit_id: str, title: str | None = None
) -> list[Path]:
    """Make its folder, its answers, and its cells before the unit's closing text; return what was written.

    Raises CourseError, with nothing written, where one of them is there already.
    """
    course.refuse_students_copy()
    if kind not in kinds():
        meant = nearest(kind, kinds())
        hint = f" Did you mean {meant}?" if meant else ""
        raise CourseError(f"There is no kind {kind!r}; there are {', '.join(kinds())}.{hint}")
    problem = id_problem(exercise_id)
    if not problem and iskeyword(exercise_id):
        problem = f"{exercise_id!r} is a word of Python's own"
    if problem:
        other = re.sub(r"[^a-z0-9]+", "-", exercise_id.lower()).strip("-")
        raise CourseError(f"{problem}. Next: choose another id, such as my-{other}.")
    try:
        source = course.source(course.unit(unit_id).id)
    except CourseError as error:
        raise CourseError(f"{error} Next: name one of them, or: course new unit {unit_id}") from None
    notebook = read_notebook(source)
    folder = course.exercises_folder or course.root / FOLDER
    name, template = module_name(exercise_id), _TEMPLATES / module_name(kind)
    parts = {part: template / part.format("my_exercise") for part in ("{}", f"{ANSWERS}/{{}}.py")}
    for part in parts:
        if (there := folder / part.format(name)).exists():
            raise CourseError(f"{there} is there already. Next: choose another id, or take it away.")
    taken = {cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in notebook["cells"]}
    if exercise_id in taken or f"{exercise_id}-answer" in taken:
        raise CourseError(f"{source} has a cell of the name {exercise_id} already. Next: choose another id.")
    own = (exercise_id, name, title or exercise_id.replace("-", " ").capitalize())
    words = dict(zip(_NAMES, own, strict=True))
    written = []
    for part, original in parts.items():
        for path in sorted(original.glob("*.py")) if original.is_dir() else [original]:
            copy = folder / part.format(name) / path.name if original.is_dir() else folder / part.format(name)
            written.append(_write(copy, _said(path, words)))
    cells = notebook["cells"]
    work = [cell["cell_type"] == "code" or "nbgrader" in cell["metadata"] for cell in cells]
    end = max((i for i, is_work in enumerate(work, start=1) if is_work), default=0)
    cells[end:end] = _cells(exercise_id, words, _said(template / "answer.py", words).rstrip("\n"))
    written.append(_write(source, notebook_text(notebook)))
    _write(source, canonical_text(source))
    if course.exercises is None:
        line = f"exercises: {FOLDER}             # the folder with exercises of your own\n"
        written.append(_insert(course, ("units",), line))
    return written


def new_course(folder: Path, title: str | None = None) -> list[Path]:
    """Make a course of your own in a new folder, with one unit; return what was written.

    Raises CourseError, with nothing written, where something is there already.
    """
    from autograder.course import Course

    if folder.exists() and any(folder.iterdir()):
        raise CourseError(f"{folder} is not empty. Next: name a folder that is not there yet.")
    titled = json.dumps(title or folder.resolve().name.replace("-", " ").capitalize(), ensure_ascii=False)
    text = (_TEMPLATES / "course" / "course.yml").read_text(encoding="utf-8").replace('"My course"', titled)
    settings = (_TEMPLATES / "course" / "nbgrader_config.py").read_text(encoding="utf-8")
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    source = folder / "source" / FIRST / f"{FIRST}.ipynb"
    files = {folder / "course.yml": text, folder / "nbgrader_config.py": settings, source: _source_of(TITLE)}
    written = [_write(path, content) for path, content in files.items()]
    Course.load(folder)
    return written


def new_unit(course: Course, unit_id: str, title: str | None = None) -> list[Path]:
    """Make its source, and its entry at the end of course.yml's units; return what was written.

    Raises CourseError, with nothing written, where it is there already.
    """
    from autograder.course import Course, Unit

    course.refuse_students_copy()
    unit = {"id": unit_id, "title": title or TITLE, "minutes": MINUTES, "objectives": ["Do it."]}
    source = course.source(unit_id)
    try:
        Unit.model_validate(unit)
    except ValueError:
        raise CourseError(
            f"{unit_id!r} is no id of a unit. Allowed: small letters, digits and hyphens. "
            "Next: course new unit 10-something"
        ) from None
    if source.exists() or any(one.id == unit_id for one in course.units):
        raise CourseError(f"There is a unit {unit_id} already. Next: choose another id.")
    before = (course.root / "course.yml").read_text(encoding="utf-8")
    written = [_write(source, _source_of(title or TITLE))]
    written.append(_append_unit(course, unit))
    try:
        Course.load(course.root)
    except CourseError as error:
        _write(course.root / "course.yml", before)
        raise CourseError(f"The unit cannot be entered: {error} Write it there by hand.") from None
    return written


def _said(path: Path, words: Mapping[str, str]) -> str:
    text = path.read_text(encoding="utf-8")
    for old, new in words.items():
        text = text.replace(old, new)
    return text


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _cells(exercise_id: str, words: Mapping[str, str], answer: str) -> list[dict[str, Any]]:
    _, name, title = words.values()
    text = f'## {title}\n\nWrite `{name}`, then run the check. `hint("{exercise_id}")` gives a hint.'
    return [
        _cell("markdown", text, f"{exercise_id}-text"),
        _cell("code", answer, f"{exercise_id}-answer", solution=True),
        _cell(
            "code",
            f'check("{exercise_id}", {name})',
            exercise_id,
            grade=True,
            locked=True,
            points=POINTS,
        ),
    ]


def _cell(kind: str, source: str, cell_id: str, **grading: Any) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": cell_id, "metadata": {}, "source": source}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    if grading:
        plain = {"grade": False, "locked": False, "schema_version": 3, "solution": False, "task": False}
        cell["metadata"] = {"nbgrader": {**plain, "grade_id": cell_id, **grading}}
    return cell


def _source_of(title: str) -> str:
    """A notebook with what a unit opens and closes with."""
    opening = (
        f"# {title}\n\n*You will do:* one sentence.\n\n*You will learn:*\n\n- one thing;\n- another."
        f"\n\n*You need:* what comes before. About {MINUTES} minutes."
    )
    cells = [
        _cell("markdown", opening, "title"),
        _cell(
            "code", "import numpy as np\n\nfrom autograder import check, hint, progress, solution", "imports"
        ),
        _cell(
            "markdown", "## What you have measured\n\nA summary.\n\n## On your own\n\nA question.", "summary"
        ),
    ]
    notebook = {"cells": cells, "metadata": {"kernelspec": KERNEL}, "nbformat": 4, "nbformat_minor": 5}
    return notebook_text(notebook)


def _append_unit(course: Course, unit: Mapping[str, Any]) -> Path:
    """After the last of the list, in its indentation; all else in course.yml stays as it is written."""
    path = course.root / "course.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    file = read_course_file(path)
    first = lines[file.lines["units", 0] - 1]
    indent = first[: len(first) - len(first.lstrip())]
    end = max(line for key, line in file.lines.items() if key[:1] == ("units",))
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(f"{indent} ")):
        end += 1  # a text of several lines
    entry = [f"- id: {unit['id']}", f"  title: {json.dumps(unit['title'], ensure_ascii=False)}"]
    entry += [
        f"  minutes: {unit['minutes']}",
        "  objectives:",
        f"    - {unit['objectives'][0]}",
        "  due: null",
    ]
    while end and not lines[end - 1].strip():
        end -= 1
    lines[end:end] = [indent + line for line in entry]
    return _write(path, "\n".join(lines) + "\n")


def _insert(course: Course, before: tuple[str, ...], line: str) -> Path:
    """A line of course.yml before the one of a key."""
    path = course.root / "course.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = read_course_file(path).lines[before] - 1
    return _write(path, "".join([*lines[:place], line, *lines[place:]]))
