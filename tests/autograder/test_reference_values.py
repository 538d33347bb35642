"""The page of reference values is what the formulas give."""

from __future__ import annotations

from autograder.reference_values import PAGE, page


def test_the_committed_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make docs"


def test_the_page_holds_the_deck_s_own_number():
    # The deck prints 0.03999994478806479, computed in doubles: 33.3333 magnifies their last digits.
    assert "| 20 | 5 | 0.0399999447880" in page()
