"""Operations as JSON: the form in which they are stored."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any, NoReturn, TypeVar

from mitplan.core.text.operations import (
    DeletePassage,
    InsertPassage,
    JoinPassages,
    MovePassage,
    Operation,
    SetField,
    SetKind,
    SplitPassage,
    TextHunk,
)
from mitplan.core.text.passages import Kind
from mitplan.core.text.tokens import TOKENIZER

FORMAT = 1
"""Version of the shape below."""

_NAMES: dict[type[Operation], str] = {
    TextHunk: "text",
    InsertPassage: "insert",
    DeletePassage: "delete",
    MovePassage: "move",
    SetKind: "kind",
    SetField: "field",
    SplitPassage: "split",
    JoinPassages: "join",
}
_NO_KEY = object()
_PAIR = 2
_T = TypeVar("_T")


def operations_to_json(operations: Iterable[Operation]) -> list[dict[str, Any]]:
    """Return operations as objects that JSON can hold."""
    return [operation_to_json(operation) for operation in operations]


def operations_from_json(stored: object) -> tuple[Operation, ...]:
    """Return the operations that were stored; raises ValueError where the data are malformed."""
    if not isinstance(stored, list):
        message = "operations must be a list"
        raise ValueError(message)  # noqa: TRY004 - malformed data, not a wrong call
    return tuple(_operation(number, item) for number, item in enumerate(stored, start=1))


def operation_to_json(operation: Operation) -> dict[str, Any]:
    """Return one operation as an object that JSON can hold."""
    name, values = _named_values(operation)
    return {"op": name, "version": FORMAT, **values}


def _named_values(operation: Operation) -> tuple[str, dict[str, Any]]:
    name = _NAMES[type(operation)]
    values = {each.name: _plain(getattr(operation, each.name)) for each in fields(operation)}
    if isinstance(operation, TextHunk | SplitPassage):
        values["tokenizer"] = TOKENIZER
    return name, values


def _plain(value: object) -> object:
    """Return lists for tuples, at every depth."""
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


class _Reader:
    """Takes typed values out of one stored operation and names what is wrong."""

    def __init__(self, number: int, item: Mapping[str, object]) -> None:
        self._number = number
        self._item = item

    def refuse(self, problem: str) -> NoReturn:
        message = f"operation {self._number}: {problem}"
        raise ValueError(message)

    def text(self, key: str) -> str:
        return self._typed(key, str)

    def number(self, key: str) -> int:
        return self._typed(key, int)

    def optional(self, key: str) -> str | None:
        return None if self._item.get(key, _NO_KEY) is None else self._typed(key, str)

    def kind(self) -> Kind:
        value = self.text("kind")
        if value not in set(Kind):
            self.refuse(f"unknown kind {value!r}")
        return Kind(value)

    def texts(self, key: str) -> tuple[str, ...]:
        return self._all_texts(key, self._typed(key, list))

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        return tuple(self._pair(key, values) for values in self._typed(key, list))

    def _pair(self, key: str, values: object) -> tuple[str, str]:
        pair = self._all_texts(key, values)
        if len(pair) != _PAIR:
            self.refuse(f"{key!r} must hold pairs of name and value")
        name, value = pair
        return name, value

    def _all_texts(self, key: str, values: object) -> tuple[str, ...]:
        if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
            self.refuse(f"{key!r} must hold texts")
        return tuple(values)

    def _typed(self, key: str, kind: type[_T]) -> _T:
        value = self._item.get(key)
        if not isinstance(value, kind) or isinstance(value, bool):
            self.refuse(f"{key!r} must be of type {kind.__name__}")
        return value


def _operation(number: int, item: object) -> Operation:
    if not isinstance(item, Mapping):
        _Reader(number, {}).refuse("must be an object")
    reader = _Reader(number, item)
    if item.get("version") != FORMAT or item.get("tokenizer", TOKENIZER) != TOKENIZER:
        reader.refuse("was stored by another version")
    read = _READ.get(reader.text("op"))
    if read is None:
        reader.refuse(f"unknown operation {item['op']!r}")
    return read(reader)


def _hunk(reader: _Reader) -> TextHunk:
    return TextHunk(
        reader.text("passage"),
        reader.number("start"),
        reader.number("end"),
        reader.texts("new"),
        reader.number("ordinal"),
    )


def _insertion(reader: _Reader) -> InsertPassage:
    return InsertPassage(
        reader.text("id"),
        reader.optional("after"),
        reader.kind(),
        reader.text("text"),
        reader.number("level"),
        reader.text("label"),
        reader.pairs("fields"),
    )


def _split(reader: _Reader) -> SplitPassage:
    return SplitPassage(
        reader.text("passage"),
        reader.number("at"),
        reader.text("id"),
        reader.kind(),
        reader.number("level"),
    )


_READ: dict[str, Callable[[_Reader], Operation]] = {
    "text": _hunk,
    "insert": _insertion,
    "delete": lambda reader: DeletePassage(reader.text("passage")),
    "move": lambda reader: MovePassage(reader.text("passage"), reader.optional("after")),
    "kind": lambda reader: SetKind(reader.text("passage"), reader.kind(), reader.number("level")),
    "field": lambda reader: SetField(
        reader.text("passage"), reader.text("name"), reader.optional("value")
    ),
    "split": _split,
    "join": lambda reader: JoinPassages(reader.text("left"), reader.text("right")),
}
