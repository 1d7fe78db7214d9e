"""What a screen is: something that draws the client's model and says where it can be pressed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from game.rules.commands import Feel

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pygame

    from game.content import Level, Pack
    from game.log import Plain
    from game.rules.setup import Sight
    from game.rules.views import SeatView
    from game.stations import Station
    from game.ui.settings import Settings
    from game.ui.tiles import Tile


class Local(StrEnum):
    """Intents that stay on this device: the input changes the mode, the authority hears nothing. None is a command."""

    PAD = "pad"  # (number,) opens that pad with an empty path, or closes it if it is open
    BACK = "back"  # () one step back in the path of the open pad, then closes it
    CHOOSE = "choose"  # (place,) takes the open choice at that place, from 0
    OPEN = "open"  # (op, *args so far) opens the choices of a command's next argument
    PAGE = "page"  # () turns the page of a list that is longer than the digits
    MOVE = "move"  # (-1 or 1,) moves the cursor in the tray or the open choices
    TAKE = "pick"  # () takes what the cursor is on
    STEP = "step"  # () the next step of the open order, as R
    SPLIT = "split"  # () in the ring: organised, now narrow or wide
    WHEEL = "wheel"  # () opens or closes the call-out wheel
    CAPTIONS = "captions"  # () the caption history
    MENU = "menu"  # ()
    HELP = "help"  # () lights the next useful control and lists the keys, for a moment or while it is held
    GROUP = "group"  # (name,) opens a group of a pad, or a drawer of the tray
    PICK = "container"  # (key,) takes a container of the cart in the hand, with nothing drawn up yet
    PLUNGER = "plunger"  # (-1 or 1,) moves the plunger to the amount before or after
    PAPER = "paper"  # () the paper of the cart, large
    TURN = "turn"  # () to the next picture of a seat that holds several stations
    SHEET = "sheet"  # (name,) a sheet of the menu; without a name the next one
    SET = "set"  # (setting, place) takes an option of a row of the menu
    NUDGE = "nudge"  # (-1 or 1,) the option before or after, of the row the cursor is on
    GRAB = "grab"  # (key,) the next key pressed is where this control of the design goes
    SWAP = "swap"  # () the key that was pressed and the one it lies on change places
    KEYS = "keys"  # (reset or alternate,) all keys at once
    ASK = "ask to leave"  # () leaving asks first
    LOOK = "figures"  # () after a lost case: from the quiet screen to the figures and back
    TAB = "tab"  # (place,) a tab of a picture that shows a part at a time
    TARGET = "target"  # (station,) the wheel calls out to whoever holds it; chosen again, to all
    FACT = "fact"  # (finding,) the Leader picks a reported fact, to put it on a cause; picked again it is let go


@dataclass(frozen=True, slots=True)
class Intent:
    """What a press means: the op of a command row with its arguments, or a Local with its own."""

    op: str
    args: tuple[Plain, ...] = ()


class Control(NamedTuple):
    """A hit area in logical pixels. `key` is a physical key (`event.code`) that the key map does not know by itself.

    A screen lists what is live in the present mode, topmost last. A disabled control still answers: with its reason in
    words.
    """

    rect: pygame.Rect
    intent: Intent
    feel: Feel = Feel.TAP
    enabled: bool = True
    key: str = ""
    stops: tuple[int, ...] = ()
    """For what is dragged: the x of the plunger at home and at each amount; the nearest to the finger is meant."""


class Seated(NamedTuple):
    """A line of the roster: who sits where. `link` is a LinkState."""

    seat: int
    stations: int
    name: str
    link: int


class Spoken(NamedTuple):
    """A caption: `seat` -1 is the patient or the room; `speaker` is ready to show ("Meds to Leader")."""

    at_ms: int
    seat: int
    speaker: str
    words: str
    alarm: bool = False
    """True for one that interrupts whoever listens to the captions."""


class Hands(NamedTuple):
    """The player's own two rhythmic keys, as pressed on this device: shown before the authority knows."""

    push_since_ms: int
    """Room time of the press, -1 while the hands are up."""
    push_up_ms: int
    """Room time of the latest release, -1 before the first."""
    squeeze_since_ms: int
    seal_left: bool = False
    seal_right: bool = False


class Sheet(NamedTuple):
    """The open menu: which sheet is up, and where the keyboard is in its rows."""

    name: str = "settings"
    row: int = 0
    grab: str = ""
    """The control, by its key in the design, whose new key the menu waits for."""
    clash: str = ""
    """The key that was pressed for it, where another control lies on that already."""
    asked: bool = False
    """Leaving was chosen: the menu asks once more."""


class Mode(NamedTuple):
    """What is open over the station. `pad` is 0 or the number of a dock pad; `group` a part of it, or a drawer; `path`
    the half-said command `(op, *args)` whose next argument is being chosen, of which the first `root` were there when
    it was opened. `Model.tiles` are the choices, `Model.trail` what was said so far.
    """

    pad: int = 0
    path: tuple[Plain, ...] = ()
    root: int = 0
    group: str = ""
    wheel: bool = False
    history: bool = False
    menu: Sheet | None = None
    paper: bool = False
    ring_split: bool = False
    """Organised was called: narrow or wide is asked."""
    lit_until_ms: int = -1
    """Until when (a local stamp) ? lights the next useful control and lists the keys."""
    cursor: int = 0
    """Where the keyboard is in the open choices; -1 in a wheel where nothing is chosen yet."""
    tray: int = 0
    """Where the keyboard is in the tray, and with it which page of the tray is up."""
    turn: int = 0
    """How often the seat has turned to the next of its pictures."""
    page: int = 0
    picked: str = ""
    """The container of the cart in the hand, by its key in the stock."""
    pulled: int = 0
    """To which of the amounts on offer the plunger is pulled, from 1; 0 is home: nothing is drawn up for a person."""
    hold: str = ""
    """The op of the control that is being held down; `hold_pct` is how much of its time is over."""
    hold_pct: int = 0
    look: bool = False
    """After a lost case: its figures are open. While the Leader holds targets: the board of causes is up instead."""
    tab: int = 0
    """Which tab is up, on a canvas too small for the whole picture."""
    to: int = 0
    """To whom the wheel calls out: the station of a seat, 0 for all."""
    fact: str = ""
    """The reported finding that the Leader has picked, to put it on a cause."""

    @property
    def choosing(self) -> bool:
        """True while choices are open that the dock's digits take."""
        return bool(self.pad or self.path or self.group or self.wheel)

    def closed(self) -> Mode:
        """Nothing open; tray, picture, board and what is in the hand stay where they are."""
        return Mode(
            tray=self.tray, turn=self.turn, look=self.look, tab=self.tab, picked=self.picked, pulled=self.pulled
        )


class Toast(NamedTuple):
    """A short notice and the local time it goes away. `urgent` ones are in warning colours."""

    words: str
    until_ms: float
    urgent: bool


class Jolt(NamedTuple):
    """The latest shock, for its moment on every screen. `touching` are the seats whose chips said hands on."""

    at_ms: int
    seat: int
    energy_j: int
    number: int | None
    """Which shock of the run; None where the seat cannot know."""
    touching: frozenset[int]


class Finished(NamedTuple):
    """An order that is over: `state` is done or lapsed."""

    order_id: int
    station: int
    op: str
    args: tuple[Plain, ...]
    state: str
    at_ms: int


class Model(Protocol):
    """What screens may read of the client."""

    @property
    def view(self) -> SeatView: ...
    @property
    def seat(self) -> int: ...
    @property
    def stations(self) -> Station: ...
    @property
    def roster(self) -> Sequence[Seated]: ...
    @property
    def team(self) -> str: ...
    @property
    def level(self) -> Level: ...
    @property
    def pack(self) -> Pack: ...
    @property
    def sight(self) -> Sight: ...
    @property
    def ping_ms(self) -> int: ...
    @property
    def captions(self) -> Sequence[Spoken]: ...
    @property
    def hands(self) -> Hands: ...
    @property
    def mode(self) -> Mode: ...
    @property
    def tiles(self) -> Sequence[Tile]: ...
    @property
    def trail(self) -> Sequence[str]: ...
    @property
    def phase(self) -> str: ...
    @property
    def toasts(self) -> Sequence[Toast]: ...
    @property
    def jolt(self) -> Jolt | None: ...
    @property
    def finished(self) -> Sequence[Finished]:
        """The orders this seat knows to be over, the latest last."""

    @property
    def settings(self) -> Settings:
        """What the player has chosen for this device."""

    @property
    def result(self) -> str:
        """The score as JSON, "" while there is none."""


class Screen(Protocol):
    """One picture of the game. `now_ms` is the client's estimate of room time."""

    def draw(self, surface: pygame.Surface, model: Model, now_ms: int) -> None: ...

    def controls(self) -> Sequence[Control]: ...
