"""Reading a unit's prose: the numbers as printed, and the terms beside the glossary."""

import re

_POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def read_number(text):
    """The number as printed, and half a unit in its last place."""
    text = text.replace("−", "-").replace(" ", "")
    mantissa, _, power = text.partition("·10")
    scale = 10.0 ** int(power.translate(_POWERS) or 0)
    decimals = len(mantissa.partition(".")[2])
    return float(mantissa) * scale, 0.5 * 10.0**-decimals * scale


def decimal_numbers(prose):
    """All numbers with a decimal point, as printed, powers of ten included."""
    return set(re.findall(r"\d+\.\d+(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", prose))


def terms_and_entries(prose):
    """The terms in bold before the glossary, and the English column of it, of which every row is full."""
    before, glossary = prose.split("## Glossary")
    rows = [row.split("|") for row in glossary.splitlines() if row.startswith("|")]
    assert all(len(row) == 6 and all(cell.strip() for cell in row[1:5]) for row in rows)
    return re.findall(r"\*\*(.+?)\*\*", before), [row[1].strip() for row in rows[2:]]
