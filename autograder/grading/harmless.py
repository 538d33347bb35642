"""What a student's notebook shows, made harmless for the browser of the one who looks at it.

nbgrader_config.py puts this into nbconvert's HTMLExporter, which writes feedback pages and formgrader's.
Markup that formats stays; what could run, load something from elsewhere or cover the page is shown as text or
left out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from bleach import Cleaner
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat.notebooknode import NotebookNode
from traitlets import Bool

from autograder.grading.cells import ID, pictures

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del", "details", "div",
    "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p",
    "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul", "var",
}  # fmt: skip
STYLES = {
    "background", "background-color", "border", "border-bottom", "border-collapse", "border-left",
    "border-radius", "border-right", "border-top", "color", "display", "font-family", "font-size",
    "font-weight", "font-style", "line-height", "list-style", "margin", "max-width", "min-width", "opacity",
    "overflow-x", "padding", "text-align", "text-decoration", "vertical-align", "white-space", "width",
}  # fmt: skip
ATTRIBUTES = {
    "alt": r".*",
    "title": r".*",
    "class": r"\s*((tex2jax_ignore|mathjax_ignore|highlight|[a-z]{1,2}\d?)(\s+|$))*",  # pygments' are short
    "style": r"(?!.*(url|image|\\|-[\d.])).*",  # nothing from elsewhere, nothing pushed over its neighbours
    "colspan": r"\d{1,3}",
    "rowspan": r"\d{1,3}",
    "start": r"\d{1,6}",
    "width": r"\d{1,4}%?",
    "height": r"\d{1,4}%?",
    "align": r"\w+",
    "open": r"(open)?",
}
"""The attributes that any element may have, and what their values may be."""
LINK = r"(https?:|mailto:|#).*"
PICTURE = r"data:image/(png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]*"
TEXTS = ("text/plain", "text/latex")
IMAGES = ("image/png", "image/jpeg")


def clean(html: str) -> str:
    """The same HTML with what formats alone; other elements are shown as text, other attributes left out."""
    return _cleaner().clean(html)


@pass_context
def markdown2html(context: Any, text: str) -> str:
    """nbconvert's filter of that name, cleaned; pictures pasted into the cell are shown."""
    cell = context.get("cell") or {}
    renderer = IPythonRenderer(
        escape=False, attachments=cell.get("attachments") or {}, exclude_anchor_links=True
    )
    return clean(MarkdownWithMath(renderer=renderer).render(text))


def highlight_code(source: str, language: str | None = None, metadata: Any = None) -> str:  # noqa: ARG001
    """nbconvert's filter of that name, for Python, whatever language a notebook claims to be in."""
    return str(Highlight2HTML(pygments_lexer="ipython3")(source))


class Harmless(Preprocessor):
    """Keeps of a notebook what is shown of it and can do nothing."""

    enabled = Bool(True).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        nb.metadata = NotebookNode()
        for cell in nb.cells:
            grading = cell.metadata.get("nbgrader")
            named = isinstance(grading, dict) and ID.fullmatch(str(grading.get("grade_id", "")))
            cell.metadata = NotebookNode(nbgrader=grading) if named else NotebookNode()
            if "attachments" in cell:
                cell.attachments = pictures(cell.attachments)
            if cell.cell_type == "code":
                cell.outputs = [_harmless(output) for output in cell.outputs]
        return nb, resources


def _harmless(output: NotebookNode) -> NotebookNode:
    """Streams and errors are text; of display data what is text, a picture, or HTML that was cleaned."""
    if "data" not in output:
        return output
    data = output.data
    kept = {kind: data[kind] for kind in TEXTS if kind in data}
    kept |= {kind: re.sub(r"[^A-Za-z0-9+/=\s]", "", str(data[kind])) for kind in IMAGES if kind in data}
    if "image/svg+xml" in data:
        kept["image/svg+xml"] = data["image/svg+xml"]  # shown as an image, in which no script runs
    if "text/markdown" in data:
        kept["text/markdown"] = data["text/markdown"]  # goes through `markdown2html`
    if "text/html" in data:
        kept["text/html"] = clean(str(data["text/html"]))
    if not kept:
        kept["text/plain"] = f"[not shown here: {', '.join(data)[:200]}]"
    return NotebookNode(output, data=NotebookNode(kept), metadata=NotebookNode())


@cache
def _cleaner() -> Cleaner:
    return Cleaner(
        tags=TAGS,
        attributes=_allowed,
        protocols={"http", "https", "mailto", "data"},
        css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES),
    )


def _allowed(tag: str, name: str, value: str) -> bool:
    if (tag, name) in (("a", "href"), ("img", "src")):
        pattern: str | None = LINK if tag == "a" else PICTURE
    else:
        pattern = ATTRIBUTES.get(name)
    return pattern is not None and re.fullmatch(pattern, value, re.IGNORECASE | re.DOTALL) is not None
