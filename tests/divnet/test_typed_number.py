"""Numbers as people type them, and a friendly sentence for all else."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from divnet.picture import number
from divnet.typed_number import typed_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("20", 20.0),
        (" 1.5 ", 1.5),
        ("1,5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e9", 1e9),
        ("1E-3", 1e-3),
        ("-2", -2.0),
        ("−2", -2.0),
        ("+2", 2.0),
        ("1/3", 1 / 3),
        ("1,5/2", 0.75),
        ("1 000 000", 1e6),
        ("30\N{NO-BREAK SPACE}000", 3e4),
        ("1.9·10⁻⁸", 1.9e-8),
        ("2*10^6", 2e6),
        ("10¹⁹", 1e19),
        ("−10⁻³", -1e-3),
        ("1/10^2", 0.01),
        ("0", 0.0),
    ],
)
def test_numbers_are_read_as_they_are_typed(text, value):
    assert typed_number(text) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("four", "is no number"),
        ("nan", "is no number"),
        ("inf", "is no number"),
        ("1_000", "is no number"),
        ("1e", "is no number"),
        ("--1", "is no number"),
        ("1/2/3", "is no number"),
        ("/", "is no number"),
        ("<b>1</b>", "is no number"),
        ("20 €", "is no number"),
        ("2·105", "is no number"),
        ("__import__('os')", "is no number"),
        ("1,000,000", "decimal comma"),
        ("1,000.5", "decimal comma"),
        ("1/0", "0 below the line"),
        ("1e400", "too large"),
        ("1e300/1e-300", "too large"),
        ("9" * 400, "too large"),
    ],
)
def test_what_is_no_number_is_said_kindly(text, says):
    with pytest.raises(ValueError, match=says):
        typed_number(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(-1e19)  # a power of ten is printed without a 1 before it
def test_what_the_page_prints_can_be_typed_again(value):
    # number() keeps 17 digits, which name a float exactly
    assert typed_number(number(value, 17)) == pytest.approx(value, rel=1e-15)


@given(st.text(max_size=60))
def test_no_text_whatever_does_more_than_raise_value_error(text):
    try:
        typed_number(text)
    except ValueError as sentence:
        assert "\n" not in str(sentence)
