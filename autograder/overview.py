"""The student's progress by unit: a small bar chart in HTML and the same in plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.card import AMBER, CODE, GREEN, SLATE, card, escaped, paragraph, tidy
from autograder.records import Record
from autograder.verdict import Status
from autograder.wording import counted

BAR_CELLS = 20
Units = Mapping[str, Sequence[str]]
"""The ids of the exercises by the id of their unit, in the course's order."""


def overview(units: Units, records: Mapping[str, Record], notes: Sequence[str] = ()) -> dict[str, str]:
    """The chart as a mimebundle; both forms carry the same words and numbers."""
    return {"text/html": _html(units, records, notes), "text/plain": _text(units, records, notes)}


def _html(units: Units, records: Mapping[str, Record], notes: Sequence[str]) -> str:
    rows = []
    for unit, exercises in units.items():
        counts = _counts(exercises, records)
        bar = "".join(
            f'<span style="display:inline-block;height:12px;width:{100 * count / len(exercises):.2f}%;'
            f'background:{colour}"></span>'
            for count, colour in zip(counts, (GREEN, AMBER), strict=False)
        )
        chips = " ".join(
            f'<span style="display:inline-block;margin-right:14px"><span aria-hidden="true">{icon}</span> '
            f'<code style="{CODE}">{escaped(name)}</code> {word}</span>'
            for icon, name, word in (_exercise(name, records) for name in exercises)
        )
        rows.append(
            f'<div style="margin:.9em 0 0 0"><strong>{escaped(unit)}</strong> '
            f'<span style="opacity:.85">{_sentence(counts, len(exercises))}</span>'
            f'<div style="line-height:0;font-size:0;height:12px;margin:4px 0 6px;border-radius:6px;'
            f'overflow:hidden;background:rgba(128,128,128,.28)">{bar}</div>{chips}</div>'
        )
    rows += [paragraph(note, "Note:") for note in notes]
    return card(SLATE, "▤", "your progress", "", "".join(rows), _total(units, records))


def _text(units: Units, records: Mapping[str, Record], notes: Sequence[str]) -> str:
    lines = [f"▤ your progress: {_total(units, records)}"]
    width = max((len(unit) for unit in units), default=0)
    for unit, exercises in units.items():
        right, partly = counts = _counts(exercises, records)
        full, half = (round(BAR_CELLS * n / len(exercises)) for n in (right, right + partly))
        bar = "█" * full + "▒" * (half - full) + "░" * (BAR_CELLS - half)
        lines.append(f"{unit.ljust(width)}  {bar}  {_sentence(counts, len(exercises))}")
        lines += [
            f"  {icon} {name}: {word}" for icon, name, word in (_exercise(e, records) for e in exercises)
        ]
    return "\n".join([*lines, *(f"Note: {tidy(note)}" for note in notes)])


def _counts(exercises: Sequence[str], records: Mapping[str, Record]) -> tuple[int, int]:
    """How many are right, how many are tried and not right yet."""
    known = [records[name].status for name in exercises if name in records]
    return known.count(Status.RIGHT), known.count(Status.WRONG)


def _sentence(counts: tuple[int, int], exercises: int) -> str:
    right, tried = counts
    also = f", {tried} begun" if tried else ""
    return f"{right} of {exercises} right{also}"


def _total(units: Units, records: Mapping[str, Record]) -> str:
    everything = [name for exercises in units.values() for name in exercises]
    return f"{_counts(everything, records)[0]} of {len(everything)} exercises right"


def _exercise(name: str, records: Mapping[str, Record]) -> tuple[str, str, str]:
    record = records.get(name, Record())
    if record.status is Status.RIGHT:
        hints = f", {counted(record.hints, 'hint')}" if record.hints else ""
        return "✓", name, f"right ({counted(record.attempts, 'attempt')}{hints})"
    if record.status is Status.WRONG:
        partly = f"{min(max(round(100 * record.score), 1), 99)} %" if record.score > 0 else "not right yet"
        return "◐", name, partly
    return "○", name, "open"
