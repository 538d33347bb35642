"""Read a number as people type it: 20, 1.5, 1,5, 1/3, 1e9, 30 000, 1.9·10⁻⁸, 10¹⁹."""

from __future__ import annotations

import math
import re

LONGEST = 40
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_POWER = re.compile(r"(^[+-]?|[·×*])10(\^[-+⁻⁺]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]+|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?")


def typed_number(text: str) -> float:
    """Return the number in a text; a comma is a decimal comma, p/q a fraction, spaces do not count.

    Raises ValueError with a sentence for the one who typed it, beginning with a verb's subject.
    """
    if not text.strip():
        raise ValueError("is empty. Type a number, such as 20.")
    shown = text.strip() if len(text.strip()) <= LONGEST else text.strip()[: LONGEST - 1] + "…"
    plain = re.sub(r"\s", "", text).replace("−", "-").replace("–", "-")
    above, slash, below = plain.partition("/")
    try:
        value = _plain_number(above)
        if slash:
            divisor = _plain_number(below)
            if divisor == 0.0:
                raise ValueError(f"is “{shown}”, a fraction with 0 below the line: that is no number.")
            value /= divisor
    except OverflowError:
        value = math.inf
    if math.isinf(value):
        raise ValueError(f"is “{shown}”, too large for this page: a computer's numbers end at 1.8·10³⁰⁸.")
    return value


def _plain_number(text: str) -> float:
    if "," in text and (text.count(",") > 1 or "." in text):
        raise ValueError(
            f"has more than one decimal sign (“{text}”). A comma is read as a decimal comma; "
            "leave out what separates thousands."
        )
    text = _POWER.sub(_with_e, text.replace(",", ".").lower())
    if not _NUMBER.fullmatch(text):
        raise ValueError("is no number that this page can read. It reads 20, 1.5, 1,5, 1/3 and 1e9.")
    return float(text)


def _with_e(power: re.Match[str]) -> str:
    """·10⁻⁸ as e-8; 10⁻⁸ alone as 1e-8."""
    before, exponent = power.groups()
    return ("e" if before in ("·", "×", "*") else f"{before}1e") + exponent.lstrip("^").translate(_RAISED)
