"""Who cannot press in rhythm plays all the same: the device makes proper edges, and the room is told."""

from itertools import pairwise

import pytest

from game.log import Fact
from game.rules.commands import PUSH_KEY, SEAL_LEFT_KEY, SEAL_RIGHT_KEY, SQUEEZE_KEY
from game.rules.skills.params import on_curve, skills
from game.scoring.record import Record
from game.ui import library
from game.ui.assist import Assist, Pace
from game.ui.input import Stroke
from game.ui.settings import Press
from tests.ui.table import Table

PACK = library.pack("aha2025")
PACE = Pace.of(PACK)


class Player:
    """An assist and the edges that came of it, frame by frame."""

    def __init__(self, press: Press) -> None:
        self.press, self.now_ms, self.made = press, 0.0, list[Stroke]()
        self._assist = Assist()

    def edge(self, key: int, *, down: bool) -> None:
        self.made += self._assist.take(Stroke(key, down, self.now_ms), self.press, PACE)

    def wait(self, ms: float) -> None:
        until_ms = self.now_ms + ms
        while self.now_ms < until_ms:
            self.now_ms += 16
            self.made += self._assist.due(self.now_ms, PACE)

    def of(self, key: int) -> list[Stroke]:
        return [stroke for stroke in self.made if stroke.key == key]


def test_the_pace_is_the_middle_of_what_the_guideline_asks_for() -> None:
    assert 60_000 / PACE.every_ms == pytest.approx(110)
    assert PACK.depth_mm[0] * 1000 < on_curve(skills().push.depth_um, PACE.push_ms) < PACK.depth_mm[1] * 1000
    low, high = PACK.tidal_volume_ml
    assert low < on_curve(skills().squeeze.volume_ml, PACE.squeeze_ms) < high


@pytest.mark.parametrize("press", [Press.STEADY, Press.SWITCH])
def test_pushes_come_at_that_pace_until_the_player_stops_them(press: Press) -> None:
    player = Player(press)
    player.edge(PUSH_KEY, down=True)
    if press is Press.SWITCH:
        player.edge(PUSH_KEY, down=False)
    player.wait(10_000)
    player.edge(PUSH_KEY, down=press is Press.SWITCH)
    pushes = player.of(PUSH_KEY)
    assert [stroke.down for stroke in pushes] == [place % 2 == 0 for place in range(len(pushes))]
    assert not pushes[-1].down, "hands come up when it stops"
    downs = [stroke.stamp_ms for stroke in pushes if stroke.down]
    gaps = [later - earlier for earlier, later in pairwise(downs)]
    assert len(downs) in (18, 19)
    assert all(gap == pytest.approx(PACE.every_ms) for gap in gaps), "stamped when they were due, not when drawn"
    before = len(player.made)
    player.wait(3_000)
    assert len(player.made) == before


def test_a_device_that_slept_makes_up_for_no_pushes() -> None:
    player = Player(Press.SWITCH)
    player.edge(PUSH_KEY, down=True)
    player.wait(2_000)
    pushed = len(player.of(PUSH_KEY))
    player.now_ms += 60_000
    player.wait(2_000)
    late = player.of(PUSH_KEY)[pushed:]
    assert len(late) <= 1
    assert not player.of(PUSH_KEY)[-1].down, "its hands are off"


def test_one_press_is_one_squeeze_of_the_proper_length_and_ends_the_pushes() -> None:
    player = Player(Press.SWITCH)
    player.edge(PUSH_KEY, down=True)
    player.wait(2_000)
    player.edge(SQUEEZE_KEY, down=True)
    player.edge(SQUEEZE_KEY, down=False)
    pushed = len(player.of(PUSH_KEY))
    player.wait(3_000)
    down, up = player.of(SQUEEZE_KEY)
    assert up.stamp_ms - down.stamp_ms == PACE.squeeze_ms
    assert len(player.of(PUSH_KEY)) == pushed


@pytest.mark.parametrize("key", [SEAL_LEFT_KEY, SEAL_RIGHT_KEY])
def test_either_side_holds_the_seal_in_the_middle(key: int) -> None:
    player = Player(Press.STEADY)
    player.edge(key, down=True)
    assert {stroke.key for stroke in player.made if stroke.down} == {SEAL_LEFT_KEY, SEAL_RIGHT_KEY}
    player.edge(key, down=False)
    assert [stroke.down for stroke in player.made] == [True, True, False, False]


def test_one_switch_plays_the_chest_and_the_score_says_assisted() -> None:
    table = Table(0)
    table.play(1)
    table.tap("Escape")
    for code in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "Escape", "Space"):
        table.tap(code)
    table.play(8)
    table.tap("Space")
    table.play(2)
    pushes = [entry for entry in table.log if entry.kind is Fact.COMPRESSION and entry.seat == 0]
    assert len(pushes) >= 12
    low, high = (1000 * depth for depth in PACK.depth_mm)
    assert all(low <= int(str(push.args[3])) <= high for push in pushes)
    assert [entry.args for entry in table.log if entry.kind is Fact.ASSISTED] == [("switch",)]
    record = Record()
    for entry in table.log:
        record.add(entry)
    assert record.assisted == {0}
