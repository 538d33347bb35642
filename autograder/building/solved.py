"""The solved notebook: markers taken out, executed from top to bottom, outputs fit to be kept."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder import QUIET_TENSORFLOW
from autograder.building.canonical import notebook_text, read_notebook
from autograder.building.warm_kernels import WarmKernels
from autograder.course_file import CourseError
from autograder.report import VERDICT_MIME

WIDGET_MIME = "application/vnd.jupyter.widget-view+json"
STARTUP_SECONDS = 600
"""A backstop: that a kernel which never comes up is told of."""

_MARKER = re.compile(r"^.*###\s*(BEGIN|END) SOLUTION.*\n?", re.MULTILINE)
_ADDRESS = re.compile(r"\b(at|object) 0x[0-9a-fA-F]{6,}")
_ENVIRONMENT = {
    "COURSE_BUILDING": "1",
    "COURSE_GRADING": "1",  # no one's progress is recorded
    **QUIET_TENSORFLOW,
    "PYTHONHASHSEED": "0",  # the order of a printed set
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as a kernel says itself, before the import
}


def environment() -> dict[str, str]:
    """That of the kernels: this process's own, and what a build adds."""
    return {**os.environ, **_ENVIRONMENT}


async def solve(
    path: Path,
    source: Path,
    timeout: int,
    kernels: WarmKernels,
    on_cell: Callable[[], None] = lambda: None,
) -> None:
    """Take the markers out of the notebook ``path``, execute it in its folder and write it back.

    ``source`` is the notebook that messages name, ``timeout`` the seconds a cell may take; ``on_cell`` is
    called after each code cell. Raises CourseError where a cell fails, writes to stderr, shows a memory
    address or a widget without a static picture.
    """
    notebook = read_notebook(path)
    for cell in notebook["cells"]:
        cell["source"] = _MARKER.sub("", cell["source"]).rstrip("\n")
    path.write_text(notebook_text(notebook), encoding="utf-8", newline="\n")
    before = set(path.parent.rglob("*"))
    executed = await _execute(path, source, timeout, kernels, on_cell)
    for left in sorted(set(path.parent.rglob("*")) - before, reverse=True):
        left.rmdir() if left.is_dir() else left.unlink()
    for cell, ran in zip(notebook["cells"], executed["cells"], strict=True):
        if cell["cell_type"] == "code":
            cell["outputs"] = [_clean(output, cell["id"], source) for output in ran["outputs"]]
    _count(notebook["cells"])
    path.write_text(notebook_text(notebook), encoding="utf-8", newline="\n")


async def _execute(
    path: Path, source: Path, timeout: int, kernels: WarmKernels, on_cell: Callable[[], None]
) -> Any:
    """Return the notebook with the outputs of a fresh kernel; CourseError names the cell that fails."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, DeadKernelError

    notebook = nbformat.read(path, as_version=4)
    now = {"cell": "the first cell"}

    def starts(cell: Any, **_: Any) -> None:
        now["cell"] = cell.id

    def ends(cell: Any, **_: Any) -> None:
        on_cell()
        _refuse_errors(cell, source)

    client = NotebookClient(
        notebook,
        km=kernels.manager(),
        timeout=timeout,
        startup_timeout=STARTUP_SECONDS,
        kernel_name="python3",
        extra_arguments=["--Application.log_level=ERROR"],  # no greetings on the terminal
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        allow_errors=True,
        on_cell_start=starts,
        on_cell_executed=ends,
    )
    try:
        await client.async_execute(env=environment(), cleanup_kc=True)
    except DeadKernelError:
        raise CourseError(f"{source}, cell {now['cell']!r}: the kernel died. Next: mend that cell.") from None
    except (CellControlSignal, TimeoutError):
        raise CourseError(
            f"{source}, cell {now['cell']!r}: not done after {timeout} s. Next: shorten the cell, or raise "
            "grading: cell_timeout in course.yml."
        ) from None
    return notebook


def _refuse_errors(cell: Any, source: Path) -> None:
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            said = f"{output['ename']}: {output['evalue']}".strip().splitlines()[0]
            next_ = "" if "Next:" in said else " Next: mend it, or its solution."
            raise CourseError(f"{source}, cell {cell.id!r}: {said.rstrip('.: ')}.{next_}")
        if output["output_type"] == "stream" and output["name"] == "stderr":
            said = output["text"].strip().splitlines()[-1][:200]
            raise CourseError(
                f"{source}, cell {cell.id!r} writes to stderr: {said!r}. "
                "nbgrader would score 0 for that in a graded cell. Next: mend what the message is about."
            )


def _clean(output: dict[str, Any], cell_id: str, source: Path) -> dict[str, Any]:
    """Take out what no reader of the file can use: the verdict's data, a widget that is not running."""
    data = output.get("data", {})
    data.pop(VERDICT_MIME, None)
    if WIDGET_MIME in data:
        if not data.keys() & {"text/html", "image/png"}:
            raise CourseError(
                f"{source}, cell {cell_id!r} shows a widget without a static picture, which a reader of the "
                "solved notebook would not see. Next: show a Lab, or print text."
            )
        del data[WIDGET_MIME]
    for text in (output.get("text"), data.get("text/plain"), data.get("text/html")):
        address = _ADDRESS.search("".join(text)) if text else None
        if address:
            raise CourseError(
                f"{source}, cell {cell_id!r} shows a memory address ({address.group()}), "
                "different in each run. Next: end the last line with a semicolon, or print something else."
            )
    return output


def _count(cells: list[dict[str, Any]]) -> None:
    """Number the executed cells 1 … n."""
    number = 0
    for cell in cells:
        if cell["cell_type"] != "code" or not cell["source"].strip():
            continue
        number += 1
        cell["execution_count"] = number
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                output["execution_count"] = number
