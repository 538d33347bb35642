"""Running a notebook's cells so that a dead or deaf kernel ends only itself."""

from __future__ import annotations

from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader import preprocessors
from traitlets import List

from autograder.grading.notebooks.cell_errors import DIED, NOT_RUN, TIMED_OUT, error_output


class Execute(preprocessors.Execute):
    """nbgrader's Execute; where the kernel is lost, the cell says so and the cells after it are not run.

    Stock Execute raises there, and the whole hand-in is thrown away. `check` is there in any case, also
    where the cell that imports it was deleted.
    """

    # a kernel warns on its own stderr, which is the terminal, that it listens on this machine's TCP
    extra_arguments = List(["--IPKernelApp.log_level=ERROR"]).tag(config=True)
    _lost = ""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        self._lost = ""
        nb.cells.insert(0, new_code_cell("from autograder import check"))
        executed, resources = super().preprocess(nb, resources, km)
        del executed.cells[0]
        return executed, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        if cell.cell_type != "code":
            return cell, resources
        if self._lost:
            cell.outputs = [error_output(NOT_RUN, f"Not run: {self._lost} in an earlier cell.")]
            return cell, resources
        try:
            return super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            self._lost = "the kernel died"
            cell.outputs.append(error_output(DIED, "The kernel died while this cell ran."))
        except CellTimeoutError:
            self._lost = "the kernel could not be stopped"
            cell.outputs.append(error_output(TIMED_OUT, "This cell ran too long and could not be stopped."))
        return cell, resources
