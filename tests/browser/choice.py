"""Names of pictures on a command line."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import typer


def any_of(pictures: Collection[str]) -> Any:
    """An argument that takes some of these pictures; all of them where none is named."""

    def check(names: list[str] | None) -> list[str]:
        if unknown := set(names or ()) - set(pictures):
            raise typer.BadParameter(f"no picture {min(unknown)!r}; there are {', '.join(pictures)}")
        return names or list(pictures)

    return typer.Argument(help="Which; all without.", metavar="picture", callback=check)
