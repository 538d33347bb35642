"""What an observer is asked."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class Request(TypedDict):
    """Which observer, on which inputs (plain JSON-able data).

    ``needs`` has the requests for earlier answers, by their names; only such a one has none of its own.
    ``stand_ins`` describes functions to be put in the place of earlier answers, by their names.
    """

    observer: str
    inputs: dict[str, Any]
    needs: NotRequired[dict[str, Request]]
    stand_ins: NotRequired[dict[str, dict[str, Any]]]
