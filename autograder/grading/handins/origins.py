"""What came as whose in one run: two that differ are shown, and neither is taken."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from autograder.grading.handins.naming import Named
from autograder.grading.handins.placing import Word

Key = tuple[str, str]
"""A student and a unit."""


@dataclass
class _Came:
    word: Word
    shown: str
    by_hand: bool
    digests: set[bytes] = field(default_factory=set)

    @property
    def rank(self) -> tuple[bool, int]:
        """Less for the one whose word counts more; what a person assigned counts most."""
        return not self.by_hand, list(Word).index(self.word)


class Origins:
    """All that came, by student and unit."""

    def __init__(self, by_roster: bool) -> None:
        """``by_roster`` where names are looked up on one; else two may be written alike, in two runs, too."""
        self._by_roster = by_roster
        self._came: dict[Key, dict[str, _Came]] = defaultdict(dict)
        self._in_archives: dict[str, set[str]] = defaultdict(set)
        """By archive, whom a platform names in it."""

    def add(self, key: Key, named: Named, content: bytes, alone: bool, by_hand: bool) -> None:
        """``alone`` where it came in the one archive that was given; ``by_hand`` where it was assigned."""
        if named.said:
            self._in_archives[named.within].add(named.origin)
        shown = f"{named.handin}" if not named.said else named.said.shown
        came = self._came[key].setdefault(named.origin, _Came(Word.INNER_NAME, shown, by_hand))
        came.word = min(came.word, self.word(key, named, alone)[0], key=list(Word).index)
        came.by_hand |= by_hand
        came.digests.add(hashlib.sha256(content).digest())

    def word(self, key: Key, named: Named, alone: bool) -> tuple[Word, str]:
        """On whose word it is somebody's, and in what it lay."""
        came = self._came[key].get(named.origin)
        if came and came.by_hand:
            return Word.OWN_NAME, ""
        if named.said and named.within and (alone or len(self._in_archives[named.within]) > 1):
            is_sure = alone and self._by_roster
            return (Word.OWN_NAME, "") if is_sure else (Word.ARCHIVE, named.origin)
        if not named.within:
            return Word.OWN_NAME, ""
        return (Word.ARCHIVE if alone else Word.INNER_NAME), named.within

    def conflict(self, key: Key, named: Named) -> str:
        """In words, where another came as the same student's, on as good a word, and they differ."""
        came = self._came[key]
        if (mine := came.get(named.origin)) is None:
            return ""
        rivals = [one for one in came.values() if one.rank <= mine.rank and not one.digests & mine.digests]
        if not rivals:
            return ""
        first = min(rivals, key=lambda one: one.rank)
        if first.rank < mine.rank:
            return f"{first.shown[:100]} came as {key[0]}'s, too, and counts more"
        names = " and ".join(one.shown[:100] for one in (mine, *rivals[:2]))
        return f"{names} came as {key[0]}'s, and they differ: neither is taken"

    def others(self, key: Key, named: Named) -> str:
        """What to say where the same student's came under another name, too."""
        first = next(iter(self._came[key].items()), None)
        if first is None or first[0] == named.origin:
            return ""
        return (
            f"it came as {first[1].shown[:100]}, too: the one that does not count is kept in submitted/.older"
        )
