"""Verdict → what a student sees: HTML with a picture, plain text, alt text; all with the same numbers."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograder.card import AMBER, GREEN, PARAGRAPH, SLATE, VERMILION, card, escaped, paragraph, table, tidy
from autograder.picture import describe, draw
from autograder.processes.garbage import no_full_collection
from autograder.verdict import Criterion, Row, Status, Verdict

VERDICT_MIME = "application/vnd.learning-to-divide.verdict+json"
MOST_ROWS = 5
CELL_LIMIT, WHERE_LIMIT = 60, 180
COLUMNS = ("where", "yours", "expected", "gap")


def mimebundle(verdict: Verdict, notes: Sequence[str] = ()) -> dict[str, Any]:
    """The display data of a report: HTML, its plain-text twin, and the verdict itself for the gradebook.

    The picture is drawn in the HTML; its numbers are left out of the verdict.
    ``notes`` are remarks of the session, not of the verdict (for example that progress cannot be kept).
    """
    with no_full_collection():
        return {
            "text/html": as_html(verdict, notes),
            "text/plain": as_text(verdict, notes),
            VERDICT_MIME: _json_safe(replace(verdict, picture=None).as_json()),
        }


def as_html(verdict: Verdict, notes: Sequence[str] = ()) -> str:
    """The report as one self-contained piece of HTML; every text in it is escaped."""
    colour, icon, word = _look(verdict)
    parts = [paragraph(verdict.message)] if verdict.message else []
    if verdict.cause:
        parts.append(paragraph(verdict.cause, "What probably happened:"))
    if _shows_criteria(verdict):
        parts.append(_criteria_html(verdict.criteria))
    if verdict.picture is not None:
        parts.append(_picture_html(verdict))
    if verdict.table:
        heads, *rows = _columns(verdict.table)
        parts.append(table(heads, rows, _calls(verdict.table)))
    parts += [paragraph(remark, "Remark:") for remark in verdict.remarks]
    parts += [paragraph(note, "Note:") for note in notes]
    if verdict.status is not Status.RIGHT:
        parts.append(paragraph(_next_step(verdict)))
    return card(colour, icon, word, verdict.exercise, "".join(parts), _score(verdict))


def as_text(verdict: Verdict, notes: Sequence[str] = ()) -> str:
    """The report as plain text, for a terminal, a screen reader or a log."""
    _, icon, word = _look(verdict)
    score = f" ({_score(verdict)})" if _score(verdict) else ""
    lines = [f"{icon} {tidy(verdict.exercise)}: {word}{score}"]
    if verdict.message:
        lines.append(tidy(verdict.message))
    if verdict.cause:
        lines.append(f"What probably happened: {tidy(verdict.cause)}".replace("`", ""))
    if _shows_criteria(verdict):
        lines.append("Parts:")
        lines += [f"  {icon} {name}: {share}" for icon, name, share in _criteria(verdict.criteria)]
    if verdict.picture is not None:
        lines.append(f"Picture: {alt_text(verdict)}")
    if verdict.table:
        lines += ["Where it fails:", *_table_lines(verdict.table)]
    lines += [f"Remark: {tidy(remark)}" for remark in verdict.remarks]
    lines += [f"Note: {tidy(note)}" for note in notes]
    if verdict.status is not Status.RIGHT:
        lines.append(_next_step(verdict).replace("`", ""))
    return "\n".join(lines)


def alt_text(verdict: Verdict) -> str:
    """The picture of the report in words; empty where there is none."""
    return "" if verdict.picture is None else tidy(describe(verdict.picture))


def _look(verdict: Verdict) -> tuple[str, str, str]:
    """Colour, icon and word of the outcome."""
    if verdict.status is Status.RIGHT:
        return GREEN, "✓", "right"
    if verdict.status is Status.NOT_ATTEMPTED:
        return SLATE, "○", "waiting for your answer"
    if verdict.score > 0:
        return AMBER, "◐", "partly right"
    return VERMILION, "✗", "not right yet"


def _score(verdict: Verdict) -> str:
    """Parts done, if any, and the share of the points, where that says more than the status alone."""
    if verdict.status is not Status.WRONG or verdict.score <= 0:
        return ""
    done = sum(criterion.share >= 1 for criterion in verdict.criteria)
    parts = f"{done} of {len(verdict.criteria)} parts, " if done and len(verdict.criteria) > 1 else ""
    return f"{parts}{_percent(verdict.score)} of the points"


def _percent(share: float) -> str:
    """Whole per cent; what is not all never reads 100 %, what is not nothing never 0 %."""
    if 0 < share < 1:
        return f"{min(max(round(100 * share), 1), 99)} %"
    return f"{100 * share:.0f} %"


def _shortened(text: str, limit: int = CELL_LIMIT) -> str:
    """One line of bounded length, cut in its middle: the end of an input names the result."""
    line = " ".join(tidy(text).split())
    if len(line) <= limit:
        return line
    return f"{line[: 2 * limit // 3].rstrip()} … {line[3 - limit // 3 :].lstrip()}"


def _shows_criteria(verdict: Verdict) -> bool:
    return verdict.status is not Status.NOT_ATTEMPTED and len(verdict.criteria) > 1


def _criteria(criteria: Sequence[Criterion]) -> list[tuple[str, str, str]]:
    """Each one's icon, name and state; where some are worth more than others, what they are worth, too."""
    total = sum(c.weight for c in criteria)
    alike = len({c.weight for c in criteria}) == 1 or all(c.share >= 1 for c in criteria)
    worth = ["" if alike else f" (worth {_percent(c.weight / total)})" for c in criteria]
    return [_criterion(c, _shortened(c.name) + w) for c, w in zip(criteria, worth, strict=True)]


def _criterion(criterion: Criterion, name: str) -> tuple[str, str, str]:
    if criterion.share >= 1:
        return "✓", name, "right"
    if criterion.share <= 0:
        return "✗", name, "no points yet"
    return "◐", name, f"{_percent(criterion.share)} of its points"


def _criteria_html(criteria: Sequence[Criterion]) -> str:
    items = []
    for icon, name, share in _criteria(criteria):
        colour = {"✓": GREEN, "✗": VERMILION}.get(icon, AMBER)
        items.append(
            f'<li style="display:inline-block;margin:0 8px 6px 0;padding:1px 10px 1px 8px;border-radius:10px;'
            f'border:1px solid {colour};background:{colour}22">{icon} {escaped(name)}: {share}</li>'
        )
    return f'<ul style="list-style:none;margin:.7em 0 0 0;padding:0">{"".join(items)}</ul>'


def _picture_html(verdict: Verdict) -> str:
    alt = escaped(alt_text(verdict))
    assert verdict.picture is not None
    try:
        png = base64.b64encode(draw(verdict.picture)).decode("ascii")
    except Exception as fault:  # a report without its picture is better than none
        return paragraph(f"{alt_text(verdict)} (It could not be drawn here: {fault})", "Picture:")
    return (
        f'<p style="{PARAGRAPH}"><img src="data:image/png;base64,{png}" alt="{alt}" title="{alt}" '
        f'style="width:600px;max-width:100%;background:#fff;border-radius:4px"></p>'
    )


def _together(failing: Sequence[Row]) -> list[Row]:
    """The rows that are shown; a call of which there is one row alone stands with what it gave."""
    rows = list(failing[:MOST_ROWS])
    if len({row.call for row in rows}) < len(rows):
        return rows
    return [
        replace(row, where=f"{row.call}: {row.where}" if row.call else row.where, call="") for row in rows
    ]


def _columns(failing: Sequence[Row]) -> list[tuple[str, ...]]:
    """The table's heads and lines, without a column in which nothing stands."""
    rows = _together(failing)
    wide = any(len(row.where) > CELL_LIMIT // 2 for row in rows)
    limits = (WHERE_LIMIT, *[WHERE_LIMIT if wide else CELL_LIMIT] * 3)
    texts = ((row.where, row.yours, row.expected, row.gap) for row in rows)
    cells = [tuple(map(_shortened, line, limits)) for line in texts]
    kept = [i for i in range(len(COLUMNS)) if any(line[i] for line in cells)]
    return [tuple(line[i] for i in kept) for line in (COLUMNS, *cells)]


def _calls(failing: Sequence[Row]) -> list[str]:
    """What stands above each line: its call, where that is another one than the last line's."""
    calls = [f"for {_shortened(row.call, WHERE_LIMIT)}:" if row.call else "" for row in _together(failing)]
    return ["" if call == before else call for before, call in zip(["", *calls[:-1]], calls, strict=True)]


def _table_lines(failing: Sequence[Row]) -> list[str]:
    heads, *lines = rows = _columns(failing)
    calls = _calls(failing)
    indent = "    " if any(calls) else "  "
    if max(len(row[0]) for row in rows) > CELL_LIMIT // 2:  # too wide for columns
        texts = [
            f"  {where}\n    " + ", ".join(f"{n} {t}" for n, t in zip(heads[1:], texts, strict=True) if t)
            for where, *texts in lines
        ]
    else:
        widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
        texts = [
            indent + "  ".join(t.ljust(w) for t, w in zip(row, widths, strict=True)).rstrip() for row in rows
        ]
        calls = ["", *calls]
    return [f"  {call}\n{text}" if call else text for call, text in zip(calls, texts, strict=True)]


def _next_step(verdict: Verdict) -> str:
    return f'Stuck? `hint("{tidy(verdict.exercise)}")` gives the next hint.'


def _json_safe(value: Any) -> Any:
    """The same data with only what a notebook file can hold: no lone surrogates, no NaN, no infinities."""
    if isinstance(value, dict):
        return {key: _json_safe(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json_safe(item) for item in value]
    if isinstance(value, str):
        return str(value).encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
