"""`divnet` as student code sees it while it is graded: importable, and empty.

The course's own implementations are answers. A notebook that imports one to draw with it must not fail at the
import, so every name is there; one that computes with it fails where it calls it.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from types import ModuleType
from typing import Any, NoReturn

PACKAGE = "divnet"
SILENT = ("divnet.labs", "divnet.plots")
"""Labs and pictures: calls do nothing."""


class Absent:
    """A name of a package that is not there."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Absent:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent(f"{self._name}.{name}")

    def __call__(self, *_: Any, **__: Any) -> None:
        if not self._name.startswith(SILENT):
            self._refuse()

    def _refuse(self, *_: Any) -> NoReturn:
        raise RuntimeError(
            f"{self._name} is not there while work is graded, since it holds answers. "
            "Use a function of your own, or put the cell aside."
        )

    __iter__ = __len__ = __getitem__ = __float__ = __array__ = __add__ = __mul__ = __matmul__ = _refuse


class _Module(ModuleType):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> Absent:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent(f"{self.__name__}.{name}")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:  # noqa: ARG002
        if name == PACKAGE or name.startswith(f"{PACKAGE}."):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec: Any) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def install() -> None:
    """From now on `divnet` and all below it are importable and empty."""
    sys.meta_path.insert(0, _Finder())
