"""What a search tries: every configuration of a grid, each from one start or several."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

SPACE: dict[str, tuple[Any, ...]] = {
    "batch_size": (1, 4, 16, 32, 64),
    "dropout": (0.0, 0.0001, 0.0002, 0.0005),
    "epochs": (90, 240),
    "optimizer": ("rmsprop", "ftrl", "nadam", "adam", "sgd", "adadelta", "adamax"),
}
"""The grid of deck D's search, as the author's published script has it."""

POINTS = 12_000  # in the deck's search


class SearchError(ValueError):
    """What a user asked for cannot be; its text says so in one sentence."""


class Configuration(NamedTuple):
    """One way to train: a value for each hyperparameter."""

    batch_size: int
    dropout: float
    epochs: int
    optimizer: str

    def __str__(self) -> str:
        return f"{self.optimizer}, batch {self.batch_size}, dropout {self.dropout:g}, {self.epochs} epochs"

    def steps(self, points: int = POINTS) -> int:
        """Return how many steps this training takes; the last, smaller batch of an epoch counts as one."""
        return -(-points // self.batch_size) * self.epochs


class Training(NamedTuple):
    """One trial: a configuration, and the seed of its start, its order of points and its dropout."""

    configuration: Configuration
    seed: int


@dataclass(frozen=True)
class Plan:
    """All that decides which trials a search has and what each computes.

    space: for each hyperparameter the values to try. starts: how often each configuration is trained, every
    time from a start of its own: trial number n has the seed `first_seed` + n.
    """

    space: Mapping[str, Sequence[Any]] = field(default_factory=lambda: SPACE)
    starts: int = 1
    first_seed: int = 0
    points: int = POINTS

    def __post_init__(self) -> None:
        _check_space(self.space)
        for name, least in (("starts", 1), ("first_seed", 0), ("points", 1)):
            value = getattr(self, name)
            if not _is_whole(value) or value < least:
                raise SearchError(f"search: {name} = {value!r}; expected a whole number from {least} on.")

    def trainings(self) -> list[Training]:
        """Return the trials in order: batch sizes outermost, starts innermost."""
        grid = itertools.product(*(self.space[name] for name in Configuration._fields))
        configurations = [Configuration(*values) for values in grid for _ in range(self.starts)]
        return [Training(c, self.first_seed + number) for number, c in enumerate(configurations)]

    def steps(self) -> int:
        """Return how many steps all trials take together."""
        return sum(training.configuration.steps(self.points) for training in self.trainings())

    def as_data(self) -> dict[str, Any]:
        """Return the plan as JSON would give it back."""
        space = {name: list(self.space[name]) for name in Configuration._fields}
        return {
            "space": space,
            "starts": self.starts,
            "first_seed": self.first_seed,
            "points": self.points,
        }


def _check_space(space: Mapping[str, Sequence[Any]]) -> None:
    """Refuse a grid with other keys than four lists, or with a value that no training takes."""
    if not isinstance(space, Mapping) or set(space) != set(Configuration._fields):
        found = ", ".join(map(str, space)) if isinstance(space, Mapping) else type(space).__name__
        raise SearchError(f"search: the space has {found}; expected {', '.join(Configuration._fields)}.")
    for name, values in space.items():
        if isinstance(values, str) or not isinstance(values, Sequence) or not values:
            raise SearchError(f"search: {name} = {values!r}; expected a list with one value at least.")
        if len(set(values)) < len(values):
            raise SearchError(f"search: {name} = {list(values)} has a value twice; expected each once.")
        for value in values:
            if not _ALLOWED[name][0](value):
                raise SearchError(f"search: {name} has {value!r}; expected {_ALLOWED[name][1]}.")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_ALLOWED: dict[str, tuple[Any, ...]] = {
    "batch_size": (lambda v: _is_whole(v) and v > 0, "whole numbers from 1 on"),
    "dropout": (
        lambda v: isinstance(v, (int, float)) and not isinstance(v, bool) and 0 <= v < 1,
        "shares from 0 to below 1",
    ),
    "epochs": (lambda v: _is_whole(v) and v > 0, "whole numbers from 1 on"),
    "optimizer": (lambda v: v in SPACE["optimizer"], ", ".join(SPACE["optimizer"])),
}
