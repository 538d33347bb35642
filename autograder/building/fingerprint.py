"""What a build depended on and what it made, as two hashes: has anything changed since?"""

from __future__ import annotations

import hashlib
import json
import platform
import sysconfig
from collections.abc import Iterable
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path

from autograder.course import Course


def tools(course: Course) -> str:
    """Return the hash of all that every unit is made with.

    The units' names and order, which `progress` shows, nbgrader_config.py, the course's own exercises, every
    file of the two packages, and the version of every installed one. Nothing else of course.yml gets into a
    notebook. Which Python it is makes no difference, as the tests show on each.
    """
    files = [("nbgrader_config.py", course.root / "nbgrader_config.py")]
    if course.exercises_folder:
        files += _files(course.exercises_folder)
    for package in ("autograder", "divnet"):
        spec = find_spec(package)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            files += _files(Path(place))
    # not sys.path: nbgrader adds to it while it runs
    installed = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    versions = sorted({f"{found.name}=={found.version}" for found in distributions(path=installed)})
    units = [unit.id for unit in course.units]
    return _hash(files, [platform.system(), platform.machine(), *versions, "units", *units])


def inputs(course: Course, unit_id: str, with_tools: str) -> str:
    """Return the hash of all that a unit's lesson and solution are made from: its source, and the `tools`."""
    return _hash(_files(course.source(unit_id).parent), [with_tools])


def outputs(course: Course, unit_id: str) -> str:
    """Return the hash of a unit's files in lessons/ and solutions/."""
    return _hash([*_files(course.lesson(unit_id).parent), *_files(course.solution(unit_id).parent)], [])


def is_recorded(course: Course, unit_id: str, from_inputs: str) -> bool:
    """Was the unit built from these very inputs, and are its files what that build made?"""
    try:
        recorded = json.loads(_record(course, unit_id).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(recorded == {"inputs": from_inputs, "outputs": outputs(course, unit_id)})


def record(course: Course, unit_id: str, from_inputs: str) -> None:
    """Note that the unit's present files were made from ``from_inputs``."""
    path = _record(course, unit_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({"inputs": from_inputs, "outputs": outputs(course, unit_id)}), encoding="utf-8"
    )


def _record(course: Course, unit_id: str) -> Path:
    return course.root / ".scratch" / "built" / f"{unit_id}.json"


def _files(folder: Path) -> list[tuple[str, Path]]:
    """The files of a folder, each with its name in it: where the course lies does not matter."""
    skipped = ("__pycache__", ".ipynb_checkpoints")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    named = [(f"{folder.name}/{path.relative_to(folder).as_posix()}", path) for path in files]
    return [(name, path) for name, path in named if not any(part in skipped for part in name.split("/"))]


def _hash(files: Iterable[tuple[str, Path]], texts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for name, path in files:
        content = path.read_bytes() if path.is_file() else b"missing"
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    for text in texts:
        whole.update(f"{text}\0".encode())
    return whole.hexdigest()
