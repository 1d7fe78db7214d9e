"""The menu behind Esc: its sheets and rows, and what each press makes of sheet and settings."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

from game.log import Plain
from game.rules.commands import EVERY
from game.ui.controls import controls_of, every_control, words_of
from game.ui.keyboard import ALTERNATE, FIXED, meaning, moved
from game.ui.screen import Intent, Local, Sheet
from game.ui.settings import TEXT_PCTS, VOLUME_STEP, Palette, Press, Settings
from game.ui.words import say

SHEETS: Final = ("settings", "keys", "sound", "captions", "leave")
"""The sheets in the order of their digits: 2 to 6; 1 resumes."""
ICONS: Final = {"settings": "gear", "keys": "laptop", "sound": "speak", "captions": "note", "leave": "x"}


class Option(NamedTuple):
    """One thing a setting can be, in words and as it is kept."""

    words: str
    value: bool | int | str


class Row(NamedTuple):
    """A line of a sheet: a setting with its options, or an act that is done when it is taken."""

    name: str
    options: tuple[Option, ...] = ()
    chosen: int = 0
    act: Intent | None = None


def rows(sheet: str, settings: Settings, *, played: bool = True) -> tuple[Row, ...]:
    """The rows of a sheet. `played` is false where there is no station to hand over."""
    acts = {
        "captions": (Row("history", act=Intent(Local.CAPTIONS)),) if played else (),
        "leave": (
            *((Row("hand_over", act=Intent(Local.OPEN, ("hand_over",))),) if played else ()),
            Row("leave", act=Intent(Local.ASK)),
        ),
    }
    return (*(_row(name, settings) for name in _SETTINGS.get(sheet, ())), *acts.get(sheet, ()))


_SETTINGS: Final[dict[str, tuple[str, ...]]] = {
    "settings": ("palette", "text_pct", "calm", "press", "letter_keys"),
    "sound": ("sound", "volume", "metronome", "team_alarms"),
    "captions": ("captions",),
}


def _row(name: str, settings: Settings) -> Row:
    options, now = _options(name), getattr(settings, name)
    chosen = next((place for place, option in enumerate(options) if option.value == now), 0)
    return Row(name, options, chosen)


def _options(name: str) -> tuple[Option, ...]:
    match name:
        case "palette":
            return tuple(Option(say(f"menu.palette.{each}"), each) for each in Palette)
        case "press":
            return tuple(Option(say(f"menu.press.{each}"), each) for each in Press)
        case "text_pct":
            return tuple(Option(say("menu.percent", value=pct), pct) for pct in TEXT_PCTS)
        case "volume":
            return tuple(Option(say("menu.percent", value=pct), pct) for pct in range(0, 101, VOLUME_STEP))
        case _:
            return (Option(say("menu.on"), True), Option(say("menu.off"), False))


def chosen(settings: Settings, name: str, place: int) -> Settings:
    """The settings with the option at `place` of a row taken."""
    options = _options(name)
    return settings.changed(**{name: options[max(0, min(place, len(options) - 1))].value})


def taken(settings: Settings, row: Row, way: int, *, around: bool) -> Settings:
    """The settings with the next option of a row; of two it is always the other, else at the end only `around`."""
    count, wanted = len(row.options), row.chosen + way
    return chosen(settings, row.name, wanted % count if around or count == 2 else wanted)


MENU_OPS: Final = frozenset(
    {
        Local.SHEET,
        Local.SET,
        Local.MOVE,
        Local.NUDGE,
        Local.TAKE,
        Local.GRAB,
        Local.SWAP,
        Local.KEYS,
        Local.ASK,
        Local.BACK,
    }
)
"""What the open menu answers itself."""

KEY_ACTS: Final = ("alternate", "reset")
"""What the sheet of keys offers after its controls."""
KEYS_A_PAGE: Final = 12


def key_rows(stations: int) -> tuple[str, ...]:
    """The rows of the sheet of keys: each control of the seat by its key in the design, then KEY_ACTS."""
    return (*(key for key in controls_of(stations) if key not in FIXED), *KEY_ACTS)


class Turn(NamedTuple):
    """What a press makes of the menu: the sheet that is up then, the settings, and what is done beside."""

    sheet: Sheet | None
    settings: Settings
    act: Intent | None = None


class Menu(NamedTuple):
    """The open menu of a seat: `played` is false where nobody plays."""

    sheet: Sheet
    settings: Settings
    stations: int
    played: bool

    def turn(self, op: Local, args: tuple[Plain, ...]) -> Turn:
        """What a press means here."""
        sheet, settings = self.sheet, self.settings
        match op:
            case Local.SHEET:
                name = str(args[0]) if args else SHEETS[(SHEETS.index(sheet.name) + 1) % len(SHEETS)]
                return Turn(Sheet(name), settings)
            case Local.MOVE:
                return Turn(sheet._replace(row=(sheet.row + int(str(args[0]))) % self.length), settings)
            case Local.SET:
                return Turn(sheet, chosen(settings, str(args[0]), int(str(args[1]))))
            case Local.NUDGE:
                return self._nudge(int(str(args[0])))
            case Local.TAKE:
                return self._take()
            case Local.GRAB:
                row = key_rows(self.stations).index(str(args[0]))
                return Turn(Sheet("keys", row, grab=str(args[0])), settings)
            case Local.SWAP:
                keys = moved(settings.keys, sheet.grab, sheet.clash)
                return Turn(self._back(), settings.changed(keys=keys))
            case Local.KEYS:
                keys = ALTERNATE if args[0] == "alternate" else MappingProxyType({})
                return Turn(sheet, settings.changed(keys=keys))
            case Local.ASK:
                return Turn(sheet._replace(asked=True, row=0), settings)
            case _:
                return Turn(self._back(), settings)

    @property
    def length(self) -> int:
        """Rows that the cursor walks."""
        if self.sheet.clash or self.sheet.asked:
            return 2
        return len(key_rows(self.stations) if self.sheet.name == "keys" else self.rows)

    @property
    def rows(self) -> tuple[Row, ...]:
        return rows(self.sheet.name, self.settings, played=self.played)

    @property
    def taker(self) -> str:
        """What the pressed key already is, in words."""
        key = meaning(self.sheet.clash, self.settings.changed(letter_keys=True))
        return words_of(key, self.stations) or words_of(key, int(EVERY))

    def pressed(self, physical: str) -> Turn:
        """A key was pressed while the menu waits for one: it is taken, refused, or asked about."""
        sheet, settings = self.sheet, self.settings
        if physical in FIXED:
            return Turn(Sheet("keys", sheet.row), settings)
        there = meaning(physical, settings.changed(letter_keys=True))
        if there != sheet.grab and there in every_control():
            return Turn(sheet._replace(clash=physical, row=0), settings)
        return Turn(Sheet("keys", sheet.row), settings.changed(keys=moved(settings.keys, sheet.grab, physical)))

    def _nudge(self, way: int) -> Turn:
        sheet, settings = self.sheet, self.settings
        if sheet.clash or sheet.asked:
            return self.turn(Local.MOVE, (way,))
        if sheet.name == "keys":
            return Turn(sheet._replace(row=max(0, min(sheet.row + way * KEYS_A_PAGE // 2, self.length - 1))), settings)
        row = self.rows[sheet.row]
        return Turn(sheet, taken(settings, row, way, around=False)) if row.options else Turn(sheet, settings)

    def _take(self) -> Turn:
        sheet, settings = self.sheet, self.settings
        if sheet.clash:
            return self.turn(Local.SWAP, ()) if sheet.row == 0 else Turn(self._back(), settings)
        if sheet.asked:
            return Turn(self._back(), settings) if sheet.row == 0 else Turn(None, settings, Intent("leave"))
        if sheet.name == "keys":
            key = key_rows(self.stations)[sheet.row]
            return self.turn(Local.KEYS if key in KEY_ACTS else Local.GRAB, (key,))
        row = self.rows[sheet.row]
        if row.act is None:
            return Turn(sheet, taken(settings, row, 1, around=True))
        return self.turn(Local.ASK, ()) if row.act.op == Local.ASK else Turn(None, settings, row.act)

    def _back(self) -> Sheet | None:
        """Out of a question, else out of the menu."""
        sheet = self.sheet
        if sheet.grab or sheet.clash:
            return Sheet("keys", key_rows(self.stations).index(sheet.grab))
        return Sheet(sheet.name, len(self.rows) - 1) if sheet.asked else None
