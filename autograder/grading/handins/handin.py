"""What one student handed in for one unit: read once, hashed once."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.grading.handins.beside import MOST_BYTES, NONE, Files, of_a_handin
from autograder.grading.handins.intake import BrokenHandin, read_bytes, read_handin
from autograder.grading.handins.receipts import FILE_NAME, MAX_BYTES, read_receipt


@dataclass(frozen=True)
class Handin:
    """``content`` is the notebook, or ``problem`` says why there is none; ``files`` lie beside it.

    ``remarks`` says what of these was left out, ``receipt`` has the receipt's own bytes, if there is one.
    """

    content: bytes = b""
    problem: str = ""
    files: Files = NONE
    remarks: tuple[str, ...] = ()
    receipt: bytes = b""

    @cached_property
    def sha256(self) -> str:
        """Of the notebook."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def versions(self) -> dict[str, str]:
        """What the receipt says it was made with; nothing where there is none that fits."""
        try:
            receipt = read_receipt(self.receipt)
        except ValueError:
            return {}
        fits = receipt.sha256 == self.sha256
        return {str(name): str(version) for name, version in receipt.versions.items()} if fits else {}

    @property
    def size(self) -> int:
        """Bytes of all that it holds."""
        return len(self.content) + sum(map(len, self.files.contents.values()))


def read_one(
    submitted: Path, student: str, unit: str, given: Path | None = None, most_bytes: int = MOST_BYTES
) -> Handin:
    """The hand-in in ``submitted/<student>/<unit>/``; ``given`` is the teacher's folder, as in `Chosen`."""
    folder = submitted / student / unit
    try:
        content = read_handin(submitted, student, unit)
    except BrokenHandin as error:
        return Handin(problem=str(error))
    files, said = of_a_handin(folder, given, most_bytes)
    return Handin(content, files=files, remarks=tuple(said), receipt=receipt_beside(folder))


def receipt_beside(folder: Path) -> bytes:
    """The receipt that lies in a folder; nothing where there is none that can be read."""
    with suppress(BrokenHandin):
        return read_bytes(folder / FILE_NAME, MAX_BYTES)
    return b""
