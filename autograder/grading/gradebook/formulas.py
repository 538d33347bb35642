"""Formulas as MathML, which browsers set themselves: a page needs no script, and nothing from elsewhere."""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import zip_longest
from xml.etree.ElementTree import Element

LONGEST = 2_000
"""Characters of one formula that is set; what is longer is shown as it was written."""
TAGS = {
    "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mphantom", "mroot", "mrow", "mspace", "msqrt",
    "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
}  # fmt: skip
OPERANDS = {"mfrac", "mi", "mn", "mrow", "msqrt", "msub", "msup"}
"""What stands apart from the name of a function before it."""
_WORD, _LENGTH = r"[a-z -]{1,40}", r"\d?(\.\d{1,3})?(em|ex|px)|\d?\d%"
ATTRIBUTES = {
    **dict.fromkeys(("accent", "accentunder", "columnalign", "columnlines"), _WORD),
    **dict.fromkeys(("display", "displaystyle"), _WORD),
    **dict.fromkeys(("fence", "form", "mathvariant", "movablelimits", "notation", "rowlines"), _WORD),
    **dict.fromkeys(("separator", "stretchy"), _WORD),
    **dict.fromkeys(("columnspacing", "linethickness", "lspace", "rspace", "rowspacing", "width"), _LENGTH),
    **dict.fromkeys(("minsize", "maxsize"), _LENGTH),
    "scriptlevel": r"[+-]?\d",
}
"""The attributes that a formula may have, and their values: nothing that leads, acts or is huge."""
_ROOM = re.compile(r"\\\\\[-?[\d.]{1,5}(pt|em|ex|mm)\]")
"""The room below a row, which the converter takes for text."""
_DEFINES = re.compile(r"\\(new|renew|provide)command|\\[egx]?def\b|\\DeclareMathOperator")
"""What makes a short formula long."""


def mathml(latex: str, *, display: bool) -> str:
    """A formula in LaTeX as an HTML element; as it was written where it is none, or too long."""
    from latex2mathml.converter import convert_to_element

    if len(latex) <= LONGEST and not _DEFINES.search(latex):
        try:
            plain = _ROOM.sub(r"\\\\", latex).strip()
            return _written(convert_to_element(plain, display="block" if display else "inline"))
        except Exception:  # whatever a text does to the converter, it can be read
            pass
    marks = "$$" if display else "$"
    return f"<code>{escape(marks + latex + marks)}</code>"


def _written(element: Element) -> str:
    """The element as HTML: of tags and attributes what the lists allow, and of all others what is in them."""
    inner = escape(unescape(element.text or ""), quote=False)
    for child, after in zip_longest(element, element[1:]):
        inner += _written(child)
        is_word = child.tag == "mi" and len(unescape(child.text or "")) > 1
        if is_word and getattr(after, "tag", "") in OPERANDS:
            inner += '<mspace width=".17em"></mspace>'  # ln a, not lna
    if element.tag not in TAGS:
        return inner
    attributes = "".join(
        f' {name}="{value}"'
        for name, value in element.attrib.items()
        if name in ATTRIBUTES and re.fullmatch(ATTRIBUTES[name], value)
    )
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"
