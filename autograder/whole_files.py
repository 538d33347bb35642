"""Files that are there as a whole or not at all: no reader, and no crash, meets half of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside it to write to, which takes its place at the end; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    yield draft
    draft.replace(path)


def write_whole(path: Path, content: bytes) -> Path:
    with replacing(path) as draft:
        draft.write_bytes(content)
    return path
