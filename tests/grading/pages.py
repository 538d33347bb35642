"""What a feedback page says, to be searched for what it must not say."""

from __future__ import annotations

import html
import re


def text_of(page: str) -> str:
    """What a page says, without tags and white space: code in it is coloured, a tag around each word."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    return squeezed(html.unescape(re.sub(r"<[^>]*>", "", body)))


def squeezed(text: str) -> str:
    return "".join(text.split())
