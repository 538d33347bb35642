"""An exercise is probe → observe → judge; what comes out is a Verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import numpy as np

if TYPE_CHECKING:
    from autograder.kinds.comparison import Comparison

Seen = TypeVar("Seen")
"""What a kind makes of evidence: its observation."""

Inputs = dict[str, Any]
"""What a probe draws: plain JSON-able data, never an object that only one process can hold."""

Evidence = dict[str, Any]
"""What an observer wrote down about a student's answer: plain JSON-able data."""

StandIns = Mapping[str, Callable[..., Any]]
"""Functions that stand in the place of earlier answers, by the names of these."""


class Kind(Protocol[Seen]):
    """What exercises have in common, by what the answer is. An exercise's ``probe`` is one with its own data.

    ``observer`` is the name of the function in ``autograder.observers`` that runs the answer.
    """

    @property
    def observer(self) -> str: ...

    def draw(self, rng: np.random.Generator) -> Inputs:
        """Fresh inputs."""
        ...

    def read(self, inputs: Inputs, evidence: Evidence) -> Seen:
        """What was observed at these inputs, decoded once; all numbers of the host's come from ``inputs``."""
        ...

    def compare(self, seen: Seen) -> Comparison:
        """Each number beside the right one, with the criteria."""
        ...

    def computes(self, wrong: Any) -> Callable[[Seen], bool]:
        """Whether an answer computes a wrong formula wherever it is wrong."""
        ...

    def answers(self, wrong: Any) -> Sequence[Any]:
        """Answers that do, to try the names of mistakes with."""
        ...


@dataclass(frozen=True)
class Mistake(Generic[Seen]):
    """A mistake with a name: what the student did, why it is tempting, how it shows, a hint.

    It is one that computes a ``wrong`` formula, of the form that its kind takes, or one that ``fits`` what
    was observed. The hint never gives the answer.
    """

    id: str
    _: KW_ONLY
    did: str
    tempting: str
    shows: str
    hint: str
    wrong: Any = None
    fits: Callable[[Seen], bool] | None = None

    def __post_init__(self) -> None:
        if (self.wrong is None) == (self.fits is None):
            raise TypeError(f"The mistake {self.id!r} has both wrong= and fits=, or neither.")


@dataclass(frozen=True)
class Exercise(Generic[Seen]):
    """One exercise: its ``probe`` draws inputs, an observer runs the answer, what was observed is compared.

    ``answer`` is the name the student defines, ``needs`` the ids of exercises whose answers this one may
    build on. ``stand_in`` draws the description of a function that can stand in this answer's place where a
    later one builds on it; ``apart`` gives the kinds that this one is right by with such functions in the
    place of earlier answers, so that a mistake costs its own points alone. ``hints`` are three steps, from
    a nudge to nearly there, ``praise`` is said of a right answer, ``fallback_hint`` where no mistake has a
    name; they are looked for in the order of ``mistakes``. What happens beyond ``domain`` is remarked upon
    and never scored. One of a teacher's own that is ``when_handed_in`` does not go to students.
    """

    id: str
    title: str
    answer: str
    probe: Kind[Seen]
    mistakes: tuple[Mistake[Seen], ...]
    hints: tuple[str, str, str]
    praise: str
    fallback_hint: str
    needs: tuple[str, ...] = ()
    domain: str = ""
    when_handed_in: bool = False
    stand_in: Callable[[np.random.Generator], Inputs] | None = None
    apart: Callable[[StandIns], Sequence[Kind[Any]]] | None = None

    def __post_init__(self) -> None:
        if isinstance(self.hints, str) or len(self.hints) != 3:
            raise TypeError("hints are three texts, from a nudge to nearly there")

    def fitting(self, seen: Seen) -> Iterator[Mistake[Seen]]:
        """The mistakes that what was observed shows: the first one is named."""
        return (m for m in self.mistakes if (m.fits or self.probe.computes(m.wrong))(seen))
