"""Writes docs/reference-values.md: the formulas' values and slopes to 20 digits, for checking by hand.

``python -m autograder.reference_values`` rewrites the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from autograder import reference
from autograder.reference import MP, Number, number

PAGE = Path(__file__).parents[1] / "docs" / "reference-values.md"
DIGITS = 20

Formula = Callable[[Number], Number]

ACTIVATION: tuple[str, ...] = (
    "-50",
    "-20",
    "-3",
    "-1",
    "-0.5",
    "-0.000001",
    "0",
    "0.000000000001",
    "0.000001",
    "0.001",
    "0.5",
)
ACTIVATION += ("1", "2", "5", "10", "12.8647", "14.99", "15", "15.00001", "15.01", "16", "20", "50", "1000")
SIGMOID = ("-40", "-8", "-3", "-1", "-0.5", "0", "0.5", "1", "3", "8", "40")
PAIRS = (("20", "5"), ("1", "1"), ("3", "12"), ("19.99", "1"), ("1", "19.99"), ("7", "3"))

INTRODUCTION = """\
# Reference values

Made by `make docs` from the formulas in `autograder/reference.py`, computed with
50 digits and rounded to 20; a test compares this page with them. The x are exact decimals: a computer's 0.1
is not, and a double keeps 16 of these digits.
"""


def page() -> str:
    """The whole page as Markdown."""
    sections = [
        _section(
            "The activation (deck D), with its constants as printed",
            ("x", "activation(x)", "slope"),
            [_row(x, reference.activation, reference.activation_slope) for x in ACTIVATION],
        ),
        _section(
            "The sigmoid",
            ("x", "σ(x)", "σ'(x)"),
            [_row(x, reference.sigmoid, reference.sigmoid_slope) for x in SIGMOID],
        ),
        _section(
            "The network that divides (deck D's weights as printed), and a/b/100",
            ("a", "b", "network", "a/b/100"),
            [
                [a, b, _digits(reference.network(a, b)), _digits(number(a) / number(b) / 100)]
                for a, b in PAIRS
            ],
        ),
    ]
    return "\n".join([INTRODUCTION, *sections])


def _row(x: str, value: Formula, slope: Formula) -> list[str]:
    return [x, _digits(value(number(x))), _digits(slope(number(x)))]


def _digits(value: Number) -> str:
    return MP.nstr(value, DIGITS, strip_zeros=False)


def _section(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---:"] * len(heads), *rows]
    return f"## {title}\n\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name}: {len(ACTIVATION) + len(SIGMOID) + len(PAIRS)} rows")


if __name__ == "__main__":
    main()
