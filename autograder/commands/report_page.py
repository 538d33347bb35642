"""The page of `course report`: one HTML file with charts, each with its text twin; nothing from a network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from autograder.card import AMBER, GREEN, SLATE, VERMILION, escaped, with_code
from autograder.commands.showing import LOOK, number
from autograder.grading.gradebook.class_report import BINS, ClassReport, ExerciseReport, NeedsALook

_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
body {{ font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff; max-width: 58em;
  margin: 2em auto; padding: 0 1em; print-color-adjust: exact; -webkit-print-color-adjust: exact }}
h2 {{ margin: 2em 0 .3em }}
table {{ border-collapse: collapse; width: 100%; margin: .5em 0 }}
th, td {{ text-align: left; padding: .4em 1em .4em 0; vertical-align: top; border-bottom: 1px solid #ddd }}
td.n {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 1% }}
td.name {{ white-space: nowrap; width: 1% }}
small {{ color: #555 }}
summary {{ cursor: pointer; color: #555 }}
code {{ background: #eee; padding: 0 .3em; border-radius: 3px }}
svg {{ width: 100%; height: auto; font: 13px system-ui, sans-serif }}
.bar {{ display: flex; height: 1.2em; margin-top: .2em; min-width: 9em; background: #eee;
  border-radius: 3px; overflow: hidden }}
.key {{ display: inline-block; width: 1.2em; height: .9em; margin: 0 .3em 0 1.2em; vertical-align: -.1em }}
.right {{ background: {green} }}
.partly {{ background: repeating-linear-gradient(45deg, {amber} 0 5px, #d9b45c 5px 10px) }}
.wrong {{ background: repeating-linear-gradient(90deg, {vermilion} 0 3px, #f0b394 3px 6px) }}
.waiting {{ background: #ddd }}
.many {{ background: {slate} }}
</style></head><body>
{body}
</body></html>
"""
_WIDTH, _HEIGHT, _FLOOR, _LEFT = 760, 250, 200, 40


def as_html(report: ClassReport, absent: Sequence[str] = ()) -> str:
    """The page: the distribution of scores, each exercise, each mistake with its count, what needs a look.

    ``absent`` are the names of those who have handed in nothing.
    """
    title = f"{report.unit}: {report.title}"
    body = [f"<h1>{escaped(title)}</h1><p>{escaped(summary(report))}</p>"]
    body += ["<h2>Scores</h2>", _scores(report), "<h2>Exercises</h2>", _exercises(report)]
    body += ["<h2>Mistakes</h2>", _mistakes(report), "<h2>Needs a look</h2>", _needs_a_look(report)]
    if absent:
        body.append(f"<h2>Not handed in</h2><p>{len(absent)}: {escaped(', '.join(absent))}</p>")
    return page(title, "\n".join(body))


def page(title: str, body: str) -> str:
    """A page in the look of all reports."""
    colours = {"green": GREEN, "amber": AMBER, "vermilion": VERMILION, "slate": SLATE}
    return _PAGE.format(title=escaped(title), body=body, **colours)


def summary(report: ClassReport) -> str:
    """How many hand-ins, how they ended, and the scores, in a sentence or two."""
    statuses = ", ".join(f"{count} {status}" for status, count in report.statuses.items())
    late = f"; {report.late} with a late penalty" if report.late else ""
    said = f"{report.students} hand-ins: {statuses}{late}."
    if report.mean is not None and report.median is not None:
        said += (
            f" Of {number(report.points)} points: mean {number(report.mean)}, median {number(report.median)}."
        )
    waiting = sum(exercise.waiting for exercise in report.exercises)
    if report.graded_before:
        said += f" {report.graded_before}."
    if waiting:
        said += f" {waiting} answers wait for a person's mark or look, so scores may still change."
    return said


def sign_of(one: NeedsALook) -> str:
    """A status's sign; of an exercise that waits, the sign that it has in the table."""
    return LOOK[one.status][0] if one.status in LOOK else "–"


def share(exercise: ExerciseReport) -> str:
    """The share of right ones among the answers that have a mark."""
    given = exercise.right + exercise.partly + exercise.wrong
    return f"{100 * exercise.right / given:.0f} %" if given else "–"


def _scores(report: ClassReport) -> str:
    """How many hand-ins have how many points: a bar for each tenth, and one for full points."""
    ranges = [
        f"{number(report.points * step / BINS)} to below {number(report.points * (step + 1) / BINS)}"
        for step in range(BINS)
    ]
    ranges.append(f"all {number(report.points)}")
    counted = [(name, count) for name, count in zip(ranges, report.distribution, strict=True) if count]
    alt = "Hand-ins by points: " + (
        "; ".join(f"{count} have {name}" for name, count in counted) or "none yet"
    )
    rows = [(escaped(name), str(count), "") for name, count in counted]
    table = _table(("points", "hand-ins", ""), rows)
    return (
        f'<svg role="img" aria-label="{escaped(alt)}" viewBox="0 0 {_WIDTH} {_HEIGHT}">'
        f"{''.join(_columns(report))}</svg><details><summary>As a table</summary>{table}</details>"
    )


def _columns(report: ClassReport) -> Iterable[str]:
    most = max(report.distribution) or 1
    wide = (_WIDTH - _LEFT) / (BINS + 1)
    yield f'<text x="{_LEFT}" y="14" fill="#555">hand-ins</text>'
    for place, count in enumerate(report.distribution):
        x, high = _LEFT + place * wide, count / most * (_FLOOR - 40)
        if count:
            size = f'x="{x + 3:.1f}" y="{_FLOOR - high:.1f}" width="{wide - 6:.1f}" height="{high:.1f}"'
            yield f'<rect {size} fill="{SLATE}"/>'
            yield _label(x + wide / 2, _FLOOR - high - 6, str(count))
        if place == BINS:
            yield _label(x + wide / 2, _FLOOR + 18, "full")
        else:
            yield _label(x, _FLOOR + 18, number(report.points * place / BINS))
    yield f'<line x1="{_LEFT}" x2="{_WIDTH}" y1="{_FLOOR}" y2="{_FLOOR}" stroke="#555"/>'
    yield _label(_LEFT + (_WIDTH - _LEFT) / 2, _FLOOR + 42, f"points, of {number(report.points)}")


def _label(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="#222">{escaped(text)}</text>'


def _exercises(report: ClassReport) -> str:
    kinds = ("right", "partly", "wrong", "waiting")
    key = "".join(f'<span class="key {kind}"></span>{kind}' for kind in kinds)
    rows = []
    for e in report.exercises:
        counts = {kind: getattr(e, kind) for kind in kinds}
        every = sum(counts.values()) or 1
        words = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
        parts = [(count / every, kind) for kind, count in counts.items()]
        given = e.right + e.partly + e.wrong
        right = f"{share(e)}<br><small>of {given}</small>"
        rows.append((f"<code>{escaped(e.name)}</code>", right, f"{_bar(parts)}<small>{words}</small>"))
    return f"<p>{key}</p>" + _table(("exercise", "right", "answers"), rows)


def _mistakes(report: ClassReport) -> str:
    """The most frequent of the class first."""
    found = [(len(m.students), e.name, m) for e in report.exercises for m in e.mistakes]
    if not found:
        return "<p>No mistake with a name was made.</p>"
    rows = []
    for count, name, mistake in sorted(found, key=lambda item: (-item[0], item[1], item[2].id)):
        what = (
            f"<code>{escaped(name)}</code>: <strong>{escaped(mistake.id)}</strong> {with_code(mistake.cause)}"
        )
        who = f"<br><small>{escaped(', '.join(mistake.students))}</small>"
        rows.append((_bar([(count / report.students, "many")]), str(count), what + who))
    return _table(("of the class", "students", "what a check says of it"), rows)


def _needs_a_look(report: ClassReport) -> str:
    if not report.needs_a_look:
        return "<p>Everything was run to its end, and no exercise asks for a second look.</p>"
    rows = [
        (escaped(f"{sign_of(one)} {one.status}"), escaped(one.student), with_code(one.reason))
        for one in report.needs_a_look
    ]
    return _table(("status", "student", "why"), rows)


def _table(columns: Sequence[str], rows: Sequence[tuple[str, str, str]]) -> str:
    head = "".join(f'<th scope="col">{escaped(column)}</th>' for column in columns)
    lines = [
        f'<tr><td class="name">{name}</td><td class="n">{value}</td><td>{rest}</td></tr>'
        for name, value, rest in rows
    ]
    return f"<table><tr>{head}</tr>{''.join(lines)}</table>"


def _bar(parts: Sequence[tuple[float, str]]) -> str:
    """Parts of a whole, side by side; the numbers stand beside it in words."""
    spans = "".join(f'<span class="{kind}" style="width:{100 * part:.1f}%"></span>' for part, kind in parts)
    return f'<div class="bar" aria-hidden="true">{spans}</div>'
