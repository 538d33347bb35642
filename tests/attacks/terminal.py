"""Attacks on the terminal of the one who grades: what is printed of a hand-in must stay text."""

from __future__ import annotations

from pathlib import Path

from nbformat.notebooknode import NotebookNode

from tests.attacks.attack import START, Attack

CLIPBOARD = "\x1b]52;c;cm0gLXJmIH4K\x07"
SIGNS = {
    "clipboard": ("writes to the clipboard", CLIPBOARD),
    "clear": ("clears the screen", "\x1b[2J\x1b[3J\x1b[H"),
    "c1": ("does the same without an escape sign", "\x9b2J\x9d0;owned\x9c\x90x\x9c"),
    "forge": ("writes another line", "\x0b\x0c\x85\u2028\u2029✓ graded  mallory 11/11"),
    "return": ("overwrites its line", "\b\b\b\b\b\b✓ graded"),
    "turn": ("turns the direction of writing round", "\u202e\u2066\u200f11/11"),
    "unseen": ("holds signs without width, and tags", "\u200b\u2060\ufeff\U000e0041"),
    "markup": ("is markup for rich that does not close", "[/] [link=https://attacker.invalid]x [red]"),
}


def _file_of_that_name(folder: Path, course: Path) -> None:  # noqa: ARG001
    (folder / f"{CLIPBOARD}\x9b2J.ipynb").write_text("{}")


def _kind_of_cell(notebook: NotebookNode) -> None:
    notebook.cells[0]["cell_type"] = f"code{CLIPBOARD}"


def _key_of_that_name(content: bytes) -> bytes:
    key = rb'"\u001b]52;c;cm0gLXJmIH4K\u0007\u009b2J"'
    return content.rstrip().removesuffix(b"}") + b", " + key + b": 1, " + key + b": 2}"


ATTACKS = [
    *(
        Attack(
            f"terminal-{name}",
            f"crashes in a cell whose first line {tries}",
            cells=[(START, f"pass  # {signs}\nimport os\nos._exit(1)")],
            status="crashed",
        )
        for name, (tries, signs) in SIGNS.items()
    ),
    Attack(
        "terminal-file",
        "is a file whose name writes to the clipboard",
        lay=_file_of_that_name,
        status="broken",
    ),
    Attack(
        "terminal-cell",
        "has a cell of a type that writes to the clipboard",
        form=_kind_of_cell,
        status="broken",
    ),
    Attack(
        "terminal-key",
        "has a key twice that writes to the clipboard",
        content=_key_of_that_name,
        status="broken",
    ),
]
