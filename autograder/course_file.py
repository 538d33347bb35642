"""Reads course.yml with the line of every key, and says in one message what is wrong with it."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

Key = tuple[str | int, ...]
"""Where a value stands: ("units", 0, "due") is the due date of the first unit."""


class CourseError(Exception):
    """The course cannot be used as it is; the message says where, what, and what to do next."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]  # in a notebook, too, it is that one message


class CourseFile(NamedTuple):
    """The content of course.yml: plain data, and the line (from 1) on which each key stands."""

    path: Path
    data: Any
    lines: dict[Key, int]

    def error(self, key: Key, found: str, allowed: str, next_step: str) -> CourseError:
        """One message: file, line, key, what was found, what is allowed, what to do next."""
        while key not in self.lines and key:
            key = key[:-1]
        where = f"{self.path}, line {self.lines.get(key, 1)}"
        name = f", key {_spelled(key)}" if key else ""
        return CourseError(f"{where}{name}: {found}. Allowed: {allowed}. Next: {next_step}.")


def read_course_file(path: Path) -> CourseFile:
    """Read ``path`` as YAML 1.2; a date stays the text that stands in the file.

    Raises CourseError when the file is missing, unreadable, empty, not YAML or holds a key twice.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError(
            f"{path}: there is no such file. Allowed: a folder with a course.yml in it. "
            "Next: go to the folder of the course, or restore course.yml from the repository."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(
            f"{path}: cannot be read ({error}). Allowed: a text file in UTF-8 that you may read. "
            "Next: save it again as UTF-8, or mend its permissions."
        ) from None
    empty = CourseFile(path, None, {(): 1})
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise empty._replace(lines={(): line}).error(
            (),
            f"this is not YAML: {error.problem}",
            "keys and values as `key: value`, indented with spaces",
            _LOOK,
        ) from None
    except YAMLError as error:
        reason = str(error).splitlines()[0]
        raise empty.error((), f"this is not YAML: {reason}", "plain text", _LOOK) from None
    if node is None:
        raise empty.error(
            (), "the file is empty", "at least the keys title and units", "restore it from the repository"
        )
    lines: dict[Key, int] = {(): node.start_mark.line + 1}
    return CourseFile(path, _plain(node, (), lines, path, ()), lines)


class Advice(ValueError):
    """What a validator of a value raises when it knows the next step itself."""


def explain(file: CourseFile, model: type[BaseModel], error: ValidationError) -> CourseError:
    """Turn pydantic's first complaint about ``model``, in the order of the file, into the one message.

    A field's description says what is allowed, its first example what to write.
    """

    def order(details: Any) -> tuple[bool, int]:
        """A misspelt key is often missing as well: what stands in the file comes first."""
        key = tuple(details["loc"])
        return details["type"] == "missing", file.lines.get(key) or file.lines.get(key[:-1], 1)

    first = min(error.errors(include_url=False), key=order)
    key: Key = tuple(first["loc"])
    holder, field = _field(model, key)
    keys = list(holder.model_fields)
    if first["type"] == "extra_forbidden":
        meant = nearest(str(key[-1]), keys)
        advice = f"write {meant}" if meant else "delete the line"
        return file.error(key, "unknown key", ", ".join(keys), advice)
    if field is None:
        allowed = f"the keys {', '.join(keys)}"
        return file.error(key, f"found {shown(first['input'])}", allowed, "write each as key: value")
    name = next(str(part) for part in reversed(key) if isinstance(part, str))
    allowed, example = field.description or "", f"{name}: {(field.examples or ['...'])[0]}"
    if first["type"] == "missing":
        return file.error(key[:-1], f"the key {name} is missing", allowed, f"add {example}")
    reason = first.get("ctx", {}).get("error")
    advice = str(reason) if isinstance(reason, Advice) else f"write for instance {example}"
    return file.error(key, f"found {shown(first['input'])}", allowed, advice)


def nearest(word: str, allowed: Iterable[str], likeness: float = 0.5) -> str | None:
    """Return the allowed word that ``word`` was most likely meant to be, or None where none is so like it."""
    close = difflib.get_close_matches(word.lower(), list(allowed), n=1, cutoff=likeness)
    return close[0] if close else None


def shown(value: Any) -> str:
    """Return a value of course.yml as it can be quoted in a message: at most 60 characters, no password."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = re.sub(r"(?<=://).*(?=@)|(?<=password=)[^&\"]*", "...", text)
    return text if len(text) <= 60 else text[:57] + "..."


_LOOK = "look for a missing colon, quote or bracket here or on the line above"


def _spelled(key: Key) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")


def _field(model: type[BaseModel], key: Key) -> tuple[type[BaseModel], Any]:
    """The model that holds ``key``, and the key's field there (None where the key is a model as a whole)."""
    field = None
    for part in key:
        if isinstance(part, int):
            field = field if field is not None and _inner(field.annotation) is None else None
            continue
        field = model.model_fields.get(part)
        inner = None if field is None else _inner(field.annotation)
        if inner is not None and part != key[-1]:
            model, field = inner, None
    return model, field


def _inner(annotation: Any) -> type[BaseModel] | None:
    """The model in ``Model`` or ``list[Model]``, or None."""
    for kind in (annotation, *getattr(annotation, "__args__", ())):
        if isinstance(kind, type) and hasattr(kind, "model_fields"):
            return kind
    return None


def _plain(node: Any, key: Key, lines: dict[Key, int], path: Path, above: tuple[int, ...]) -> Any:
    """Turn a YAML node into plain data and note the line of every key."""
    file = CourseFile(path, None, lines)
    if id(node) in above:
        raise file.error(key, "a value that contains itself", "plain values", "take the * reference out")
    above = (*above, id(node))
    if node.id == "mapping":
        data: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name = str(name_node.value)
            if name in data:
                first = lines[(*key, name)]
                lines[(*key, name)] = name_node.start_mark.line + 1
                raise file.error(
                    (*key, name),
                    f"the key stands here twice, first in line {first}",
                    "each key once",
                    "delete one",
                )
            lines[(*key, name)] = name_node.start_mark.line + 1
            data[name] = _plain(value_node, (*key, name), lines, path, above)
        return data
    if node.id == "sequence":
        items = []
        for index, item in enumerate(node.value):
            lines[(*key, index)] = item.start_mark.line + 1
            items.append(_plain(item, (*key, index), lines, path, above))
        return items
    return _scalar(node)


def _scalar(node: Any) -> str | int | float | bool | None:
    kind, text = node.tag.rpartition(":")[2], node.value
    try:
        if kind == "int":
            return int(text.replace("_", ""), 0)
        if kind == "float":
            return float(text.replace("_", ""))
    except ValueError:  # 0o17, .inf and the like: never meant here, so the model shows them as they stand
        return str(text)
    if kind == "bool":
        return text.lower() == "true"
    return None if kind == "null" else str(text)
