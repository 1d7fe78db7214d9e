"""A person's hands at a tab: they find the way to an act as the page shows it, and walk it by key or by touch.

Where things lie and what they mean the running game says (probe.py); the presses are the browser's own: real key
events, real touches. Nothing is waited for by time: only frames, answers and snapshots count.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from playwright.async_api import CDPSession

from game.log import Plain
from game.ui.input import TWICE_MS
from tests.e2e.conftest import Tab

PROBE: Final = Path(__file__).with_name("probe.py").read_text("utf-8")
LOOK: Final = """() => {
  const {left, top, width, height} = document.getElementById("canvas").getBoundingClientRect();
  return {box: [left, top, width, height], seen: window.resus.python.runPython("look()")};
}"""
PATIENCE_S: Final = 60.0
"""How long anything may take on a slow and busy machine."""
LOOK_EVERY_S: Final = 0.05
FRAMES: Final = 4
"""A press that has changed nothing after so many more frames changes nothing."""
LONGEST_WAY: Final = 24
LOOK_S: Final = 0.25
PASSING_LOOKS: Final = 80
"""Presses on the way to one act."""
TRIES: Final = 6
"""How often a press is made that changes nothing, as after choices that have just closed."""
APART_S: Final = 2 * TWICE_MS / 1000
"""How far apart the same key is pressed twice: sooner, the second press takes the first one back."""
COVERS: Final = frozenset({"pad", "group", "wheel", "menu", "paper"})
"""What lies over the station and has to be closed before something else can be opened."""

Words = tuple[Plain, ...]


class By(StrEnum):
    """What the hands use."""

    KEY = "key"
    TOUCH = "touch"


class Way(NamedTuple):
    """A key, or a free point of a control. It `does` an intent, which `means` another; `held` if it is held."""

    key: str
    at: tuple[float, float]
    does: Words
    means: Words
    held: Words
    feel: str
    works: bool
    stops: tuple[int, ...]


class Seen(NamedTuple):
    """What a look at the game told."""

    facts: dict[str, Any]
    box: tuple[float, float, float, float]
    ways: tuple[Way, ...]

    @property
    def over(self) -> bool:
        """True once the run has ended."""
        return bool(self.facts["screen"] == "results")

    @property
    def up(self) -> tuple[Words, ...]:
        """What is open or picked already, as the intents that would make it so."""
        made: tuple[Words, ...] = _tuples(self.facts["up"])
        return made

    def css(self, x: float, y: float) -> tuple[float, float]:
        """A logical pixel as a point of the page."""
        left, top, width, height = self.box
        across, down = self.facts["size"]
        return left + (x + 0.5) * width / across, top + (y + 0.5) * height / down

    def state(self) -> tuple[Any, ...]:
        """What changes if a press means anything."""
        facts = self.facts
        return (
            facts["mode"],
            facts["settings"],
            len(facts["sent"]),
            len(facts["refused"]),
            facts["down"],
            facts["stations"],
        )

    def of(self, by: By) -> Iterator[Way]:
        """The ways of these hands: the topmost first, those that work before those that only say why not."""
        mine = [way for way in reversed(self.ways) if bool(way.key) == (by is By.KEY)]
        yield from sorted(mine, key=lambda way: not way.works)

    def way(self, by: By, *words: Plain) -> Way | None:
        """The way that means just this, at once or held."""
        return next((way for way in self.of(by) if words in (way.means, way.held)), None)

    def some(self, by: By, *words: Plain) -> Way | None:
        """A way that works and means this at once or held, whatever follows."""
        return next((way for way in self.of(by) if way.works and _begins(way, words)), None)


class Hands:
    """One person: who uses `bys` in turn, an act with each."""

    def __init__(self, tab: Tab, touch: CDPSession, bys: Sequence[By]) -> None:
        self.tab = tab
        self.by = bys[0]
        self.bys = bys
        self.acts = 0
        self.edges: set[tuple[str, By]] = set()
        self.used: dict[str, set[By]] = {}
        """What was done, and with what."""
        self._touch = touch
        self._last_key = ""
        self._fingers: list[tuple[float, float]] = []

    @classmethod
    async def at(cls, tab: Tab, bys: Sequence[By]) -> Self:
        """Sits down at a tab whose game runs."""
        touch = await tab.page.context.new_cdp_session(tab.page)
        await tab.page.evaluate("(words) => { window.resus.python.runPython(words); }", PROBE)
        return cls(tab, touch, bys)

    async def look(self) -> Seen:
        """What there is now."""
        told = await self.tab.page.evaluate(LOOK)
        facts = json.loads(told["seen"])
        blank = {"key": "", "at": (-1, -1), "stops": ()}
        ways = tuple(Way(**{name: _tuples(value) for name, value in (blank | way).items()}) for way in facts["ways"])
        return Seen(facts, _tuples(told["box"]), ways)

    async def until(self, what: str, true: Callable[[Seen], bool]) -> Seen:
        """Looks until something is so."""
        until_s = time.monotonic() + PATIENCE_S
        while True:
            seen = await self.look()
            if true(seen):
                return seen
            if time.monotonic() > until_s:
                raise AssertionError(f"{self.tab.role}: never {what}; {self._told(seen)}")
            await asyncio.sleep(LOOK_EVERY_S)

    async def ready(self, op: str) -> Seen:
        """Waits until an act can be done, by what the seat sees."""
        return await self.until(f"ready to {op}", lambda seen: seen.facts["ready"].get(op) == "DONE")

    async def do(self, *words: Plain, via: Sequence[Words] = (), refused: bool = False) -> bool:
        """Does an act by a way that is open, or by the steps of `via`. Unless it may be `refused`, waits until the
        hands are free for it, and it must be done. True if it was."""
        if not refused:
            await self.ready(str(words[0]))
        self._take_turns()
        return await self._do(words, via, refused=refused)

    async def some_do(self, *words: Plain) -> None:
        """Waits until something of this kind can be done, and does it."""
        self._take_turns()
        seen = await self.until(f"a way by {self.by} to {words}", lambda seen: seen.some(self.by, *words) is not None)
        way = seen.some(self.by, *words)
        assert way is not None
        await self._do(_begins(way, words), (), refused=False)

    async def choose(self, setting: str, value: Plain) -> None:
        """Opens the menu, takes an option there, and closes the menu."""
        self._take_turns()
        via = (("menu",), ("sheet", "settings"))
        await self._walk(("set", setting, value), via, lambda seen: seen.facts["settings"].get(setting) == value)
        await self._walk(("menu",), (), lambda seen: ("menu",) not in seen.up)

    async def pull(self, drawer: str, container: str, stop: int) -> None:
        """Takes a container and pulls the plunger to one of its stops."""
        self._take_turns()
        self.acts -= 1
        picked = ("container", container)
        seen = await self._walk(picked, (("group", drawer),), lambda seen: picked in seen.up)
        while seen.facts["pulled"] != stop:
            before = seen
            if self.by is By.KEY:
                way = seen.way(self.by, "plunger", 1)
                assert way is not None
                seen = await self.press(seen, way)
                continue
            way = next(way for way in seen.of(self.by) if len(way.stops) > stop)
            await self._drag(seen, way, way.at[0] + way.stops[stop] - way.stops[seen.facts["pulled"]])
            seen = await self._changed(before)

    def _take_turns(self) -> None:
        self.by = self.bys[self.acts % len(self.bys)]
        self.acts += 1

    async def _do(self, words: Words, via: Sequence[Words], *, refused: bool) -> bool:
        before = (await self.look()).facts
        op, sent, told = str(words[0]), len(before["sent"]), len(before["refused"])

        def went_out(seen: Seen) -> bool:
            return words in _tuples(seen.facts["sent"][sent:]) or any(
                each == op for each, _ in seen.facts["refused"][told:]
            )

        await self._walk(words, via, went_out)
        self.used.setdefault(op, set()).add(self.by)
        seen = await self.until(f"an answer to {words}", lambda seen: not seen.facts["waits"])
        now_ms = seen.facts["now_ms"]
        await self.until("another snapshot", lambda seen: seen.facts["now_ms"] != now_ms or seen.over)
        why = next((reason for each, reason in seen.facts["refused"][told:] if each == op), "")
        assert refused or not why, f"{self.tab.role}: {words} was refused: {why}"
        return not why

    async def _walk(self, wanted: Words, via: Sequence[Words], there: Callable[[Seen], bool]) -> Seen:
        """Presses on until it has come about."""
        seen = await self.look()
        for _ in range(LONGEST_WAY):
            if there(seen):
                return seen
            seen, way = await self._way_on(seen, wanted, via)
            assert way is not None, f"{self.tab.role}: no way by {self.by} to {wanted}: {self._ways_told(seen)}"
            seen = await self.press(seen, way, held=way.held == wanted)
        assert there(seen), f"{self.tab.role}: {wanted} is too far away by {self.by}: {self._told(seen)}"
        return seen

    async def _way_on(self, seen: Seen, wanted: Words, via: Sequence[Words]) -> tuple[Seen, Way | None]:
        """The next press, as soon as there is one: a passing picture, such as a shock's, shows no choices."""
        for _ in range(PASSING_LOOKS):
            if way := self._next(seen, wanted, via):
                return seen, way
            await asyncio.sleep(LOOK_S)
            seen = await self.look()
        return seen, None

    def _next(self, seen: Seen, wanted: Words, via: Sequence[Words]) -> Way | None:
        """The act itself; else the choice that leads there; else what must be closed or opened; else on."""
        if found := seen.way(self.by, *wanted):
            return found
        for length in range(len(wanted), 0, -1):
            if found := seen.way(self.by, "open", *wanted[:length]):
                return found
        for step in reversed(via):
            if step not in seen.up and (found := seen.way(self.by, *step)):
                return found
        if any(opened[0] in COVERS and opened not in via for opened in seen.up):
            return seen.some(self.by, "back") or next((way for way in seen.of(self.by) if way.does in seen.up), None)
        for turn in ("page", "move", "back"):
            if found := seen.some(self.by, turn):
                return found
        return None

    async def press(self, seen: Seen, way: Way, *, held: bool = False) -> Seen:
        """Makes one press, again if it changed nothing; what there is then."""
        for _ in range(TRIES):
            if way.key and way.key == self._last_key:
                await asyncio.sleep(APART_S)
            self._last_key = way.key
            await self.down(seen, way)
            if held or (way.feel == "hold" and way.works):
                await self._changed(seen, frames=False)
            await self.up(way)
            after = await self._changed(seen)
            if after.state() != seen.state():
                return after
        raise AssertionError(f"{self.tab.role}: {way} changes nothing; {self._told(seen)}")

    async def _changed(self, before: Seen, *, frames: bool = True) -> Seen:
        """Waits until something else is so than before, or for enough frames."""
        drawn = (await self.look()).facts["frames"]
        return await self.until(
            "changed by a press",
            lambda seen: seen.state() != before.state() or (frames and seen.facts["frames"] > drawn + FRAMES),
        )

    async def down(self, seen: Seen, way: Way) -> None:
        """A key or a finger goes down."""
        if way.key:
            await self.tab.page.keyboard.down(way.key)
        else:
            self._fingers.append(seen.css(*way.at))
            await self._send("touchStart")

    async def up(self, way: Way) -> None:
        """A key or the finger comes up."""
        if way.key:
            await self.tab.page.keyboard.up(way.key)
        else:
            await self.lift()

    async def lift(self) -> None:
        """The finger that came down last comes up."""
        number, (x, y) = len(self._fingers) - 1, self._fingers.pop()
        # Of several, the browser is told which one; with none named it lifts all.
        lifted = [{"x": x, "y": y, "id": number}] if number else []
        await self._touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": lifted})

    async def _drag(self, seen: Seen, way: Way, to_x: float) -> None:
        """A finger takes hold, moves along, and lets go."""
        await self.down(seen, way)
        start_x, y = way.at
        for share in (0.5, 1.0):
            self._fingers[-1] = seen.css(start_x + (to_x - start_x) * share, y)
            await self._send("touchMove")
        await self.lift()

    async def _send(self, kind: str) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(self._fingers)]
        await self._touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    async def stroke(self, op: str) -> None:
        """Pushes, squeezes or seals once with each of the hands' means: down until the game has it, then up."""
        for by in dict.fromkeys(self.bys):
            self.by = by
            seen = await self.until(f"a way by {by} to {op}", lambda seen, by=by: seen.way(by, op) is not None)  # type: ignore[misc]
            way = seen.way(by, op)
            assert way is not None
            await self.down(seen, way)
            await self.until(f"{op} down", lambda seen: op in seen.facts["down"])
            await self.up(way)
            await self.until(f"{op} up", lambda seen: op not in seen.facts["down"] and not seen.facts["waits"])
            self.edges.add((op, by))

    async def free(self) -> None:
        """Waits until the hands have nothing to do."""
        await self.until("hands free", lambda seen: not seen.facts["task"])

    def _told(self, seen: Seen) -> str:
        facts = {name: value for name, value in seen.facts.items() if name not in ("ways", "ready", "sent")}
        return f"{facts}, last sent {seen.facts['sent'][-3:]}; {self.tab.complaints}"

    def _ways_told(self, seen: Seen) -> str:
        ways = sorted({" ".join(map(str, way.means)) for way in seen.of(self.by)})
        return f"{ways}; {self._told(seen)}"


def _begins(way: Way, words: Words) -> Words:
    """What a way means that begins with these words, () if it means something else."""
    return next((meant for meant in (way.means, way.held) if meant[: len(words)] == words), ())


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list | tuple) else value
