"""What the captions bar says: each event that somebody speaks becomes one sentence with its speaker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from game.content import Level, Pack
from game.log import NO_SEAT, Fact, Plain
from game.rules.commands import COMMANDS
from game.stations import Station
from game.ui.screen import Spoken
from game.ui.values import act_words, command_words, finding_label, finding_value
from game.ui.words import knows, role_word, say

Args = tuple[Plain, ...]
Sentence = tuple[str, str]
"""To whom ("" for everybody, OWN for oneself), and the words."""
OWN: Final = "own"


@dataclass(frozen=True, slots=True)
class Scene:
    """What a sentence may need beside its event: the level's own words and who holds which stations."""

    level: Level
    pack: Pack
    stations: Mapping[int, Station]
    orders: Mapping[int, Args]
    """What each order asked, by its number: (station, op, *args)."""
    pulse: bool = False
    """True while the team knows of a pulse: nobody goes back on such a chest."""

    def seat_word(self, seat: int) -> str:
        return role_word(self.stations.get(seat, Station(0))) if seat != NO_SEAT else say("speaker.room")

    def holder_word(self, station: int) -> str:
        """The seat that holds `station`, as it is called out."""
        return next((role_word(held) for held in self.stations.values() if held & station), "")


def _order(args: Args, scene: Scene) -> Sentence:
    _, station, op, *rest = args
    words = command_words(scene, str(op), tuple(rest))
    return scene.holder_word(int(str(station))), say("said.order", order=words)


def _about_order(key: str, to_leader: bool) -> Callable[[Args, Scene], Sentence]:
    def sentence(args: Args, scene: Scene) -> Sentence:
        station, op, *rest = scene.orders.get(int(str(args[0])), (0, ""))
        whom = say("role.leader") if to_leader else scene.holder_word(int(str(station)))
        return whom, say(key, order=command_words(scene, str(op), tuple(rest)))

    return sentence


def _closed(args: Args, scene: Scene) -> Sentence | None:
    """The last word of a loop, for what hands have done out of the Leader's sight; all else is heard or seen."""
    _, op, *_ = scene.orders.get(int(str(args[0])), (0, ""))
    silent = op == "give" or knows(f"done_said.{op}")
    return _about_order("said.closed", to_leader=True)(args, scene) if silent else None


def _read_back(args: Args, scene: Scene) -> Sentence:
    _, op, *rest = args
    return say("role.leader"), say("said.read_back", order=command_words(scene, str(op), tuple(rest)))


def _charge(args: Args, scene: Scene) -> Sentence:
    word = "delivered_pulse" if args[0] == "delivered" and scene.pulse else args[0]
    return "", say(f"said.{word}", energy=args[1])


def _drug(args: Args, scene: Scene) -> Sentence:
    return OWN, act_words(scene, "said.drug", "give", args)


def _check(args: Args, scene: Scene) -> Sentence | None:
    step, call = args
    if step == "pulse":
        # Whoever felt it has just said so.
        return None
    rhythm = say(f"rhythm.{call}") if call else ""
    return "", say(f"said.check_{step}", rhythm=rhythm)


def _report(args: Args, scene: Scene) -> Sentence:
    key, value = str(args[0]), str(args[1])
    label, words = finding_label(scene, key), finding_value(scene, key, value)
    return say("role.leader"), say("said.report", label=label, value=words)


def _shown(args: Args, scene: Scene) -> Sentence:
    """What looking, testing or asking brought: only the seat that did it hears it."""
    key, value = str(args[0]), str(args[1])
    if key.startswith(("question.", "expert.")):
        return OWN, value
    label = finding_label(scene, key)
    words = finding_value(scene, key, value)
    return OWN, say("said.report", label=label, value=words) if words else f"{label}."


def _task(args: Args, scene: Scene) -> Sentence | None:
    """What was broken off; what is done is told by its own fact."""
    op, state, *rest = args
    if state != "broken" or op not in COMMANDS:
        return None
    key = f"broken_said.{op}" if knows(f"broken_said.{op}") else "broken_said.task"
    return OWN, act_words(scene, key, str(op), tuple(rest), task=say(f"command.{op}.label"))


def _done(args: Args, scene: Scene) -> Sentence | None:
    op, *rest = args
    key = f"done_said.{op}"
    return (OWN, act_words(scene, key, str(op), tuple(rest))) if knows(key) else None


def _expert(args: Args, scene: Scene) -> Sentence:
    return "", say(f"said.expert_{args[1]}", who=finding_label(scene, f"expert.{args[0]}"))


def _handover(args: Args, scene: Scene) -> Sentence:
    step, station, to_seat = str(args[0]), int(str(args[1])), int(str(args[2]))
    word = say(f"station.{str(Station(station).name).lower()}")
    return scene.seat_word(to_seat) if step == "offered" else "", say(f"said.handover_{step}", station=word)


def _pace(args: Args, scene: Scene) -> Sentence:
    rate, current, captured = args
    if not rate:
        return "", say("said.pace_off")
    return "", say("said.pace_captured" if captured else "said.pace", rate=rate, current=current)


def _callout(args: Args, scene: Scene) -> Sentence:
    station = args[1] if len(args) > 1 and isinstance(args[1], int) else 0
    return scene.holder_word(station), say(f"callout_said.{args[0]}")


def _cause(args: Args, scene: Scene) -> Sentence:
    return "", say(f"said.cause_{args[1]}", cause=say(f"cause.{args[0]}"))


def _plain(key: str) -> Callable[[Args, Scene], Sentence]:
    return lambda args, scene: ("", say(key))


_SENTENCES: Final[Mapping[str, Callable[[Args, Scene], Sentence | None]]] = {
    Fact.ORDER: _order,
    Fact.HEARD: _about_order("said.heard", to_leader=True),
    Fact.READ_BACK: _read_back,
    Fact.CONFIRMED: _about_order("said.confirmed", to_leader=False),
    Fact.CORRECTED: _about_order("said.corrected", to_leader=False),
    Fact.CLOSED: _closed,
    Fact.LAPSED: _about_order("said.lapsed", to_leader=False),
    Fact.CHARGE: _charge,
    Fact.CLEAR: _plain("said.clear"),
    Fact.DRUG: _drug,
    Fact.CHECK: _check,
    Fact.PULSE_FELT: lambda args, scene: (say("role.leader"), say(f"said.pulse_{args[0]}")),
    Fact.REPORT: _report,
    Fact.SHOWN: _shown,
    Fact.TASK: _task,
    Fact.DONE: _done,
    Fact.EXPERT: _expert,
    Fact.HANDOVER: _handover,
    Fact.HUSH: _plain("said.hush"),
    Fact.SYNC: lambda args, scene: (OWN, say("said.sync_on" if args[0] else "said.sync_off")),
    Fact.PACE: _pace,
    Fact.SWITCH: lambda args, scene: ("", say(f"said.switch_{args[0]}")),
    Fact.CAUSE: _cause,
    Fact.SUMMARY: _plain("said.summary"),
    Fact.CALLOUT: _callout,
}


def spoken(ms: int, kind: str, seat: int, args: Args, scene: Scene) -> Spoken | None:
    """The caption of an event, or None for one that nobody speaks."""
    by_leader = scene.stations.get(seat, Station(0)) & Station.LEAD
    sentence: Sentence | None
    if kind == Fact.STOP:
        sentence = "", say("said.stop_lead" if by_leader else "said.stop_bedside")
    elif kind == Fact.CHECK and args[0] == "resume" and not by_leader:
        # A check also ends by the first push: hands tell that, not an order.
        sentence = "", say("said.check_push")
    elif kind in _SENTENCES:
        sentence = _SENTENCES[kind](args, scene)
    else:
        return None
    if sentence is None:
        return None
    whom, words = sentence
    if whom == OWN:
        return Spoken(ms, seat, say("speaker.own"), words)
    # An order lapses because its seat said nothing: that silence is the room's to tell.
    seat = NO_SEAT if kind == Fact.LAPSED else seat
    who = scene.seat_word(seat)
    # Whoever would speak to themselves speaks to everybody.
    to_all = not whom or whom == who
    return Spoken(ms, seat, say("speaker.to", who=who, whom=say("speaker.all") if to_all else whom), words)


def first_words(level: Level) -> Spoken:
    """The caption a run begins with: what everybody sees on walking in."""
    return Spoken(0, NO_SEAT, say("speaker.room"), level.brief)
