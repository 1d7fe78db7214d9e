"""Reads dataclasses out of TOML: every key checked, with file and line in the error, every number open to a spread.

A field is declared by `number`, `word`, `flag` or `numbers`. In a file a number may be written as itself or as
`{ normal = [mean, sd] }`, `{ lognormal = [median, sigma] }`, `{ uniform = [from, to] }` (each with `lo` and `hi` if
wanted) or `{ choice = [...], weights = [...] }`; a word as itself or a choice; a flag as itself or `{ chance = 0.4 }`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from math import inf
from pathlib import Path
from typing import Any, Final, TypeVar

from game.content import ContentError, line_of, read_toml
from game.sim import CaseError
from game.sim.parameters import make_parameters
from lab.draw import Spread, constant

T = TypeVar("T")
Steps = tuple[str | int, ...]
Sketch = Mapping[str, object]
"""A dataclass before it is drawn: a Spread or a fixed tuple by the name of each field."""

_TWO: Final = ("normal", "lognormal", "uniform")
_FORMS: Final = (
    "a {}, or one of {{ normal = [mean, sd] }}, {{ lognormal = [median, sigma] }}, {{ uniform = [from, to] }}, \
{{ choice = [...] }}"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a field takes: `kind` is "number", "word", "flag" or "numbers"; words are empty where any will do."""

    kind: str
    lo: float = -inf
    hi: float = inf
    words: tuple[str, ...] = ()
    never: bool = False
    """Whether `false` may be written for a number, meaning never."""


def number(default: float, lo: float, hi: float) -> Any:
    """A field that takes a number from `lo` to `hi`."""
    return field(default=default, metadata={"rule": Rule("number", lo, hi)})


def moment(default: float, hi: float) -> Any:
    """A field that takes seconds from 0 to `hi`, or false for never, which is read as infinity."""
    return field(default=default, metadata={"rule": Rule("number", 0.0, hi, never=True)})


def word(default: str, *words: str) -> Any:
    """A field that takes one of `words`, or any word if none are named."""
    return field(default=default, metadata={"rule": Rule("word", words=words)})


def flag(default: bool) -> Any:
    """A field that takes true or false."""
    return field(default=default, metadata={"rule": Rule("flag")})


def numbers(default: tuple[float, ...], lo: float, hi: float) -> Any:
    """A field that takes a list of numbers from `lo` to `hi`."""
    return field(default=default, metadata={"rule": Rule("numbers", lo, hi)})


@dataclass(frozen=True, slots=True)
class Source:
    """A TOML file being read: its data, and where each key stands."""

    file: str
    text: str
    data: Mapping[str, object]

    @classmethod
    def of(cls, path: Path) -> Source:
        """Read a file. ContentError if it is not TOML, OSError if it cannot be read."""
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise ContentError(str(path), 0, f"byte {error.start}", "UTF-8 text") from None
        return cls.parsed(text, str(path))

    @classmethod
    def parsed(cls, text: str, file: str) -> Source:
        """The same from a text."""
        read_toml(text, file)
        return cls(file, text, tomllib.loads(text))

    def error(self, steps: Steps, value: object, expected: str) -> ContentError:
        """An error about the key that `steps` lead to."""
        name = ".".join(str(step) for step in steps if isinstance(step, str))
        return ContentError(self.file, self._line(steps), value, f"{name}: {expected}" if name else expected)

    def _line(self, steps: Steps) -> int:
        """The line of a key; where it stands nowhere, the first line of the nearest table that should hold it."""
        if line := line_of(self.text, steps):
            return line
        for length in range(len(steps), -1, -1):
            lines = [line_of(self.text, path) for path in _beneath(self.data, steps[:length])]
            if found := [line for line in lines if line]:
                return min(found)
        return 0


def _beneath(data: object, steps: Steps, here: Steps = ()) -> Iterator[Steps]:
    """The paths of all keys below `steps`; none if nothing stands there."""
    inner = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    for key, value in inner:
        path = (*here, key)
        if path == steps[: len(path)]:
            yield from _beneath(value, steps, path)
        elif here[: len(steps)] == steps:
            yield path
            yield from _beneath(value, steps, path)


def table(source: Source, value: object, steps: Steps) -> Mapping[str, object]:
    """`value` as a table, or an error."""
    if not isinstance(value, dict):
        raise source.error(steps, value, "a table")
    return value


def refuse_others(source: Source, found: Mapping[str, object], known: tuple[str, ...], steps: Steps = ()) -> None:
    """An error for the first key that is not among `known`."""
    for key in found:
        if key not in known:
            raise source.error((*steps, key), key, "a known key: " + ", ".join(sorted(known)))


def sketched(source: Source, cls: type[Any], found: Mapping[str, object], steps: Steps, base: Sketch | None) -> Sketch:
    """The fields of `cls` as a file gives them; those it leaves out are as in `base` or, without one, by default."""
    refuse_others(source, found, tuple(each.name for each in fields(cls)), steps)
    sketch = dict(base) if base is not None else {each.name: _default(each) for each in fields(cls)}
    for each in fields(cls):
        if each.name in found:
            sketch[each.name] = spread(source, each.metadata["rule"], found[each.name], (*steps, each.name))
    return sketch


def _default(each: Field[Any]) -> object:
    default: Any = each.default
    return default if isinstance(default, tuple) else constant(default)


def draw_fields(cls: type[T], sketch: Sketch, seed: int, prefix: str) -> T:
    """The `cls` of the patient of this seed: each field drawn by the name `prefix.field`."""
    return cls(
        **{
            name: value.drawn(seed, f"{prefix}.{name}") if isinstance(value, Spread) else value
            for name, value in sketch.items()
        }
    )


def spread(source: Source, rule: Rule, value: object, steps: Steps) -> object:
    """One value of a file as a Spread, or as a tuple where the rule is a list."""
    if rule.kind == "numbers":
        return _list(source, rule, value, steps)
    if isinstance(value, dict):
        return _distribution(source, rule, value, steps)
    if rule.never and value is False:
        return constant(inf)
    return constant(_single(source, rule, value, steps))


def parameter_wish(name: str) -> str:
    """What to write instead of a parameter's name that does not exist."""
    try:
        make_parameters({name: 0.0})
    except CaseError as error:
        return error.expected
    return "a parameter's name"


def _single(source: Source, rule: Rule, value: object, steps: Steps) -> float | str | bool:
    if rule.kind == "flag":
        if not isinstance(value, bool):
            raise source.error(steps, value, "true, false or { chance = ... }")
        return value
    if rule.kind == "word":
        if not isinstance(value, str) or (rule.words and value not in rule.words):
            raise source.error(steps, value, "one of " + ", ".join(rule.words) if rule.words else "a word in quotes")
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not rule.lo <= value <= rule.hi:
        never = ", false for never" if rule.never else ""
        raise source.error(steps, value, _FORMS.format(f"number from {rule.lo:g} to {rule.hi:g}{never}"))
    return float(value)


def _list(source: Source, rule: Rule, value: object, steps: Steps) -> tuple[float, ...]:
    if not isinstance(value, list):
        raise source.error(steps, value, f"a list of numbers from {rule.lo:g} to {rule.hi:g}")
    one = Rule("number", rule.lo, rule.hi)
    return tuple(float(_single(source, one, item, steps)) for item in value)


def _distribution(source: Source, rule: Rule, value: Mapping[str, object], steps: Steps) -> Spread:
    shapes = [shape for shape in (*_TWO, "choice", "chance") if shape in value]
    if len(shapes) != 1 or (shapes[0] == "chance") != (rule.kind == "flag"):
        wanted = "true, false or { chance = ... }" if rule.kind == "flag" else _FORMS.format(rule.kind)
        raise source.error(steps, dict(value), wanted)
    shape = shapes[0]
    if shape == "chance":
        refuse_others(source, value, ("chance",), steps)
        share = _single(source, Rule("number", 0.0, 1.0), value[shape], steps)
        return Spread(shape, (share,))
    if shape == "choice":
        return _choice(source, rule, value, steps)
    if rule.kind != "number":
        raise source.error(steps, dict(value), f"a {rule.kind} or {{ choice = [...] }}")
    refuse_others(source, value, (shape, "lo", "hi"), steps)
    return _curve(source, rule, value, shape, steps)


def _curve(source: Source, rule: Rule, value: Mapping[str, object], shape: str, steps: Steps) -> Spread:
    two = _list(source, Rule("numbers"), value[shape], steps)
    if len(two) != 2 or (shape == "uniform" and two[0] > two[1]) or (shape != "uniform" and two[1] < 0.0):
        raise source.error(steps, value[shape], f"two numbers for {shape}")
    if shape == "lognormal" and two[0] <= 0.0:
        raise source.error(steps, value[shape], "a median above 0")
    within = Rule("number", rule.lo, rule.hi)
    lo = float(_single(source, within, value.get("lo", max(rule.lo, -1e300)), steps))
    hi = float(_single(source, within, value.get("hi", min(rule.hi, 1e300)), steps))
    if lo > hi:
        raise source.error(steps, [lo, hi], "lo below hi")
    return Spread(shape, two, lo=lo, hi=hi)


def _choice(source: Source, rule: Rule, value: Mapping[str, object], steps: Steps) -> Spread:
    refuse_others(source, value, ("choice", "weights"), steps)
    listed = value["choice"]
    if not isinstance(listed, list) or not listed:
        raise source.error(steps, listed, "a list to choose from")
    chosen = tuple(inf if rule.never and item is False else _single(source, rule, item, steps) for item in listed)
    weights = _list(source, Rule("numbers", 0.0), value.get("weights", [1] * len(chosen)), steps)
    if len(weights) != len(chosen) or sum(weights) <= 0.0:
        raise source.error(steps, list(weights), f"{len(chosen)} weights, not all 0")
    return Spread("choice", chosen, weights)
