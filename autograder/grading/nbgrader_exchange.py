"""nbgrader's exchange, in which an error is a sentence, and one student's hand-in holds up nobody else's.

Who may write in an exchange is every user of the machine: a name, a time and a file in there are claims.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from errno import ELOOP
from fnmatch import fnmatch
from pathlib import Path
from stat import S_ISREG
from typing import Any

from nbgrader.exchange import default as nbgraders

from autograder.grading.exchange_folder import trouble
from autograder.grading.handins.moments import STAMP_FILE
from autograder.grading.handins.submitted import SECRET

NEVER = datetime.min
"""When what is not collected was handed in: every other time goes before."""
MOST_FILES = 400
"""Of one hand-in that are collected."""


class _InASentence:
    """A step of the exchange that fails says in one sentence why."""

    def ensure_root(self: Any) -> None:
        found = trouble(Path(self.root), Path(self.coursedir.root))
        if found and not os.access(self.root, os.W_OK | os.X_OK):
            self.fail(str(found))

    def start(self: Any) -> Any:
        try:
            return super().start()  # type: ignore[misc]
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            self.fail(f"{where}{error.strerror or error}. Next: course doctor")


class List(_InASentence, nbgraders.ExchangeList):
    pass


class FetchAssignment(_InASentence, nbgraders.ExchangeFetchAssignment):
    pass


class Submit(_InASentence, nbgraders.ExchangeSubmit):
    pass


class FetchFeedback(_InASentence, nbgraders.ExchangeFetchFeedback):
    pass


class ReleaseAssignment(_InASentence, nbgraders.ExchangeReleaseAssignment):
    """Makes the exchange where there is none, and says where students cannot reach it."""

    def ensure_root(self) -> None:
        nbgraders.ExchangeReleaseAssignment.ensure_root(self)

    def copy_files(self) -> None:
        super().copy_files()
        if found := trouble(Path(self.root), Path(self.coursedir.root)):
            self.log.warning(str(found))


class Collect(_InASentence, nbgraders.ExchangeCollect):
    """Takes what is its owner's: regular files, up to nbgrader's own limits, whatever else lies there."""

    src_records: list[dict[str, Any]]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        name = Path(path).name
        try:
            record: dict[str, Any] = super()._path_to_record(path)
            problem = self._problem(Path(path), record["username"])
        except (ValueError, OverflowError, OSError):
            record = {"username": name.rsplit("+", 3)[0], "filename": name}
            problem = "it is no folder with a name and a time"
        if problem:
            self.log.error("Not collected, %s: %s", name, problem)
            record["timestamp"] = NEVER
        return record

    def _problem(self, folder: Path, student: str) -> str:
        """Why it is not taken. In containers, all are one user of the machine, the teacher included."""
        if folder.is_symlink() or not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
            return "it is no folder that can be read"
        if student.startswith("."):
            return "nobody is called that"
        owner = folder.stat().st_uid
        if not self.check_owner or owner == os.getuid() or _login(owner) == student:
            return ""
        return (
            f"it is not {student}'s but {_login(owner)}'s (where users of the hub are no users of this "
            "machine, write in nbgrader_config.py: c.ExchangeCollect.check_owner = False)"
        )

    def copy_files(self) -> None:
        self.src_records = [record for record in self.src_records if record["timestamp"] != NEVER]
        super().copy_files()

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:  # noqa: ARG002 (nbgrader's own)
        source, target = Path(src), Path(dest)
        try:
            for problem in self._copied(source, target):
                self.log.error("Left out of %s: %s", source.name, problem)
            (target / STAMP_FILE).write_text(source.name.rsplit("+", 3)[2])  # the one by which it was chosen
        except OSError:
            shutil.rmtree(target, ignore_errors=True)  # collected as a whole next time
            raise

    def _copied(self, source: Path, target: Path) -> Iterator[str]:
        """Copy its files; say which are left out. No link is followed, not even one put there meanwhile."""
        room, files = 1000 * self.coursedir.max_dir_size, MOST_FILES
        target.mkdir(parents=True)
        for place, folders, names, descriptor in os.fwalk(source):
            here = target / Path(place).relative_to(source)
            here.mkdir(exist_ok=True)
            folders[:] = [name for name in folders if not self._ignored(name)]
            for name in [name for name in names if not self._ignored(name)]:
                if not files:
                    yield f"what is more than {MOST_FILES} files"
                    return
                try:
                    content = _read(name, descriptor, min(room, 1000 * self.coursedir.max_file_size))
                except OSError as error:
                    yield f"{name} ({error.strerror})"
                    continue
                (here / name).write_bytes(content)
                room, files = room - len(content), files - 1

    def _ignored(self, name: str) -> bool:
        return any(fnmatch(name, pattern) for pattern in self.coursedir.ignore)


class ReleaseFeedback(_InASentence, nbgraders.ExchangeReleaseFeedback):
    """For hand-ins that came through the exchange; nobody could fetch the others'."""

    def copy_files(self) -> None:
        pages = list(Path("/").glob(f"{self.src_path}/*.html".lstrip("/")))
        came = {
            page for page in pages if all((page.parent / mark).is_file() for mark in (STAMP_FILE, SECRET))
        }
        others = {page.parents[1].name for page in pages if page not in came}
        if not pages:
            self.log.warning("There is no feedback to release. Next: course feedback")
        if others:
            who = ", ".join(sorted(others))
            self.log.warning("Not released, since not handed in through the exchange: %s", who)
        excluded = self.coursedir.student_id_exclude
        self.coursedir.student_id_exclude = ",".join(filter(None, [excluded, *sorted(others)]))
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = excluded


def _login(user: int) -> str:
    with suppress(KeyError):
        import pwd  # of Unix alone

        return pwd.getpwuid(user).pw_name
    return f"user {user}"


def _read(name: str, folder: int, most_bytes: int) -> bytes:
    """A regular file of an open folder; a link is not followed, and nobody waits for a pipe's other end."""
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError as error:
        raise OSError(None, "it is a link") if error.errno == ELOOP else error from None
    with os.fdopen(descriptor, "rb") as file:
        if not S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(None, "it is no regular file")
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise OSError(None, "it is too large")
    return content
