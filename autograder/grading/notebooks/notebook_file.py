"""The file of a hand-in: bytes that are data until proven a notebook."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4 import nbformat, nbformat_minor

from autograder.grading.inside.frames import Refused, read_json
from autograder.grading.notebooks.cells import BrokenHandin, rebuilt

MAX_CELLS = 5_000
OTHER_FILES = {
    b"\x1f\x8b": "a gzip archive",
    b"PK": "a zip archive",
    b"%PDF": "a PDF",
    b"<": "a web page",
    b"\xff\xfe": "a text in UTF-16",
    b"\xfe\xff": "a text in UTF-16",
    b"version https://git-lfs": "a pointer of Git LFS",
}
"""What is handed in by mistake, by the first bytes."""


def parse(content: bytes) -> NotebookNode:
    """The notebook in these bytes, in format 4, without its outputs. Raises BrokenHandin with the reason.

    Of its metadata only the version of the language is kept.
    """
    if not content.strip():
        raise BrokenHandin("the file is empty")
    if looks := next((name for begin, name in OTHER_FILES.items() if content.startswith(begin)), ""):
        raise BrokenHandin(f"the file is no notebook: it begins as {looks} does")
    try:
        data = read_json(content)
    except UnicodeDecodeError as error:
        raise BrokenHandin(f"the file is not a text in UTF-8: byte {error.start} is none of it") from None
    except Refused as error:
        raise BrokenHandin(f"the file {error}") from None
    except RecursionError:
        raise BrokenHandin("the file is nested too deeply") from None
    except json.JSONDecodeError as error:
        what, where = error.msg.removesuffix(" at"), f"line {error.lineno}, column {error.colno}"
        raise BrokenHandin(f"the file is broken JSON: {what} at {where} (of {len(content)} bytes)") from None
    except ValueError:
        raise BrokenHandin("the file holds a number of thousands of digits") from None
    if not isinstance(data, dict) or "nbformat" not in data:
        raise BrokenHandin("the file is not a Jupyter notebook of format 4")
    if (found := data["nbformat"]) != 4 or isinstance(found, bool):
        said = f"{found!r:.40}" if isinstance(found, int | float | str) else "none that there is"
        raise BrokenHandin(f"the notebook's format is {said}; JupyterLab saves in format 4, which is needed")
    cells = data.get("cells")
    if not isinstance(cells, list):
        raise BrokenHandin("the notebook has no list of cells")
    if len(cells) > MAX_CELLS:
        raise BrokenHandin(f"the notebook has more than {MAX_CELLS} cells")
    return NotebookNode(  # without nbformat's look at each cell: they were just built
        nbformat=nbformat,
        nbformat_minor=nbformat_minor,
        metadata=_language(data.get("metadata")),
        cells=rebuilt(cells),
    )


def as_json(notebook: NotebookNode) -> str:
    """As JSON, one that was built here. nbformat would copy it, and indent its numbers line by line."""
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True)


def _language(metadata: Any) -> NotebookNode:
    """The language's version, as Jupyter notes it."""
    info = metadata.get("language_info") if isinstance(metadata, Mapping) else None
    version = info.get("version") if isinstance(info, Mapping) else None
    if not isinstance(version, str):
        return NotebookNode()
    return from_dict({"language_info": {"name": "python", "version": version[:40]}})
