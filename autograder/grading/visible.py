"""What the sandbox can read of this course: the observers and its own few modules, copied to a folder apart.

The one list of it. No formula, reference value, judge, hint or solution is in there: an answer that looks for
one finds nothing, since the rest of `autograder`, all of `divnet`, the notebooks and the gradebook are not in
the jail's file system at all.
"""

from __future__ import annotations

import shutil
from pathlib import Path

COPIED = ("observers", "grading/inside", "grading/sandbox")
"""Folders of `autograder` that student code may read."""
STAND_IN = "grading/inside/stand_in.py"
"""Takes the place of ``autograder/__init__.py``, which leads to the judges."""
START = "start.py"

_PACKAGE = Path(__file__).parents[1]
_START = '''\
"""Starts the warm parent: only this folder, Python and the installed packages can be imported."""
import sys
sys.path[:0] = [sys.argv[1]]
sys.path += sys.argv[3:]
from autograder.grading.inside.parent import main
main(int(sys.argv[2]))
'''


def lay_out(folder: Path) -> None:
    """Copy what the sandbox may read into ``folder``, which then holds a package called `autograder`."""
    package = folder / "autograder"
    for name in COPIED:
        shutil.copytree(_PACKAGE / name, package / name, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "grading" / "__init__.py").write_text("", encoding="utf-8")
    shutil.copyfile(_PACKAGE / STAND_IN, package / "__init__.py")
    (folder / START).write_text(_START, encoding="utf-8")
