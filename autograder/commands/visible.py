"""Text of others as a terminal may have it: what would steer the terminal, or hide in it, becomes visible.

All that a command prints passes here, by way of `showing`: names of files, first lines of cells, errors.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

MOST = 2_000
"""Characters of one line or cell."""
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode's categories of controls, of what has no width or turns the writing round, of half characters."""


class _Pictures(dict[int, int]):
    """For `str.translate`: one sign for each character that is none, and any other as it is."""

    def __missing__(self, code: int) -> int:
        shown = code
        if code < 0x20:
            shown = 0x2400 + code  # ␛ for escape
        elif code == 0x7F:
            shown = ord("␡")
        elif unicodedata.category(chr(code)) in HIDDEN:
            shown = ord("�")
        self[code] = shown
        return shown


_PICTURES = _Pictures.fromkeys(map(ord, "\n\r\x85\u2028\u2029"), ord("⏎"))


def visible(text: str) -> str:
    """One line of bounded length, in which each character is to be seen, in its place."""
    shown = text.translate(_PICTURES)
    return shown if len(shown) <= MOST else f"{shown[: MOST - 1]}…"


def visible_text(text: str | Text) -> Text:
    """The same with its colours, for rich."""
    from rich.text import Text

    made = Text(text) if isinstance(text, str) else text.copy()
    made.plain = visible(text if isinstance(text, str) else text.plain)
    return made


def visible_json(data: object) -> str:
    """JSON in which each character is to be seen; what a program reads from it is what was there."""

    def escaped(found: re.Match[str]) -> str:
        sign = found[0]
        if unicodedata.category(sign) not in HIDDEN:
            return sign
        return "\\u007f" if sign == "\x7f" else json.dumps(sign)[1:-1]

    return re.sub(r"[^ -~\n]", escaped, json.dumps(data, indent=2, ensure_ascii=False))
