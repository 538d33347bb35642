"""Runs cells as a notebook does, in IPython's own shell, and collects what each put out. No kernel needed."""

from __future__ import annotations

import base64
import inspect
import io
import sys
from typing import Any

from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import SList
from traitlets import Any as AnyTrait
from traitlets import Type
from traitlets.config import Config

from autograder.grading.inside.captured_output import Output, Outputs


class _Stream(io.TextIOBase):
    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, outputs: Outputs) -> None:
        self._name, self._outputs = name, outputs

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._outputs.write(self._name, text)
        return len(text)

    def writable(self) -> bool:
        return True


class _Publisher(DisplayPublisher):
    outputs = AnyTrait()

    def publish(self, data: Any, metadata: Any = None, *_: Any, **__: Any) -> None:
        shown = {"output_type": "display_data", "data": _plain(data), "metadata": metadata or {}}
        self.outputs.add(shown)

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear(wait=wait)


class _Hook(DisplayHook):
    outputs = AnyTrait()

    def write_output_prompt(self) -> None:
        """The number goes into the output itself."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        output = {"output_type": "execute_result", "data": _plain(format_dict), "metadata": md_dict or {}}
        self.outputs.add({**output, "execution_count": self.outputs.number})

    def finish_displayhook(self) -> None:
        """Nothing to flush."""


class _Compiler(CachingCompiler):
    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """The name of a cell's file, noted as one of no module.

        To show an error, `inspect` would look for it in all modules there are, several times: with TensorFlow
        loaded a third of a second.
        """
        name = super().get_code_name(raw_code, transformed_code, number)
        inspect.modulesbyfile[inspect.getabsfile(None, name)] = ""  # type: ignore[arg-type]
        return name


class Shell(InteractiveShell):
    """IPython's shell with its outputs collected in ``outputs``."""

    outputs = AnyTrait()
    compiler_class = Type(_Compiler)
    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def init_display_pub(self) -> None:
        super().init_display_pub()
        self.display_pub.outputs = self.outputs  # type: ignore[attr-defined]

    def init_displayhook(self) -> None:
        super().init_displayhook()
        self.displayhook.outputs = self.outputs  # type: ignore[attr-defined]

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        try:
            said = str(evalue)
        except BaseException:  # a student's own exception may raise in its __str__
            said = "(its text cannot be shown)"
        lines = stb if isinstance(stb, list) else [str(stb)]
        name = getattr(etype, "__name__", "Error")
        self.outputs.add({"output_type": "error", "ename": name, "evalue": said, "traceback": lines})

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no window to wait for, as ``%matplotlib`` asks."""

    def system(self, cmd: str) -> None:
        """What ``!`` and ``%pip`` ask for. As in Jupyter, a program that fails does not stop its cell."""
        self.outputs.write("stdout", f"[no program is started while work is graded: {cmd}]\n")
        self.user_ns["_exit_code"] = 127

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:  # noqa: ARG002
        """The same where what a program says is kept."""
        self.system(cmd)
        return SList() if split else ""

    def run(self, source: str, number: int) -> list[Output]:
        """Run one cell; return what it put out."""
        self.outputs.clear()
        self.execution_count = self.outputs.number = number
        sys.stdout, sys.stderr = _Stream("stdout", self.outputs), _Stream("stderr", self.outputs)
        self.run_cell(source, store_history=False)  # a history would have each error formatted once more
        return self.outputs.kept


def new_shell(output_bytes: int) -> Shell:
    """A shell without history file, history thread or colours of its own."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.cache_size = 0  # nothing that a cell showed is kept alive
    return Shell.instance(config=config, outputs=Outputs(output_bytes))


def _plain(data: Any) -> dict[str, Any]:
    """A mimebundle with bytes as base64, as notebooks hold them."""
    return {
        str(kind): base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for kind, value in dict(data).items()
    }
