"""HTML that a student made, cleaned: what formats stays; what could act, reach out or lie over the page goes.

nh3 parses as a browser does and keeps what the lists here allow. Such a parser looks through all that is
open, and opens some of it again in each paragraph, so that a few kilobytes can cost it minutes:
`_costs_too_much` sees that before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape

from nh3 import Cleaner

MOST_OPEN = 100
"""Elements, one in the other."""
MOST_TAGS = 20_000
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del", "details", "div",
    "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p",
    "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul", "var",
}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

_COLOUR = r"#[0-9a-f]{3,8}|[a-z]{3,20}|(rgb|hsl)a?\([\d.,%]{1,40}\)"
_LINE = rf"\d?\d(\.\d\d?)?px|{_COLOUR}"
_SPACE = r"0|auto|\d?\d(\.\d\d?)?p[xt]|\d?(\.\d{1,3})?r?em"
_SIZE = r"0|auto|\d{1,3}(\.\d\d?)?px|\d?\d(\.\d\d?)?r?em|(100|\d?\d(\.\d\d?)?)%"
_WORD = r"[a-z-]{1,20}"
STYLES = {
    "background": _COLOUR,
    "background-color": _COLOUR,
    "border": _LINE + "|0",
    "border-bottom": _LINE + "|0",
    "border-collapse": _WORD,
    "border-left": _LINE + "|0",
    "border-radius": _SPACE,
    "border-right": _LINE + "|0",
    "border-top": _LINE + "|0",
    "color": _COLOUR,
    "display": "block|inline|inline-block",
    "font-family": r"[a-z0-9,'-]{1,80}",
    "font-size": r"[a-z-]{3,10}|[1-3]?\d(\.\d\d?)?p[xt]|[01]?(\.\d{1,3})?r?em|1?\d\d%",
    "font-style": _WORD,
    "font-weight": r"[a-z]{3,10}|[1-9]00",
    "line-height": r"normal|[12](\.\d\d?)?|1\d\d%",
    "list-style": _WORD,
    "margin": _SPACE,
    "max-width": _SIZE,
    "min-width": _SIZE,
    "opacity": r"1|0?\.\d\d?",
    "overflow-x": "auto",
    "padding": _SPACE,
    "text-align": _WORD,
    "text-decoration": _WORD,
    "vertical-align": _WORD,
    "white-space": _WORD,
    "width": _SIZE,
}
"""The properties of a style, each with what a word of its value may be: nothing negative or computed."""
MOST_WORDS, LONGEST_STYLE = 8, 2000
ATTRIBUTES = {
    "alt": r".*",
    "title": r".*",
    "class": r"\s*((tex2jax_ignore|mathjax_ignore|highlight|[a-z]{1,2}\d?)(\s+|$))*",  # pygments' are short
    "colspan": r"\d{1,2}",
    "rowspan": r"\d{1,2}",
    "start": r"\d{1,6}",
    "width": r"\d{1,4}|\d{1,2}%|100%",
    "height": r"\d{1,4}|\d{1,2}%|100%",
    "align": r"\w{1,10}",
    "open": r"(open)?",
}
"""The attributes beside ``style`` that any element may have, and what their values may be."""
LINK = r"(https?:|mailto:|#).*"
PICTURE = r"data:image/(png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]*"

_TAG = re.compile(
    r"""<(?:/(?P<closed>[a-z][^\s<>/"'=]*+)\s*+>
    |(?P<opened>[a-z][^\s<>/"'=]*+)(?:\s++[^\s<>/"'=]++(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>=`]++))?+)*+\s*+/?>
    |!--[^<>]*+-->
    |(?P<odd>[a-z/!?]))""",
    re.IGNORECASE | re.VERBOSE,
)
"""A tag or a comment in HTML; ``odd`` where one begins of which only a parser knows how far it goes."""


def clean(html: str) -> str:
    """The same HTML with what formats alone. What would cost too much to format is shown as text."""
    if not _costs_too_much(html):
        made = _cleaner().clean(html)
        if len(made) <= 4 * len(html) + 10_000:
            return made
    return as_text(html)


def as_text(text: str) -> str:
    """HTML that shows a text as it is."""
    return f"<pre>{escape(text)}</pre>"


def contained(html: str) -> str:
    """HTML, already clean, in a box that it cannot paint outside of."""
    return f'<div style="contain:content;overflow:auto">{html}</div>'


def _costs_too_much(html: str) -> bool:
    """Would a parser hold more open, or open more again, than twenty times what is there?

    An end tag counts where it ends what was opened last; after something odd, which may hide it, no more.
    """
    opened: list[tuple[str, int]] = []
    size = cost = number = 0
    odd = False
    for number, tag in enumerate(_TAG.finditer(html)):  # noqa: B007
        odd = odd or tag["odd"] is not None
        name = (tag["closed"] or tag["opened"] or tag["odd"] or "!").lower()
        if tag["closed"]:
            if opened and opened[-1][0] == name and not odd:
                size -= opened.pop()[1]
        elif name[0].isalpha() and name not in VOID:
            length = len(html) - tag.start() if tag["odd"] else len(tag[0])
            opened.append((name, length))
            size += length
        cost += size
        if len(opened) > MOST_OPEN or cost > 20 * len(html) + 50_000:
            return True
    return number > MOST_TAGS


@cache
def _cleaner() -> Cleaner:
    return Cleaner(
        tags=TAGS,
        attributes={"*": {*ATTRIBUTES, "style"}, "a": {"href"}, "img": {"src"}},
        attribute_filter=_allowed,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )


def _declarations(style: str) -> Iterator[str]:
    """The declarations of a style that `STYLES` allows, word by word; none of a style that is too long."""
    for declaration in style.split(";") if len(style) <= LONGEST_STYLE else ():
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        allowed = STYLES.get(name)
        words = ",".join(map(str.strip, value.split(","))).split()
        if not allowed or not 0 < len(words) <= MOST_WORDS:
            continue
        if all(re.fullmatch(allowed, word, re.IGNORECASE) for word in words):
            yield f"{name}:{' '.join(words)}"


def _allowed(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute, of a style what is left of it, or None."""
    if name == "style":
        return ";".join(kept) if (kept := list(_declarations(value))) else None
    if (tag, name) in (("a", "href"), ("img", "src")):
        pattern: str | None = LINK if tag == "a" else PICTURE
    else:
        pattern = ATTRIBUTES.get(name)
    fits = pattern is not None and re.fullmatch(pattern, value, re.IGNORECASE | re.DOTALL)
    return value if fits else None
