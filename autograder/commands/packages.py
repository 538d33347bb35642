"""The packages that the course needs, beside those that are installed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import metadata

from autograder.building.packing import DISTRIBUTION

STUDENTS: tuple[str, ...] = ()
TEACHERS = ("cluster", "postgresql")
"""The extras of those who study, and of those who grade."""
MISSING = "missing"


def unlike_locked(lock: str, extras: Iterable[str]) -> tuple[list[str], int]:
    """The packages of other versions than the lock wants on this machine, in words; and how many it wants."""
    from packaging.utils import canonicalize_name

    wrong, count, used = [], 0, needed(extras)
    for name, wanted in pins(lock):
        found = _version(name)
        if found == MISSING and canonicalize_name(name) not in used:
            continue  # only those who change the code need it
        count += 1
        if found != wanted:
            wrong.append(f"{name} {found}, not {wanted}")
    return wrong, count


def unlike_asked() -> tuple[list[str], int]:
    """The same by what the course itself asks for, in versions from … to …"""
    from packaging.requirements import Requirement

    asked = [Requirement(text) for text in metadata.requires(DISTRIBUTION) or ()]
    asked = [one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
    found = {one.name: _version(one.name) for one in asked}
    wrong = [
        f"{one.name} {found[one.name]}, not {one.specifier}"
        for one in asked
        if found[one.name] == MISSING or not one.specifier.contains(found[one.name], prereleases=True)
    ]
    return wrong, len(asked)


def pins(lock: str) -> Iterator[tuple[str, str]]:
    """The packages that the lock wants on this machine, each with its exact version."""
    from packaging.markers import InvalidMarker, Marker

    for line in lock.splitlines():
        pin = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(?:;\s*([^\\]+))?", line)
        if pin is None:
            continue
        try:
            if pin[3] and not Marker(pin[3].strip()).evaluate({"extra": "dev"}):
                continue
        except InvalidMarker:
            continue
        yield pin[1], pin[2]


def needed(extras: Iterable[str] = TEACHERS) -> set[str]:
    """The names of the packages that it takes to run the course, and of those that they need in turn."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(DISTRIBUTION, frozenset(extras))]
    while waiting:
        name, chosen = one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        with suppress(metadata.PackageNotFoundError):
            for asked in map(Requirement, metadata.requires(name) or ()):
                marker = asked.marker
                if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *chosen)):
                    waiting.append((canonicalize_name(asked.name), frozenset(asked.extras)))
    return {name for name, _ in seen}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return MISSING
