"""How a command is typed here: by its name where the shell finds it by that, else with its path.

Messages say `course lab`. Where they are printed, in `showing`, that becomes what can be typed, such as
`.venv/bin/course lab`; in files and in JSON it stays the command's name.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

NAME = "course"

_subcommands: frozenset[str] = frozenset()


def subcommands_are(names: Iterable[str]) -> None:
    """From now on, in this process, these are what can stand after `course`."""
    global _subcommands
    _subcommands = frozenset(names)


def as_typed(text: str) -> str:
    """The text with each `course` that a subcommand follows as it can be typed in the current folder."""

    def typed(found: re.Match[str]) -> str:
        return course() if found[1] in _subcommands else NAME

    return re.sub(rf"(?<![\w./\\-]){NAME}(?= ([a-z]+)\b)", typed, text)


def course(folder: Path | None = None) -> str:
    """What to type for `course` in a folder, the current one if none is given."""
    program = Path(sys.argv[0])
    return _typed(program, folder) if program.stem == NAME else NAME


def python() -> str:
    """What to type for the Python that runs this."""
    return _typed(Path(sys.executable), None)


def _typed(program: Path, folder: Path | None) -> str:
    place = program.absolute().parent
    name = program.stem if os.name == "nt" else program.name
    found = shutil.which(name)
    if found and os.path.normcase(Path(found).absolute().parent) == os.path.normcase(place):
        return name
    path = str(place / name)
    with suppress(ValueError):  # another drive
        path = min(os.path.relpath(path, folder), path, key=len)
    if os.name == "nt":
        return f'"{path}"' if " " in path else path
    return shlex.quote(path)
