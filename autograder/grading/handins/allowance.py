"""How much may be opened of what was handed in."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.grading.handins.intake import BrokenHandin

MAX_MEMBERS = 20_000
OF_ONE = (100, 60_000_000)
"""Notebooks and bytes that a zip may hold with all zips in it, where it is a hand-in …"""
OF_A_CLASS = (MAX_MEMBERS, 1_000_000_000)
"""… and where it is what was given to collect."""


class TooMuch(BrokenHandin):
    """Nothing more is opened of this hand-in."""


@dataclass
class Allowance:
    """How much may be opened of a hand-in, with all zips in it; it counts for what is ``around`` it, too."""

    most_files: int
    most_bytes: int
    around: Allowance | None = None
    files: int = 0
    bytes: int = 0
    beside: int = 0
    unpacked: int = 0

    def take(self, sizes: list[int]) -> None:
        """Raises TooMuch, and takes nothing, where that is more than is left."""
        if self.files + len(sizes) > self.most_files:
            raise TooMuch(f"it holds more than {self.most_files} notebooks and archives")
        if self.bytes + sum(sizes) > self.most_bytes:
            raise TooMuch(f"it opens to more than {self.most_bytes // 1_000_000} MB")
        if self.around:
            self.around.take(sizes)
        self.files += len(sizes)
        self.bytes += sum(sizes)

    def take_beside(self, size: int) -> None:
        """The same, counted apart, for a file beside a notebook: it costs no notebook its place."""
        if self.beside + size > self.most_bytes:
            raise TooMuch(f"what lies beside notebooks opens to more than {self.most_bytes // 1_000_000} MB")
        if self.around:
            self.around.take_beside(size)
        self.beside += size

    def take_unpacked(self, size: int) -> None:
        """The same, counted apart, for a packed tar: all of it is unpacked before any file can be found."""
        if self.unpacked + size > self.most_bytes:
            raise TooMuch(f"its archives open to more than {self.most_bytes // 1_000_000} MB")
        if self.around:
            self.around.take_unpacked(size)
        self.unpacked += size
