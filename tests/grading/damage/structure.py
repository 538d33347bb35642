"""Damage to cells: dropped, doubled, moved, or of another form than a notebook's cells have."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

from tests.grading.damage.kinds import BROKEN, EITHER, GRADED, Damage, Notebook, of_bytes

Cell = dict[str, Any]


def of_notebook(
    kind: str, does: str, change: Callable[[Notebook, Random], Any], ends: tuple[str, ...] = GRADED
) -> Damage:
    """The file is JSON as before, the notebook in it another."""

    def changed(content: bytes, random: Random) -> bytes:
        notebook = json.loads(content)
        change(notebook, random)
        return json.dumps(notebook, indent=1).encode()

    return of_bytes(kind, does, changed, ends)


def of_cells(
    kind: str, does: str, change: Callable[[Cell, Random], Any], ends: tuple[str, ...] = GRADED
) -> Damage:
    """One to three cells are changed, graded ones above all."""

    def some(notebook: Notebook, random: Random) -> None:
        among = graded(notebook) if random.random() < 0.7 else notebook["cells"]
        for cell in random.sample(among, random.randint(1, 3)):
            change(cell, random)

    return of_notebook(kind, does, some, ends)


def graded(notebook: Notebook, *, check: bool | None = None) -> list[Cell]:
    """The cells that nbgrader knows: all, only the checks, or only the answers."""
    found = [cell for cell in notebook["cells"] if "nbgrader" in cell["metadata"]]
    return [c for c in found if check is None or c["metadata"]["nbgrader"]["locked"] == check]


def drop(notebook: Notebook, cells: Sequence[Cell]) -> None:
    gone = {id(cell) for cell in cells}
    notebook["cells"] = [cell for cell in notebook["cells"] if id(cell) not in gone]


def double(notebook: Notebook, random: Random, how_often: int, empty: bool = False) -> None:
    for cell in random.sample(graded(notebook), how_often):
        again = deepcopy(cell)
        if empty:
            cell["source"] = []
        notebook["cells"].insert(random.randrange(len(notebook["cells"])) if not empty else 0, again)


def move_checks_first(notebook: Notebook, _: Random) -> None:
    checks = graded(notebook, check=True)
    drop(notebook, checks)
    notebook["cells"] = checks + notebook["cells"]


def swap_two(notebook: Notebook, random: Random) -> None:
    cells = notebook["cells"]
    first, second = random.sample(range(len(cells)), 2)
    cells[first], cells[second] = cells[second], cells[first]


def merge_two(notebook: Notebook, random: Random) -> None:
    """An answer takes up the cell after it: its check, as a rule."""
    cells = notebook["cells"]
    place = cells.index(random.choice([c for c in graded(notebook, check=False) if c["cell_type"] == "code"]))
    taken = cells.pop(place + 1)
    cells[place]["source"] = [*cells[place]["source"], "\n\n", *taken["source"]]


def split_one(notebook: Notebook, random: Random) -> None:
    """An answer's last line goes to a cell of its own, which has the same name."""
    cells = notebook["cells"]
    place = cells.index(random.choice(graded(notebook, check=False)))
    rest = deepcopy(cells[place])
    cells[place]["source"], rest["source"] = rest["source"][:-1], rest["source"][-1:]
    cells.insert(place + 1, rest)


def put(key: str, *values: Any) -> Callable[[Cell, Random], None]:
    """Give the cell one of these values."""

    def change(cell: Cell, random: Random) -> None:
        cell[key] = deepcopy(random.choice(values))

    return change


def without(key: str) -> Callable[[Cell, Random], None]:
    return lambda cell, _: cell.pop(key, None) and None


def in_place_of_a_cell(notebook: Notebook, random: Random) -> None:
    odd = random.choice([None, 7, "x", [], [{}], True])
    notebook["cells"][random.randrange(len(notebook["cells"]))] = odd


OUTPUTS = (
    None,
    {},
    7,
    "x",
    [None],
    [{}],
    [{"output_type": "x"}],
    [{"output_type": "stream", "text": {}}],
    [{"output_type": "display_data", "data": [], "metadata": None}],
    [{"output_type": 7}],
)
METADATA = (None, 7, "x", [], [[]], True)
TEXTS = (None, 7, {}, True, [1, 2], [None], [["x"]], ["x", {}])
TYPES = (None, 7, "heading", "Code", "", [], {"x": 1})
IDS = (None, 7, "", "a b", "x" * 65, [], "ä")
ATTACHMENTS = (None, 7, [], {"x": 3}, {"x.png": {"image/png": 3}}, {"x": {}})
COUNTS = ("x", -1, 1.5, {}, 10**30, True)

DAMAGE = [
    of_notebook("drop a cell", "lacks a cell", lambda n, r: drop(n, [r.choice(n["cells"])])),
    of_notebook(
        "drop cells",
        "lacks a third of its cells",
        lambda n, r: drop(n, r.sample(n["cells"], len(n["cells"]) // 3)),
    ),
    of_notebook("drop checks", "lacks all checks", lambda n, _: drop(n, graded(n, check=True))),
    of_notebook(
        "drop an answer", "lacks an answer", lambda n, r: drop(n, [r.choice(graded(n, check=False))])
    ),
    of_notebook("drop graded cells", "lacks all graded cells", lambda n, _: drop(n, graded(n))),
    of_notebook("no cells", "has no cell", lambda n, _: n["cells"].clear()),
    of_notebook("double a cell", "has a graded cell twice", lambda n, r: double(n, r, 1)),
    of_notebook("double cells", "has three graded cells twice", lambda n, r: double(n, r, 3)),
    of_notebook(
        "double, emptied",
        "has a graded cell again at the top, and empty in its place",
        lambda n, r: double(n, r, 1, empty=True),
    ),
    of_notebook(
        "double all", "has all its cells twice", lambda n, _: n["cells"].extend(deepcopy(n["cells"])), EITHER
    ),
    of_notebook("shuffle", "has its cells in random order", lambda n, r: r.shuffle(n["cells"]), EITHER),
    of_notebook("reverse", "has its cells from bottom to top", lambda n, _: n["cells"].reverse(), EITHER),
    of_notebook("swap", "has two cells exchanged", swap_two),
    of_notebook("checks first", "has all checks at the top", move_checks_first),
    of_notebook("merge", "has an answer merged with the cell below it", merge_two),
    of_notebook("split", "has an answer split in two cells", split_one),
    of_notebook("not a cell", "has something else in a cell's place", in_place_of_a_cell, BROKEN),
    of_cells(
        "source as one text",
        "has sources that are one text",
        lambda c, _: c.update(source="".join(c["source"])),
    ),
    of_cells("source of wrong type", "has sources that are no text", put("source", *TEXTS), BROKEN),
    of_cells("no source", "has cells without a source", without("source"), BROKEN),
    of_cells("empty source", "has emptied cells", put("source", "", [], [""])),
    of_cells("wrong cell type", "has cells of a type that there is not", put("cell_type", *TYPES), BROKEN),
    of_cells("no cell type", "has cells without a type", without("cell_type"), BROKEN),
    of_cells("turned to text", "has code turned to text", put("cell_type", "markdown", "raw")),
    of_cells("turned to code", "has text turned to code", put("cell_type", "code")),
    of_cells("metadata of wrong type", "has cells' metadata of a wrong type", put("metadata", *METADATA)),
    of_cells("no metadata", "has cells without metadata", without("metadata")),
    of_cells("outputs of wrong shape", "has outputs that are none", put("outputs", *OUTPUTS)),
    of_cells("no outputs", "has cells without outputs", without("outputs")),
    of_cells("odd execution count", "has execution counts that are none", put("execution_count", *COUNTS)),
    of_cells("odd id", "has ids that are none", put("id", *IDS)),
    of_cells("same id", "has cells with the same id", put("id", "same")),
    of_cells("no id", "has cells without an id", without("id")),
    of_cells("attachments", "has attachments that are none", put("attachments", *ATTACHMENTS)),
    of_cells("other keys", "has keys in cells that nobody knows", put("worksheets", None, [1], {"x": {}})),
]
