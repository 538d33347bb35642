"""The one look of everything the autograder shows in a notebook: a calm card, and its plain-text twin.

Colours are translucent and text inherits its colour, so that a card reads well in JupyterLab's light and dark
theme, on nbgrader's feedback pages and where a viewer drops every style.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.cell_history import shell

GREEN, VERMILION, AMBER, SLATE = "#1a7a4c", "#b5430a", "#855d00", "#46647f"
"""White text on each of them has a contrast of at least 5 : 1."""

CODE = (
    "font-family:monospace;background:rgba(128,128,128,.16);color:inherit;padding:1px 5px;border-radius:3px"
)
MONOSPACE = ";font-family:monospace;font-size:.9em"
PARAGRAPH = "margin:.5em 0 0 0;color:inherit"

_ANSI = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|.)?")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def show(bundle: Mapping[str, Any]) -> None:
    """Display a mimebundle in IPython; print its text in plain Python."""
    if shell() is not None:
        from IPython.display import display

        display(dict(bundle), raw=True)
    else:
        print(bundle["text/plain"])


def card(colour: str, icon: str, word: str, title: str, body: str, aside: str = "") -> str:
    """HTML of one card: a badge (icon and word), a title in code type, what stands beside it, and a body."""
    badge = (
        f'<strong style="background:{colour};color:#fff;border-radius:10px;padding:2px 10px;'
        f'white-space:nowrap">{icon} {escaped(word)}</strong>'
    )
    name = f' <code style="{CODE}">{escaped(title)}</code>' if title else ""
    beside = f' <span style="opacity:.8">{escaped(aside)}</span>' if aside else ""
    return (
        # The classes keep a student's dollar signs from being set as formulas.
        f'<div class="tex2jax_ignore mathjax_ignore" style="border-left:5px solid {colour};'
        f"background:rgba(128,128,128,.07);border-radius:4px;padding:12px 16px 14px;margin:4px 0;"
        f'max-width:52em;line-height:1.5;color:inherit;text-align:left">'
        f'<p style="margin:0;color:inherit">{badge}{name}{beside}</p>{body}</div>'
    )


def paragraph(text: str, label: str = "") -> str:
    """One paragraph of HTML; what stands between `backticks` becomes code."""
    lead = f"<strong>{escaped(label)}</strong> " if label else ""
    return f'<p style="{PARAGRAPH}">{lead}{with_code(text)}</p>'


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], above: Sequence[str]) -> str:
    """A table of short texts, with what stands ``above`` each row; a text of several words may wrap."""
    cell = (
        "padding:3px 14px 3px 0;text-align:left;border:0;border-bottom:1px solid rgba(128,128,128,.35);"
        "color:inherit"
    )

    def line(tag: str, texts: Sequence[str], style: str) -> str:
        wraps = (";min-width:16em" if len(text) > 24 else ";white-space:nowrap" for text in texts)
        cells = (
            f'<{tag} style="{cell}{style}{wrap}">{escaped(text)}</{tag}>'
            for text, wrap in zip(texts, wraps, strict=True)
        )
        return f'<tr style="background:transparent">{"".join(cells)}</tr>'

    def body(text: str, row: Sequence[str]) -> str:
        over = f'<td colspan="{len(heads)}" style="{cell}{MONOSPACE}">{escaped(text)}</td>'
        return (f'<tr style="background:transparent">{over}</tr>' if text else "") + line(
            "td", row, MONOSPACE
        )

    return (
        '<div style="overflow-x:auto"><table style="margin:.8em 0 0 0;border-collapse:collapse;border:0;'
        f'background:transparent;font-size:inherit"><thead>{line("th", heads, ";font-weight:bold")}</thead>'
        f"<tbody>{''.join(map(body, above, rows))}</tbody></table></div>"
    )


def with_code(text: str) -> str:
    """Escaped HTML; what stands between `backticks` becomes code, and a line break stays one."""
    marked = re.sub(r"`([^`\n]+)`", rf'<code style="{CODE}">\1</code>', escaped(text))
    return marked.replace("\n", "<br>")


def escaped(text: str) -> str:
    """Text safe to stand in HTML, attributes included."""
    return html.escape(tidy(text), quote=True)


def tidy(text: str, limit: int = 2000) -> str:
    """Text of bounded length without terminal codes, unseen characters and lone surrogates."""
    text = str(text)
    if len(text) > limit:
        text = text[:limit] + f" … ({len(text) - limit} more characters)"
    text = _UNSEEN.sub("", _ANSI.sub("", text))
    return text.encode("utf-8", "replace").decode("utf-8")
