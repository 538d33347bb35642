"""Writes the table of attacks in ``docs/security.md``: ``python -m tests.attacks.page``.

The sandbox's column is what `test_attacks` holds it to; stock nbgrader's is what ``stock.json`` noted.
"""

from __future__ import annotations

from pathlib import Path

from tests.attacks.attack import Attack
from tests.attacks.catalogue import ATTACKS, FAMILIES
from tests.attacks.handed_in import HANDED_IN
from tests.attacks.stock import NOT_TRIED, tried

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
NO_STOCK = "has no such command"
BEGIN, END = "<!-- attacks: made by python -m tests.attacks.page -->", "<!-- end of attacks -->"


def table() -> str:
    """The attacks with what came of each, as Markdown."""
    stock = tried()
    lines = [
        f"{len(ATTACKS) + len(HANDED_IN)} attacks; {_count(stock)} of them were tried on stock nbgrader.",
        "",
        "| attack | what it does | `course grade` | stock `nbgrader autograde` |",
        "|---|---|---|---|",
    ]
    for family, attacks in FAMILIES.items():
        lines.append(f"| **{family}** | | | |")
        lines += [
            f"| {a.name} | {a.tries} | {in_sandbox(a)} | {stock.get(a.name, NOT_TRIED)} |" for a in attacks
        ]
    lines.append("| **What `course collect` finds** | | | |")
    lines += [
        f"| {one.name} | {one.tries} | nobody else loses; {one.ends} | {NO_STOCK} |" for one in HANDED_IN
    ]
    return "\n".join(lines)


def _count(stock: dict[str, str]) -> int:
    return sum(not said.startswith("not ") for said in stock.values())


def in_sandbox(attack: Attack) -> str:
    """What becomes of it in the sandbox, where the tests pass."""
    return f"nothing gained; {attack.status}"


def page(text: str) -> str:
    """The page with its table made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
