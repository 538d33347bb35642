"""What a jailed process uses up where its jail does not bound it: threads, and bytes on the disk.

Its keeper asks; each jail is counted alone, so that one who takes too much ends nobody else. See `keep`.
"""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator
from pathlib import Path

from autograder.processes.limits import MOST_FILES

DEEPEST = 50
"""Folders in one another in a scratch folder."""
BLOCK = 512
_DELETED = " (deleted)"


def threads(pid: int) -> int:
    """How many threads a process has; 0 where it has ended."""
    try:
        return Path(f"/proc/{pid}/task").stat().st_nlink - 2  # a folder for each
    except OSError:
        return 0


def disk_bytes(pid: int, scratch: Path, file_bytes: int) -> float:
    """The bytes of a process's scratch folder, with those of files that it has deleted and still uses.

    A deleted file that is in memory only has ``file_bytes``, the most there can be. Infinitely many where
    files are too many, lie too deep, or cannot be counted.
    """
    kept = {inode: size for inode, size in _opened(pid, scratch)}
    for inode in _mapped(pid, scratch):
        kept.setdefault(inode, file_bytes)
    return _in_folder(scratch) + sum(kept.values())


def _in_folder(folder: Path) -> float:
    total = files = 0
    folders = [(folder, 0)]
    while folders:
        place, depth = folders.pop()
        try:
            entries = os.scandir(place)
        except FileNotFoundError:
            continue
        except OSError:
            return math.inf
        with entries:
            for entry in entries:
                files += 1
                if depth > DEEPEST or files > MOST_FILES:
                    return math.inf
                with contextlib.suppress(OSError):  # it is gone by now
                    if entry.is_dir(follow_symlinks=False):
                        folders.append((Path(entry.path), depth + 1))
                    total += entry.stat(follow_symlinks=False).st_blocks * BLOCK
    return total


def _opened(pid: int, scratch: Path) -> Iterator[tuple[int, int]]:
    """Number and size of each deleted file that is open; its keeper may look, being of the same user."""
    links: list[Path] = []
    with contextlib.suppress(OSError):
        links += Path(f"/proc/{pid}/fd").iterdir()
    for link in links:
        with contextlib.suppress(OSError):  # it is closed by now
            if _is_deleted(str(link.readlink()), scratch):
                file = link.stat()
                yield file.st_ino, file.st_blocks * BLOCK


def _mapped(pid: int, scratch: Path) -> Iterator[int]:
    """The number of each deleted file that is mapped into memory: it may have been closed since."""
    lines: list[str] = []
    with contextlib.suppress(OSError):
        lines += Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace").splitlines()
    for line in lines:
        *_, inode, path = line.split(maxsplit=5) if _DELETED in line else ("0", "")
        if _is_deleted(path, scratch):
            yield int(inode)


def _is_deleted(path: str, scratch: Path) -> bool:
    return path.startswith(f"{scratch}/") and path.endswith(_DELETED)
