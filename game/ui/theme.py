"""The colours of the game and the roles that wear them, told apart by colour-blind eyes too."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from game.stations import Role, Station
from game.ui.words import role_of

INK: Final = "#0A1017"
ROOM: Final = "#0E1620"
BAR: Final = "#0C141D"
"""Top bar and dock."""
CAPTION: Final = "#070C12"
S1: Final = "#141F2B"
S2: Final = "#1B2A38"
S3: Final = "#263A4B"
LINE: Final = "#2C4153"
LINE2: Final = "#3E566B"
TEXT: Final = "#F4F7FA"
TEXT2: Final = "#B4C5D3"
TEXT3: Final = "#8AA0B2"
DISABLED: Final = "#6F8597"
ACC: Final = "#5AD1C8"
ACC_INK: Final = "#06211F"
ACC_DEEP: Final = "#0D3B38"
COMP: Final = "#FF7A33"
AIR: Final = "#9BE4FF"
MEDS: Final = "#AC7DF8"
LEAD: Final = "#F8EFC4"
ECG: Final = "#74F05A"
ART: Final = "#EC6377"
SPO2: Final = "#3A9BF0"
CO2: Final = "#F2EFE6"
OK: Final = "#58D8B4"
OK_BG: Final = "#10302A"
OK_TEXT: Final = "#C7F5E6"
WARN: Final = "#FFC445"
WARN_BG: Final = "#2B220C"
WARN_TEXT: Final = "#FFE3A6"
DANGER: Final = "#F4515C"
DANGER_BG: Final = "#2A1319"
DANGER_DEEP: Final = "#4A0D13"
DANGER_TEXT: Final = "#FFB4B8"
DANGER_PALE: Final = "#FFD2D4"
INFO: Final = "#6CB8FF"
MON: Final = "#04080C"

WIDTH: Final = 1280
HEIGHT: Final = 720
"""The logical canvas; every rect of the screens is in these pixels."""


class Colours(NamedTuple):
    """Fill, border and text of a control in one state."""

    fill: str
    border: str
    text: str


class State(StrEnum):
    """The states a control is drawn in."""

    IDLE = "idle"
    PRIMARY = "primary"
    DANGER = "danger"
    ARMED = "armed"
    DISABLED = "disabled"
    HOVER = "hover"
    PRESSED = "pressed"
    WARN = "warn"
    OK = "ok"


STATE_COLOURS: Final[dict[State, Colours]] = {
    State.IDLE: Colours(S2, LINE2, TEXT),
    State.PRIMARY: Colours(ACC, ACC, ACC_INK),
    State.DANGER: Colours(DANGER_BG, DANGER, DANGER_TEXT),
    State.ARMED: Colours(DANGER, DANGER_PALE, "#1B0507"),
    State.DISABLED: Colours(S1, LINE, DISABLED),
    State.HOVER: Colours(S3, ACC, TEXT),
    State.PRESSED: Colours(INK, ACC, ACC),
    State.WARN: Colours(WARN_BG, WARN, WARN_TEXT),
    State.OK: Colours(OK_BG, OK, OK_TEXT),
}


class Livery(NamedTuple):
    """How a role is told apart: colour, badge shape and icon, and the short name of its art."""

    colour: str
    shape: str
    icon: str
    art: str


LIVERY: Final[dict[Role, Livery]] = {
    Role.COMPRESSOR: Livery(COMP, "square", "compress", "comp"),
    Role.AIRWAY: Livery(AIR, "circle", "airway", "air"),
    Role.MEDS: Livery(MEDS, "hexagon", "syringe", "meds"),
    Role.LEADER: Livery(LEAD, "diamond", "lead", "lead"),
}

ROOM_LIVERY: Final = Livery(TEXT3, "circle", "speak", "")
"""The patient, a relative or the room: whoever speaks without a seat."""


def livery(stations: int) -> Livery:
    """The livery of whoever holds `stations`; of the room for none."""
    return LIVERY[role_of(Station(stations))] if stations else ROOM_LIVERY
