"""What an endpoint of the API is: the one description from which Gradio, MCP, the page and the tests read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aigc_demo.recipes import number, whole_number
from aigc_demo.text import Lang, Text, VisitorError

Kind = Literal["name", "whole", "number", "flag", "numbers", "images"]

NEEDED: Any = object()  # the default of a parameter that has none

_JSON_TYPES: dict[Kind, dict[str, Any]] = {
    "name": {"type": "string"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "numbers": {"type": "array", "items": {"type": "number"}},
    "images": {"type": "array", "items": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}},
}
_PYTHON_TYPES: dict[Kind, Any] = {
    "name": str,
    "whole": int,
    "number": float,
    "flag": bool,
    "numbers": list,
    "images": list,
}
_TYPE_NAMES: dict[Kind, str] = {
    "name": "str",
    "whole": "int",
    "number": "float",
    "flag": "bool",
    "numbers": "list[float]",
    "images": "list[list[list[int]]]",
}
_NO_NAME = Text("{what}应为一个名称。", "{what} must be a name.")
_UNKNOWN = Text(
    "{endpoint} 没有名为“{given}”的参数；它接受 {known}。", "{endpoint} has no argument “{given}”; it takes {known}."
)
_MISSING = Text("{endpoint} 缺少参数 {name}。", "{endpoint} needs the argument {name}.")


@dataclass(frozen=True)
class Parameter:
    """One argument. `what` is how a refusal calls it, `about` says what it is, with its unit.

    `least` and `most` bound a number, and are what is checked; None where only the model that is asked knows (how many
    classes it has, how long its z is). `choices` gives the names that a catalogue knows.
    """

    name: str
    kind: Kind
    what: Text
    about: Text
    default: Any = NEEDED
    least: float | None = None
    most: float | None = None
    nullable: bool = False
    choices: Callable[[], tuple[str, ...]] | None = None

    @property
    def annotation(self) -> Any:
        """The Python type by which Gradio and `gradio_client` describe it."""
        return _PYTHON_TYPES[self.kind] | None if self.nullable else _PYTHON_TYPES[self.kind]

    @property
    def type_name(self) -> str:
        """How programmers call what it takes."""
        return _TYPE_NAMES[self.kind]

    def read(self, value: object) -> Any:
        """`value` as its kind, in its range, or a `VisitorError`. Lists and flags are for the work itself to check."""
        if value is None and self.nullable:
            return None
        if self.kind == "name":
            if isinstance(value, str):
                return value
            raise VisitorError(Text(_NO_NAME.zh.format(what=self.what.zh), _NO_NAME.en.format(what=self.what.en)))
        if self.kind in ("whole", "number") and self.least is not None and self.most is not None:
            if self.kind == "whole":
                return whole_number(value, int(self.least), int(self.most), self.what)
            return number(value, self.least, self.most, self.what)
        return value

    def schema(self, lang: Lang) -> dict[str, Any]:
        """The parameter as JSON Schema, with its range, its default and what it means."""
        schema: dict[str, Any] = dict(_JSON_TYPES[self.kind])
        if self.least is not None and self.kind in ("whole", "number"):
            schema["minimum"] = self.least
        if self.most is not None and self.kind in ("whole", "number"):
            schema["maximum"] = self.most
        if self.kind == "images" and self.least is not None and self.most is not None:
            schema |= {"minItems": self.least, "maxItems": self.most}
        if self.choices is not None:
            schema["enum"] = list(self.choices())
        if self.nullable:
            schema["type"] = [schema["type"], "null"]
            if "enum" in schema:
                schema["enum"].append(None)
        if self.default is not NEEDED:
            schema["default"] = self.default
        return schema | {"description": self.about(lang)}


@dataclass(frozen=True)
class Answer:
    """One thing that an endpoint answers: a key of its dict, or what the whole answer is."""

    name: str
    about: Text


@dataclass(frozen=True)
class Example:
    """Two ways to ask, complete and runnable. `{address}` is the page's own address, with its last slash."""

    python: str
    curl: str

    def at(self, address: str) -> Example:
        return Example(self.python.replace("{address}", address), self.curl.replace("{address}", address))


@dataclass(frozen=True)
class Call:
    """Something that can be asked for by name. `cost` is what it counts as among the calls that a visitor has a minute."""

    key: str
    title: Text
    about: Text
    parameters: tuple[Parameter, ...]
    cost: int = field(kw_only=True)

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every argument by name, checked, defaults filled in. Raises `VisitorError`."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                takes = ", ".join(known) or "–"
                raise VisitorError(_UNKNOWN.format(endpoint=self.key, given=str(name)[:40], known=takes))
        for name, parameter in known.items():
            if name not in given and parameter.default is NEEDED:
                raise VisitorError(_MISSING.format(endpoint=self.key, name=name))
        return {name: item.read(given.get(name, item.default)) for name, item in known.items()}

    def schema(self, lang: Lang) -> dict[str, Any]:
        """All parameters as the JSON Schema of one object."""
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {item.name: item.schema(lang) for item in self.parameters},
            "additionalProperties": False,
        }
        needed = [item.name for item in self.parameters if item.default is NEEDED]
        return schema | {"required": needed} if needed else schema


@dataclass(frozen=True)
class Endpoint(Call):
    """A call of the API. `at_once` of it are worked on in one language's page, others wait; `streams`: it answers again
    and again until its run is over.
    """

    answers: tuple[Answer, ...]
    refusals: tuple[Text, ...]
    example: Example
    at_once: int = field(kw_only=True)
    streams: bool = field(default=False, kw_only=True)
