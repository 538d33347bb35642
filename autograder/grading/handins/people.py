"""Who handed something in: what a name, a platform or a receipt says, looked up on the roster; never guessed.

Without a roster every name is a student's that `course submit` would leave as it is: it would make one of Bö
and Bo. A platform's full name is written as `course submit` writes it, since its number tells two apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from autograder.grading.handins.archives import Opened
from autograder.grading.handins.assigned import Assigned
from autograder.grading.handins.naming import Named
from autograder.grading.handins.placing import NotTaken
from autograder.grading.handins.receipts import STUDENT_ID, Receipt, is_generic
from autograder.lms.said import Said
from autograder.roster import Roster
from autograder.roster.student import id_of

WITH_NUMBERS = {"moodle": "this assignment's grading worksheet", "canvas": "Canvas's gradebook"}
"""Lists that tell people of one name apart."""
LONGEST = 64
"""Characters of a name that becomes a student's without a roster."""


class WhoseIsIt(NotTaken):
    """Nobody knows; a person can say it with `course collect --assign`, or in ``whose.csv``."""


class People:
    """The class, and all who have handed in."""

    def __init__(self, root: Path, assign: Iterable[str] = ()) -> None:
        self.roster = Roster.load(root)
        there = (root / "submitted").iterdir() if (root / "submitted").is_dir() else ()
        self.written = {path.name.casefold(): path.name for path in there}
        """How each who has handed in is written, by the name in small letters."""
        self.assigned = Assigned(root, self.roster, assign)

    def may_be(self, name: str) -> bool:
        """Can this be the name of somebody?"""
        return bool(self.called(name)) if self.roster else True

    def is_known(self, name: str) -> bool:
        """Is it the name of somebody who is in the class, or has handed in before?"""
        return any(self.roster or one in self.written.values() for one in self.called(name))

    def called(self, name: str) -> tuple[str, ...]:
        """The ids of all whom a name can mean."""
        if is_generic(name):
            return ()
        if self.roster:
            return tuple(one.id for one in self.roster.find(name))
        return (self.written.get(name.casefold(), name),) if STUDENT_ID.fullmatch(name) else ()

    def whose(self, file: Opened, named: Named, receipt: Receipt | None) -> tuple[str, str]:
        """The id of the student, and what is to be said of it. Raises WhoseIsIt, or NotTaken."""
        if student := self.assigned.student(file, named):
            return student, self._of_the_receipt(student, receipt)
        found = self._said(named.said) if named.said else self.called(named.name)
        if receipt and not named.said and self._is_open(named.name, receipt):
            found = self._claimed(receipt)
        if len(found) != 1:
            raise WhoseIsIt(f"whose is it? {self._question(named, found)}")
        self.assigned.settle(file, named)
        [student] = found
        return student, self._of_the_receipt(student, receipt)

    def disagrees(self, student: str, receipt: Receipt) -> bool:
        """Does a receipt name somebody else? Where there is a roster, a name that nobody has is nobody's."""
        if not self.roster:
            return receipt.student.casefold() != student.casefold()
        return student not in (claimed := self._claimed(receipt)) and bool(claimed)

    def _said(self, said: Said) -> tuple[str, ...]:
        """All whom a system can mean: by its key, or else by the name; both where these are two people's."""
        system = said.system if said.system in ("moodle", "canvas") else "login"
        by_key = self.roster.by_key(system, said.key) if said.key else None
        if not self.roster:
            return self.called(id_of(said.name)) if len(said.name) <= LONGEST else ()
        behind_a_group = said.name.partition("-")[2] if said.system == "moodle" else ""
        named = self.called(said.name) or self.called(behind_a_group)
        if by_key is None:
            return named
        return (by_key.id, *(() if by_key.id in named else named))

    def _claimed(self, receipt: Receipt) -> tuple[str, ...]:
        """All whom a receipt can mean: it has a name as `course submit` writes it."""
        return self.called(receipt.student) if STUDENT_ID.fullmatch(receipt.student) else ()

    def _is_open(self, name: str, receipt: Receipt) -> bool:
        """Does a name leave it to the receipt whose it is? ``ada-1`` is how platforms name a second ada."""
        claimed = receipt.student.casefold()
        stem, _, number = name.rpartition("-")
        if not name or (number.isdigit() and stem.casefold() == claimed):
            return not (self.roster and self.called(name))
        return not self.roster and not self.called(name) and id_of(name).casefold() in ("", claimed)

    def _of_the_receipt(self, student: str, receipt: Receipt | None) -> str:
        """What is to be said of a receipt that names somebody else than this student, or nobody."""
        if receipt is None or is_generic(receipt.student) or student in self._claimed(receipt):
            return ""
        nobody = ", who is not on the roster" if self.roster and not self._claimed(receipt) else ""
        return f"its receipt says {receipt.student[:64]}{nobody}"

    def _question(self, named: Named, found: tuple[str, ...]) -> str:
        key = f"{named.said.system} {named.said.key}" if named.said and named.said.key else "FILE"
        how = f"Next: course collect --assign '{key}=STUDENT', or fill in whose.csv"
        said = named.said.shown if named.said else named.name
        if found:
            if a_list := WITH_NUMBERS.get(named.said.system if named.said else ""):
                how = how.replace("Next: ", f"Next: course roster, with {a_list}, or ")
            return f"{said[:60]} can be {' or '.join(map(self.roster.shown, found[:5]))}. {how}"
        if said and self.roster:
            return f"{said[:60]!r} is not on the roster. {how}"
        if said:
            return (
                f"{said[:60]!r} cannot be a student's name here (letters a to z, digits and - _ . @ can). "
                "Next: course roster FILE, with a list of the class, or --assign 'FILE=STUDENT'"
            )
        if named.generic:
            return f"{named.generic[:60]} is a login that many share. {how}"
        return f"No name tells it. {how}, or name it handin-UNIT-STUDENT.ipynb"
