"""Of the notebooks of one unit in one hand-in, one counts: the newest."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from autograder.grading.handins import receipts
from autograder.grading.handins.archives import Opened
from autograder.grading.handins.intake import BrokenHandin, parse
from autograder.grading.handins.moments import When
from autograder.grading.handins.naming import Named
from autograder.grading.handins.receipts import Receipt


@dataclass(frozen=True)
class Notebook:
    """One that can be taken: whose it is, and when it was handed in, with what is to be said of that."""

    file: Opened
    content: bytes
    named: Named
    student: str
    unit: str
    receipt: Receipt | None
    when: When
    claim: str = ""
    """What its receipt says otherwise."""

    @property
    def counts(self) -> tuple[int, bool, datetime, int, datetime]:
        """More for the one that counts: where students work, then the newest."""
        number = self.named.said.number if self.named.said else 0
        return self.named.place, not self.when.doubt, self.when.moment, number, self.when.written

    @property
    def slip(self) -> bytes | None:
        """The receipt, where it was written for this notebook."""
        return self.file.slip if self.receipt and self.receipt.fits(self.content) else None

    def notes(self) -> list[str]:
        """What a person should know about the file itself."""
        said = [note for note in (self.when.doubt, self.when.contradiction) if note]
        if self.receipt and not self.slip:
            said.append("the notebook is not the one that its receipt was written for (the hash differs)")
        elif self.file.slip is not None and not self.receipt:
            said.append("its receipt cannot be read")
        try:
            parse(self.content)
        except BrokenHandin as error:
            said.append(str(error))
        return said


class Choice:
    """Offered one after another, of each unit the newest is kept, and of the others no more than the name."""

    def __init__(self) -> None:
        self._best: dict[str, Notebook] = {}
        self._names: dict[str, dict[bytes, str]] = defaultdict(dict)

    def offer(self, new: Notebook) -> None:
        best = self._best.get(new.unit)
        if not best or new.counts >= best.counts:
            self._best[new.unit] = new
        self._names[new.unit][hashlib.sha256(new.content).digest()] = str(new.file.where)

    def made(self) -> Iterator[tuple[Notebook, str]]:
        """Those that count, each with what is to be said of others with other contents."""
        for unit, best in self._best.items():
            own = hashlib.sha256(best.content).digest()
            others = [name for digest, name in self._names[unit].items() if digest != own]
            if not others:
                yield best, ""
                continue
            more = f" and {len(others) - 1} more" if others[1:] else ""
            yield best, f"the newest notebook of this unit in it counts; not taken: {others[0][-60:]}{more}"


def read_receipt(file: Opened) -> Receipt | None:
    try:
        return receipts.read_receipt(file.slip) if file.slip is not None else None
    except ValueError:
        return None
