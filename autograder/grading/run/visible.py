"""What the sandbox can read of this course: the observers and its own few modules, copied to a folder apart.

The one list of it. No formula, reference value, judge, hint or solution is in there: an answer that looks for
one finds nothing, since the rest of `autograder`, all of `divnet`, the notebooks and the gradebook are not in
the jail's file system at all.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.grading.sandbox.view import OURS, view_of_python

if TYPE_CHECKING:
    from autograder.course import Course

COPIED = ("observers", "processes", "grading/inside", "grading/sandbox")
"""Folders of `autograder` that student code may read."""
STAND_IN = "grading/inside/stand_in.py"
"""Takes the place of ``autograder/__init__.py``, which leads to the judges."""
START = "start.py"

_PACKAGE = Path(__file__).parents[2]
_START = '''\
"""Starts the warm parent: only this folder, Python and the installed packages can be imported."""
import sys
sys.path[:0] = [sys.argv[1]]
sys.path += sys.argv[3:]
from autograder.grading.inside.parent import main
main(int(sys.argv[2]))
'''


FOR_TEACHERS = ("source", "solutions", "submitted", "autograded", "feedback", "report", "handins", ".grading")
"""Folders of a course in which no environment may lie."""


def exposed(course: Course | None = None) -> str:
    """What student code would see and must not, since this Python's environment holds it; or "".

    An environment in a folder of the course's own, such as ``.venv``, shows that folder alone.
    """
    view = view_of_python()
    for path in view.readable:
        folder = path.resolve()
        for what, place in _private(course):
            if place.is_relative_to(folder) and not any(place.is_relative_to(f) for f in view.hidden):
                return f"{what} ({place}), since it is shown all of {path}, for Python and its packages"
        if course and folder.is_relative_to(course.root):
            [first] = folder.relative_to(course.root).parts[:1]
            if first in FOR_TEACHERS:
                return f"{course.root / first}, since it is shown all of {path}, for Python and its packages"
    return ""


def refusal(seen: str) -> str:
    """What a teacher is told where student code would see this."""
    return (
        f"Student code would see {seen}. Next: keep the two apart: move one of them, or make the environment "
        "in a folder of its own, such as .venv in the course's folder."
    )


def _private(course: Course | None) -> Iterator[tuple[str, Path]]:
    """What may not be seen as a whole: in words, and where it is."""
    if course:
        yield "the course with its solutions and hand-ins", course.root
        yield "the gradebook", _gradebook(course)
    for name in OURS:
        yield "the answers of the autograder", _PACKAGE.with_name(name)
    yield "the files of other hand-ins while they are graded", Path(tempfile.gettempdir()).resolve()
    if (home := Path.home()).is_dir():
        yield "your home folder", home.resolve()


def _gradebook(course: Course) -> Path:
    """The gradebook's file; where it is no file, one that it would be by default."""
    kind, _, place = (course.grading.gradebook or "").partition(":///")
    return (course.root / (place if kind.startswith("sqlite") and place else "gradebook.db")).resolve()


def lay_out(folder: Path) -> None:
    """Copy what the sandbox may read into ``folder``, which then holds a package called `autograder`."""
    package = folder / "autograder"
    for name in COPIED:
        shutil.copytree(_PACKAGE / name, package / name, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "grading" / "__init__.py").write_text("", encoding="utf-8")
    shutil.copyfile(_PACKAGE / STAND_IN, package / "__init__.py")
    (folder / START).write_text(_START, encoding="utf-8")
