"""A temporary folder of this process; the next process clears it away where this one was killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

OWNER = "owner"
"""The file in it that its process holds locked, for as long as it lives."""

TRIES, PAUSE = 20, 0.05


class OwnFolder:
    """A new folder in the system's temporary folder. Before, those left by processes that are gone go."""

    def __init__(self, prefix: str) -> None:
        for left in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            _remove_if_left(left)
        self.path = Path(tempfile.mkdtemp(prefix=prefix))
        starting = self.path / f"{OWNER}.new"
        self._owner = os.open(starting, os.O_CREAT | os.O_RDWR, 0o600)
        _lock(self._owner)
        starting.rename(self.path / OWNER)  # only now may others look whether it is locked

    def remove(self) -> None:
        """Remove it with all that is in it; a second time does nothing."""
        remove_all(self.path)
        if self._owner >= 0:
            os.close(self._owner)
            self._owner = -1


def remove_all(folder: Path) -> None:
    """Remove a folder, also one with closed folders in it, or so deep that Python would give up.

    Tried again where a process that is being ended still writes there.
    """
    for _ in range(TRIES):
        with contextlib.suppress(RecursionError):
            shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        with contextlib.suppress(FileNotFoundError):  # there are such programs on Linux and macOS
            for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
                subprocess.run([*command, "--", str(folder)], stderr=subprocess.DEVNULL, check=False)
        time.sleep(PAUSE)


def _remove_if_left(folder: Path) -> None:
    try:
        owner = os.open(folder / OWNER, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:  # being made, another user's, or gone by now
        return
    try:
        _lock(owner)
        remove_all(folder)
    except BlockingIOError:
        pass  # somebody works in it
    finally:
        os.close(owner)


def _lock(file: int) -> None:
    """Raises BlockingIOError where another process has it."""
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
