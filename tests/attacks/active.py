"""What in a page can run, send something, load something from elsewhere, or cover the page."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

RUNS = {
    *(
        "script",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "button",
        "base",
        "meta",
        "link",
        "style",
        "svg",
    ),
    *("maction", "annotation-xml", "mglyph", "noscript", "template", "frame", "video", "audio"),
}
LEADS = ("src", "href", "action", "data", "srcset", "poster", "formaction", "xlink:href", "background")
SAFE = ("#", "http:", "https:", "mailto:")
COVERS = re.compile(
    r"url|image|position|calc|var\(|transform|float|z-index|inset|shadow|outline|indent|spacing|\\|/\*"
    r"|[:\s]-[\d.]|\d{4}(px|em|pt|%)|\d{3}em|\d{3}(?<!100)%"
    r"|(border|margin|padding|line-height|font-size)[^;]*\d{3}(px|em|pt)"
)
"""In a style: what reaches out, or lays an element over others."""
PICTURES = ("data:image/png;", "data:image/jpeg;", "data:image/svg+xml;")


def active(page: str) -> Counter[str]:
    """Such elements and attributes of an HTML page, each with how often it is there."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    return parser.found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in RUNS:
            self.found[f"<{tag} {attributes}>"] += 1
        for name, value in attributes:
            text = (value or "").strip().lower()
            outside = not text.startswith(SAFE if tag == "a" else PICTURES)
            styled = name == "style" and bool(COVERS.search(text))
            huge = tag.startswith("m") and bool(re.search(r"\d{3}", text))  # in a formula
            styled = styled or huge
            if name.startswith("on") or name == "srcdoc" or (name in LEADS and outside) or styled:
                self.found[f"{tag} {name}={text[:80]}"] += 1

    handle_startendtag = handle_starttag
