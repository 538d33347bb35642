"""The ground that attacks are tried on: a scratch course with secrets, and a server that notes who calls.

Each secret is another text, drawn anew, that starts with ``canary-secret``; none may turn up in a result.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import nbformat
from ruamel.yaml import YAML

from autograder.course import Course
from autograder.grading.gradebook.gradebook import open_gradebook
from autograder.grading.handins.sample_class import read_class
from autograder.grading.nbgrader_inside import at_work, course_directory, read_config
from autograder.grading.notebooks.graded_cells import type_in
from tests.attacks.attack import CLASS, OWN_TESTS, RIGHT, UNIT, answers_to
from tests.conftest import cell, nbgrader, notebook, write_notebook
from tests.grading.own_tests import lay_files, lesson_of, own_cells

ROOT = Path(__file__).parents[2]
UNITS = ("01-warm-up", UNIT)
HONEST = ("aa-honest", "b-honest", "zz-honest")
"""Hand in first, in between and last."""
PERSON = "a-person"
LIMITS = {"cell_timeout": 5, "memory_mb": 500, "cpu_seconds": 30, "file_mb": 5, "output_mb": 1, "threads": 64}
KEPT_BY_GRADING = ("autograded/", ".grading/", "gradebook.db", "feedback/")
WORLD = ("/tmp", "/var/tmp", "/dev/shm", "/run")


@dataclass
class Ground:
    """``secrets`` by the place where they lie; ``heard`` is what a server got; ``mark`` signs leftovers."""

    course: Course
    home: Path
    outside: Path
    port: int
    mark: str
    secrets: dict[str, str] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)

    @property
    def known(self) -> dict[str, Any]:
        """What an attacker knows of the machine."""
        places = {"COURSE": self.course.root, "HOME": self.home, "OUTSIDE": self.outside, "ROOT": ROOT}
        return {**{name: str(path) for name, path in places.items()}, "PORT": self.port, "MARK": self.mark}

    def lesson(self, unit: str) -> Any:
        return nbformat.read(self.course.lesson(unit), as_version=4)

    def files(self) -> dict[str, str]:
        """A hash of each file that nobody may change, by its path."""
        found = {}
        for place in (self.course.root, self.home, self.outside):
            for path in sorted(place.rglob("*")):
                name = path.relative_to(self.course.root.parent).as_posix()
                ours = path.relative_to(place).as_posix().startswith(KEPT_BY_GRADING)
                if path.is_file() and not path.is_symlink() and not (place == self.course.root and ours):
                    found[name] = _digest(path)
        return found

    def left_in_the_world(self) -> list[str]:
        """What bears the attackers' mark where everyone may write, in this repository and its environment."""
        places = [*map(Path, WORLD), ROOT, ROOT / ".venv", *Path(os.__file__).parents[:1]]
        return [str(path) for place in places if place.is_dir() for path in place.glob(f"*{self.mark}*")]


@contextlib.contextmanager
def ground(folder: Path, limits: dict[str, int] = LIMITS) -> Iterator[Ground]:
    """A scratch course in ``folder``; this process's environment holds a secret, too."""
    root = _scratch_course(folder / "course", limits)
    home, outside = folder / "home", folder / "outside"
    for place in (home, outside):
        place.mkdir()
    outside.chmod(0o777)
    with _server(outside) as (port, heard):
        made = Ground(Course.load(root), home, outside, port, "attacked" + secrets.token_hex(6), heard=heard)
        _hide_secrets(made)
        with (
            mock.patch.dict(os.environ, COURSE_SECRET=made.secrets["environment"]),
            socket.socket(socket.AF_UNIX) as named,
        ):
            named.bind(f"\0{made.secrets['a name of a socket']}")
            yield made


def _scratch_course(root: Path, limits: dict[str, int]) -> Path:
    """A copy of the first two units, with a short patience."""
    for kind in ("source", "lessons"):
        for unit in UNITS:
            shutil.copytree(ROOT / kind / unit, root / kind / unit)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    settings = YAML().load((ROOT / "course.yml").read_text(encoding="utf-8"))
    settings["units"] = [unit for unit in settings["units"] if unit["id"] in UNITS]
    settings["units"].append({**settings["units"][0], "id": OWN_TESTS, "due": None})
    _lay_own_tests(root)
    settings["grading"].update(limits)
    with (root / "course.yml").open("w", encoding="utf-8") as file:
        YAML().dump(settings, file)
    return root


def _lay_own_tests(root: Path) -> None:
    why = cell("markdown", "Why?", "why", nbgrader("why", grade=True, solution=True, points=1))
    cells = [*own_cells(), why]
    write_notebook(root / "source" / OWN_TESTS / f"{OWN_TESTS}.ipynb", notebook(*cells))
    write_notebook(root / "lessons" / OWN_TESTS / f"{OWN_TESTS}.ipynb", lesson_of(cells))
    lay_files(root / "source" / OWN_TESTS)


def hand_in_honestly(ground: Ground, unit: str) -> None:
    """Honest hand-ins, all right; the first one holds a secret in a comment."""
    for student in HONEST:
        own = type_in(ground.lesson(unit), _all_answers(unit))
        if student == HONEST[0]:
            own.cells[0].source += f"\n\n{ground.secrets['another hand-in']}"
        folder = ground.course.root / "submitted" / student / unit
        folder.mkdir(parents=True)
        nbformat.write(own, folder / f"{unit}.ipynb")


def _all_answers(unit: str) -> dict[str, str]:
    if unit == OWN_TESTS:
        return answers_to("right", unit)
    return dict(next(s for s in read_class(CLASS) if (s.unit, s.student) == (unit, RIGHT)).answers)


def _hide_secrets(ground: Ground) -> None:
    def secret(place: str) -> str:
        return ground.secrets.setdefault(place, f"canary-secret-{secrets.token_hex(8)}")

    root = ground.course.root
    (ground.home / ".secret").write_text(secret("home"))
    (ground.home / ".bashrc").write_text(f"# {secret('home')}\n")
    secret("environment"), secret("another hand-in"), secret("a name of a socket")
    (root / "link").symlink_to(secret("a link"))
    with contextlib.suppress(OSError):  # not every file system has attributes
        os.setxattr(root / "course.yml", "user.note", secret("an attribute").encode())
    solved = root / "solutions" / UNIT
    solved.mkdir(parents=True)
    (solved / f"{UNIT}.ipynb").write_text(secret("solutions"))
    source = root / "source" / UNIT / f"{UNIT}.ipynb"
    text = source.read_text(encoding="utf-8")
    marked = text.replace("### BEGIN SOLUTION\\n", f"### BEGIN SOLUTION\\n# {secret('source')}\\n")
    assert marked != text
    source.write_text(marked, encoding="utf-8")
    with at_work():
        directory = course_directory(ground.course, read_config(ground.course))
        with open_gradebook(directory) as book:
            book.update_or_create_student(PERSON, last_name=secret("gradebook"))


@contextlib.contextmanager
def _server(outside: Path) -> Iterator[tuple[int, list[str]]]:
    """Listens on TCP and UDP, and on two Unix sockets in ``outside``, and notes what it hears."""
    heard: list[str] = []
    port_of = socket.socket()
    port_of.bind(("127.0.0.1", 0))
    port = port_of.getsockname()[1]
    listening = [port_of, *(socket.socket(f, k) for f, k in (
        (socket.AF_INET, socket.SOCK_DGRAM),
        (socket.AF_UNIX, socket.SOCK_STREAM),
        (socket.AF_UNIX, socket.SOCK_DGRAM),
    ))]  # fmt: skip
    for one, address in zip(
        listening[1:], (("127.0.0.1", port), "stream", "datagram"), strict=True
    ):  # a Unix socket's path is short: bind from its folder
        if isinstance(address, str):
            with contextlib.chdir(outside):
                one.bind(address)
            (outside / address).chmod(0o777)
        else:
            one.bind(address)
    threads = [threading.Thread(target=_listen, args=(one, heard), daemon=True) for one in listening]
    for one in (listening[0], listening[2]):
        one.listen()
    for thread in threads:
        thread.start()
    try:
        yield port, heard
    finally:
        for one in listening:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def _listen(server: socket.socket, heard: list[str]) -> None:
    with contextlib.suppress(OSError):
        while True:
            if server.type == socket.SOCK_DGRAM:
                data = server.recv(4096)
            else:
                speaker, _ = server.accept()
                with speaker:
                    speaker.settimeout(5)
                    data = speaker.recv(4096)
            kind = "a datagram" if server.type == socket.SOCK_DGRAM else "a connection"
            heard.append(f"{kind} over {server.family.name}: {data[:40]!r}")


def _digest(path: Path) -> str:
    if (size := path.stat().st_size) > 10**9:
        return f"{size} bytes"  # a hole, with nothing in it
    return hashlib.sha256(path.read_bytes()).hexdigest()
