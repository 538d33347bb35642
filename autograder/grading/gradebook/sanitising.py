"""What a student's notebook shows, made safe for the browser of the one who looks at it.

nbgrader_config.py puts this into nbconvert's HTMLExporter, which writes feedback pages and formgrader's.
Markup that formats stays, in a box of its own (`markup`); all else is shown as text or left out. A page has
room for so much of each; what is beyond that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import unquote

from jinja2 import pass_context
from nbconvert.filters import ansi
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_markdown_cell
from traitlets import Bool

from autograder.grading.gradebook.formulas import mathml
from autograder.grading.notebooks.cells import ID, pictures
from autograder.grading.notebooks.markup import as_text, clean, contained

ROOM = {
    "text": 500_000,
    "formatted": 60_000,
    "words": 20_000,
    "html": 300_000,
    "tags": 16_000,
    "pictures": 15_000_000,
    "outputs": 1_000,
    "cells": 1_000,
}
"""How much there may be on one page: characters, and of what is coloured or laid out, these and words."""
MOST_TEXT, MOST_FORMATTED = 100_000, 10_000
"""Characters of one text, and of one that is coloured or laid out."""
MOST_OF_A_LINE, MOST_FORMULAS, MOST_COLOURS = 500, 200, 500
"""Of code to be coloured, of a text to be laid out, of an output: what takes more than linear time."""
PLAIN = "plain"
"""The mark of a cell whose text is shown as it is."""
FORMULA = re.compile(r"\$\$|\\\\[\[(]|\\begin\{")
BLANK = re.compile(r"\s{100}")
"""So much white space takes pygments and mistune minutes."""
WORD = re.compile(r"\w+|[^\w\s]")
COLOUR = re.compile(r"\x1b\[[\d;]{0,30}m")
ORDER = re.compile(r"\x1b\[[^@-~\n]*+[@-~]?")
INLINE = re.compile(r"data:image/[a-z+]{3,7};base64,[A-Za-z0-9+/=]+")
PLACE = re.compile(r'<var title="formula (\d{1,6})"></var>')
NO_BASE64 = re.compile(r"[^A-Za-z0-9+/=]")


@pass_context
def markdown2html(context: Any, text: str) -> str:
    """nbconvert's filter of that name, cleaned; pictures pasted into the cell are shown."""
    cell = context.get("cell") or {}
    if PLAIN in cell.get("metadata", {}):
        return contained(as_text(text))
    return contained(_laid_out(text, cell.get("attachments") or {}))


def highlight_code(source: str, language: str | None = None, metadata: Any = None) -> str:  # noqa: ARG001
    """nbconvert's filter of that name, for Python, whatever language a notebook claims to be in."""
    if PLAIN in (metadata or {}) or max(map(len, source.split("\n"))) > MOST_OF_A_LINE:
        return f'<div class="highlight">{as_text(source)}</div>'
    return str(Highlight2HTML(pygments_lexer="ipython3")(source))


def ansi2html(text: str) -> str:
    """nbconvert's filter of that name: colours as they are; what else a terminal is told is left out."""
    text = ORDER.sub(lambda order: order[0] if COLOUR.fullmatch(order[0]) else "", text)
    if text.count("\x1b") <= MOST_COLOURS:
        try:
            return str(ansi.ansi2html(text))
        except (IndexError, ValueError):  # a colour without its number
            pass
    return escape(COLOUR.sub("", text))


def clean_html(text: str) -> str:
    """nbconvert's filter of that name, which shows raw cells: as text."""
    return as_text(text)


def strip_files_prefix(html: str) -> str:
    """nbconvert's filter of that name, which mends addresses that `clean` lets nobody have: as it is."""
    return html


class Harmless(Preprocessor):
    """Keeps of a notebook what is shown of it and can do nothing."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        nb.metadata = NotebookNode()
        room, cells = _Room(), []
        for cell in nb.cells:
            grading = cell.metadata.get("nbgrader")
            named = isinstance(grading, dict) and ID.fullmatch(str(grading.get("grade_id", "")))
            if not named and not room.has(cells=1):
                continue
            cells.append(cell)
            cell.metadata = NotebookNode(nbgrader=grading) if named else NotebookNode()
            cell.source = room.text(cell.source)
            if not room.to_format(cell.source):
                cell.metadata[PLAIN] = True
            if "attachments" in cell:
                pasted = pictures(cell.attachments).items()
                cell.attachments = {name: data for name, data in pasted if room.has(pictures=len(str(data)))}
            if cell.cell_type == "code":
                cell.outputs = list(_shown(cell.outputs, room))
        if more := len(nb.cells) - len(cells):
            cells.append(new_markdown_cell(f"[{more} more cells are not shown on this page]"))
        nb.cells = cells
        return nb, resources


class _Room:
    """What a page has still room for."""

    def __init__(self) -> None:
        self._left = dict(ROOM)

    def has(self, **sizes: int) -> bool:
        """Take room for so much of each, if there is as much of all."""
        fits = all(size <= self._left[what] for what, size in sizes.items())
        for what, size in sizes.items() if fits else ():
            self._left[what] -= size
        return fits

    def to_format(self, text: str) -> bool:
        """Take room for a text to colour or lay out, unless it would take more than linear time."""
        fits = len(text) <= MOST_FORMATTED and not BLANK.search(text)
        return fits and self.has(formatted=len(text), words=len(WORD.findall(text)))

    def text(self, text: str) -> str:
        """As much of a text as there is room for, in characters that a file can hold."""
        kept = text[: min(MOST_TEXT, self._left["text"])].encode("utf-8", "replace").decode()
        self._left["text"] -= len(kept)
        more = len(text) - len(kept)
        return kept + (f"\n[{more} more characters are not shown on this page]" if more else "")


def _shown(outputs: Sequence[Any], room: _Room) -> Iterator[NotebookNode]:
    for place, output in enumerate(outputs):
        if not room.has(outputs=1):
            yield _text(f"[{len(outputs) - place} more outputs are not shown on this page]")
            return
        match output:
            case {"output_type": "stream", "text": text}:
                yield _text(room.text(_joined(text)), output.get("name"))
            case {"output_type": "error", "traceback": lines}:
                shown = [room.text(_joined(lines, "\n"))]
                yield NotebookNode(output_type="error", ename="", evalue="", traceback=shown)
            case {"output_type": str(kind), "data": Mapping() as data}:
                result = {"execution_count": None} if kind == "execute_result" else {}
                known = kind if result else "display_data"
                data = NotebookNode(_sanitised(data, room))
                yield NotebookNode(output_type=known, data=data, metadata=NotebookNode(), **result)


def _sanitised(data: Mapping[str, Any], room: _Room) -> dict[str, str]:
    """Of display data the kind that nbconvert would choose: text, a picture, or HTML that was cleaned."""
    texts = {kind: _joined(value) for kind, value in data.items()}
    if html := texts.get("text/html"):
        bare = len(INLINE.sub("", html))
        if room.has(html=bare, tags=html.count("<"), pictures=len(html) - bare):
            return {"text/html": contained(clean(html))}
    for kind in ("text/markdown", "text/latex"):
        if (text := texts.get(kind)) and room.to_format(text):
            return {"text/html": contained(_laid_out(text, {}))}
    for kind in ("image/svg+xml", "image/png", "image/jpeg"):
        if (text := texts.get(kind)) and room.has(pictures=len(text)):
            is_text = kind == "image/svg+xml"  # as an image, in which no script runs
            return {kind: text.encode("utf-8", "replace").decode() if is_text else NO_BASE64.sub("", text)}
    return {"text/plain": room.text(texts.get("text/plain") or f"[not shown here: {', '.join(data)[:200]}]")}


def _text(text: str, stream: Any = "stdout") -> NotebookNode:
    return NotebookNode(output_type="stream", name="stderr" if stream == "stderr" else "stdout", text=text)


def _joined(value: Any, between: str = "") -> str:
    """A text, or the text of its lines; "" for anything else."""
    if isinstance(value, str):
        return value
    return between.join(line for line in value if isinstance(line, str)) if isinstance(value, list) else ""


def _laid_out(text: str, attachments: Mapping[str, Any]) -> str:
    """Markdown as clean HTML; as it is where nbconvert stumbles over it or would take long."""
    if len(FORMULA.findall(text)) <= MOST_FORMULAS:
        try:
            renderer = _Renderer(escape=False, attachments=dict(attachments), exclude_anchor_links=True)
            html = MarkdownWithMath(renderer=renderer).render(text)
        except Exception:  # whatever a text does to the formatter, it can be read
            return as_text(text)
        return renderer.with_formulas(clean(html))
    return as_text(text)


class _Renderer(IPythonRenderer):
    """Formulas wait outside while the rest is cleaned, which would not know how: an element holds the place.

    No text and no attribute can look like it, since a cleaned one has neither ``<`` nor ``"`` side by side.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._formulas: list[str] = []

    def with_formulas(self, html: str) -> str:
        """Cleaned HTML with each formula put in its place, once."""
        left = dict(enumerate(self._formulas))
        return PLACE.sub(lambda place: left.pop(int(place[1]), ""), html)

    def inline_math(self, body: str) -> str:
        return self._place(body, display=False)

    def block_math(self, body: str) -> str:
        return self._place(body, display=True)

    def latex_environment(self, name: str, body: str) -> str:
        return self._place(f"\\begin{{{name}}}{body}\\end{{{name}}}", display=True)

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """One level lower: the page's own heading is the first."""
        return super().heading(text, min(level + 1, 6), **attrs)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture; where it was pasted into the cell and is lost, a word about it."""
        if url.startswith("attachment:") and url.removeprefix("attachment:") not in self.attachments:
            url = unquote(url)  # of a name with a blank
            if url.removeprefix("attachment:") not in self.attachments:
                return escape(f"[a picture that was pasted here is lost: {text[:60]}]")
        return super().image(text, url, title)

    def _place(self, latex: str, *, display: bool) -> str:
        self._formulas.append(mathml(latex, display=display))
        return f'<var title="formula {len(self._formulas) - 1}"></var>'
