"""The life of a team, on a clock that is set: nothing here waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.rules.refusals import Refusal
from game.stations import LinkState
from game.wire import Ack, CloseCode, Cmd, Edges, Ev, Nak, Resync, Snap, TeamEvent, Welcome
from server.authority.limits import EVENTS_KEPT, INBOX, JOIN_TOKEN_MS, SEAT_HOLD_MS
from server.authority.team import Phase
from server.store.reader import reading
from tests.authority.fakes import TICK_MS, Table, TapeLine, table


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Table]:
    with table(tmp_path) as here:
        yield here


def phases(line: TapeLine) -> list[object]:
    return [event.args[0] for event in line.events(TeamEvent.PHASE)]


def test_whoever_plays_alone_goes_again_without_a_lobby(here: Table) -> None:
    line = here.sit(3)
    here.play()
    here.run(10_200)
    here.team.scored(here.keeper.ended[0], "{}")
    here.run(50)
    here.send(3, "again")
    here.run(50)
    full = line.of(Resync)[-1].full
    assert (full.phase, full.epoch) == ("countdown", 2)
    here.run(3_200)
    assert here.phase is Phase.PLAYING


def test_a_run_goes_from_lobby_to_debrief_and_again(here: Table) -> None:
    here.sit(0)
    line = here.sit(3)
    here.send(3, "start")
    here.run(13_200)
    here.team.scored(here.keeper.ended[0], '{"score": 700}')
    here.run(50)
    assert phases(line) == ["countdown", "playing", "ended", "debrief"]
    assert [event.args for event in line.events(TeamEvent.RESULT)] == [('{"score": 700}',)]
    here.send(3, "again")
    here.run(50)
    (_, full) = [resync.full for resync in line.of(Resync)]
    assert (full.phase, full.epoch, full.run, full.result) == ("lobby", 2, "", "")
    here.play()
    assert here.phase is Phase.PLAYING
    assert len(here.rooms) == 2


def test_a_team_may_ask_for_the_same_patient_again_and_once_only(here: Table) -> None:
    here.sit(3)
    seeds, known = [], []
    for args in (("same",), (), ("other",)):
        here.play()
        assert here.team.run is not None
        seeds.append(here.team.run.seed)
        known.append(here.team.run.known_patient)
        here.run(10_200)
        here.team.scored(here.keeper.ended[-1], "{}")
        here.run(50)
        here.send(3, "again", *args)
        here.run(50)
    assert here.phase is Phase.DEBRIEF, "there is no other patient by that word"
    assert seeds[0] == seeds[1] != seeds[2]
    assert known == [False, True, False]


def test_room_time_is_the_clock_minus_zero_whatever_the_run(here: Table) -> None:
    line = here.sit(3)
    here.run(1_000)
    here.play()
    countdown, playing = line.events(TeamEvent.PHASE)
    assert countdown.args == ("countdown", 3_000, 4_050)
    assert (countdown.ms, playing.ms) == (-3_000, 0)
    snap = line.of(Snap)[-1]
    assert here.clock.real_ms - 4_050 - snap.room_ms in (0, TICK_MS)


def test_bots_fill_the_empty_seats_at_the_start(here: Table) -> None:
    here.sit(3)
    here.play()
    assert sorted(here.room.links) == [(0, LinkState.BOT), (1, LinkState.BOT), (2, LinkState.BOT)]


def test_four_people_who_are_ready_need_no_start(here: Table) -> None:
    lines = [here.sit(seat) for seat in range(4)]
    for seat in range(3):
        here.send(seat, "ready")
    here.run(100)
    assert lines[0].events(TeamEvent.PHASE) == []
    assert lines[0].events(TeamEvent.READY)[-1].args == (0, 1, 2)
    here.send(3, "ready")
    here.run(100)
    assert here.phase is Phase.COUNTDOWN


def test_an_act_out_of_its_phase_is_refused(here: Table) -> None:
    line = here.sit(3)
    refused = [here.send(3, "again")]
    here.run(50)
    here.send(3, "start")
    refused += [here.send(3, op) for op in ("start", "ready", "again")]
    here.run(50)
    assert line.of(Nak) == [Nak(seq, Refusal.NOT_NOW) for seq in refused]
    assert here.phase is Phase.COUNTDOWN


def test_an_act_of_the_team_takes_no_arguments(here: Table) -> None:
    line = here.sit(3)
    seq = here.send(3, "start", 1)
    here.run(50)
    assert line.of(Nak) == [Nak(seq, Refusal.BAD_ARGUMENTS)]


def test_in_play_start_is_the_leaders_word_for_the_room(here: Table) -> None:
    here.sit(3)
    here.play()
    here.send(3, "start")
    here.run(50)
    assert here.room.done == [(3, "start")]


def test_before_the_collapse_the_patient_cannot_be_touched(here: Table) -> None:
    line = here.sit(0)
    command = here.send(0, "charge")
    assert here.team.receive(0, Edges.of(command + 1, 0, True, (100, 200)))
    here.run(50)
    assert [nak.code for nak in line.of(Nak)] == [Refusal.NOT_NOW, Refusal.NOT_NOW]


def test_nobody_is_told_before_the_commit(here: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    line = here.sit(3)
    here.play()
    here.send(3, "charge")
    told_before = len(line.messages)
    told_at_commit: list[int] = []
    commit = here.store.commit

    def spied() -> bool:
        told_at_commit.append(len(line.messages))
        return commit()

    monkeypatch.setattr(here.store, "commit", spied)
    here.run(50)
    assert told_at_commit[0] == told_before
    assert line.of(Ack)
    assert line.events("callout")


def test_what_was_acknowledged_is_on_disk(here: Table, tmp_path: Path) -> None:
    line = here.sit(3)
    here.play()
    seq = here.send(3, "charge")
    here.run(50)
    assert line.of(Ack)[-1] == Ack(seq)
    assert here.team.run is not None
    with reading(tmp_path) as reader:
        entries = reader.entries(here.team.run.name)
    assert [(entry.kind.value, entry.seat, entry.args) for entry in entries] == [
        ("command", 3, ("charge",)),
        ("callout", 3, ("charge", 0)),
    ]


def test_a_command_sent_again_is_answered_again_and_done_once(here: Table) -> None:
    line = here.sit(3)
    here.play()
    seq = here.send(3, "charge")
    here.team.receive(3, Cmd(seq, "charge"))
    here.run(50)
    here.team.receive(3, Cmd(seq, "charge"))
    here.run(50)
    assert here.room.done == [(3, "charge")]
    assert line.of(Ack)[1:] == [Ack(seq), Ack(seq)]


def test_a_refusal_comes_with_its_code(here: Table) -> None:
    line = here.sit(3)
    here.play()
    seq = here.send(3, "refuse")
    here.run(50)
    assert line.of(Nak) == [Nak(seq, 9)]


def test_edges_reach_the_room(here: Table) -> None:
    here.sit(0)
    here.play()
    here.team.receive(0, Edges.of(99, 0, True, (50, 90, 200)))
    here.run(50)
    assert here.room.done == [(0, "edges-0-3")]


def test_a_seat_that_may_not_know_sees_no_hole(here: Table) -> None:
    lines = [here.sit(seat) for seat in range(4)]
    here.play()
    for op in ("charge", "secret", "clear"):
        here.send(2, op)
    here.run(50)
    ops = [[event.args[0] for event in line.events("callout")] for line in lines]
    assert ops == [["charge", "clear"], ["charge", "clear"], ["charge", "secret", "clear"], ["charge", "clear"]]
    for line in lines:
        seqs = [event.seq for event in line.of(Ev)]
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))


def test_a_dropped_player_gets_exactly_the_missed_events(here: Table) -> None:
    first = here.sit(3)
    here.play()
    here.send(3, "one")
    here.run(50)
    here.team.disconnect(3, first)
    here.send(3, "two")
    here.run(50)
    here.send(3, "three")
    here.run(50)
    second = here.connect(3, last_seq=first.of(Ev)[-1].seq)
    assert second.of(Resync) == []
    assert isinstance(second.messages[0], Welcome)
    told = [*first.of(Ev), *second.of(Ev)]
    assert [event.seq for event in told] == list(range(1, len(told) + 1))
    assert [event.args[0] for event in told if event.kind == "callout"] == ["one", "two", "three"]


def test_an_answer_lost_with_the_connection_comes_with_the_resend(here: Table) -> None:
    first = here.sit(3)
    here.play()
    here.team.disconnect(3, first)
    seq = here.send(3, "one")
    here.run(50)
    second = here.connect(3, last_seq=first.of(Ev)[-1].seq)
    here.team.receive(3, Cmd(seq, "one"))
    assert second.of(Ack) == [Ack(seq)]


def test_whoever_starts_from_nothing_gets_everything_at_once_and_counts_anew(here: Table) -> None:
    here.sit(3)
    here.play()
    here.send(3, "one")
    here.run(50)
    again = here.connect(3)
    (resync,) = again.of(Resync)
    assert resync.full.phase == "playing"
    assert resync.full.view
    assert resync.full.recent[-1].args == ("one", 0)
    assert [seat.name for seat in resync.full.roster] == [None, None, None, "Otter 3"]
    here.team.receive(3, Cmd(1, "anew"))
    here.run(50)
    assert (3, "anew") in here.room.done


@pytest.mark.parametrize("last_seq", [10_000, 1])
def test_whoever_missed_too_much_or_came_from_elsewhere_gets_a_resync(here: Table, last_seq: int) -> None:
    here.sit(3)
    here.play()
    for _ in range(EVENTS_KEPT + 1):
        here.send(3, "one")
        here.run(50)
        here.room.end_ms += 50
    assert len(here.connect(3, last_seq).of(Resync)) == 1


def test_events_of_an_old_run_are_never_brought_again(here: Table) -> None:
    line = here.sit(3)
    here.play()
    last_seq = line.of(Ev)[-2].seq
    here.run(10_200)
    here.team.scored(here.keeper.ended[0], "")
    here.run(50)
    here.send(3, "again")
    here.run(50)
    back = here.connect(3, last_seq)
    assert back.of(Ev) == []
    assert back.of(Resync)[0].full.epoch == 2


def test_away_after_two_seconds_and_a_bot_after_five_and_back(here: Table) -> None:
    line = here.sit(0)
    here.sit(3)
    here.play()
    here.room.links.clear()
    here.run(1_950, beating=(3,))
    assert here.room.links == []
    here.run(50, beating=(3,))
    assert here.room.links == [(0, LinkState.AWAY)]
    here.run(3_000, beating=(3,))
    assert here.room.links[-1] == (0, LinkState.BOT)
    here.run(50)
    assert here.room.links[-1] == (0, LinkState.HERE)
    rows = [row for event in line.events(TeamEvent.ROSTER)[-3:] for row in event.args if isinstance(row, tuple)]
    assert [row[3] for row in rows if row[0] == 0] == [LinkState.AWAY, LinkState.BOT, LinkState.HERE]


def test_before_a_run_nobody_is_replaced_by_a_bot(here: Table) -> None:
    here.sit(0)
    here.run(10_000, beating=())
    assert here.team.seats[0].link is LinkState.AWAY


def test_a_second_connection_takes_over_from_the_first(here: Table) -> None:
    first = here.sit(3)
    second = here.connect(3)
    assert first.closed is CloseCode.REPLACED
    here.team.disconnect(3, first)
    here.run(100)
    assert second.of(Ev)


def test_who_leaves_frees_the_seat_and_a_bot_plays_on(here: Table) -> None:
    line = here.sit(0)
    other = here.sit(3)
    here.play()
    here.send(0, "leave")
    here.run(50)
    assert line.closed is CloseCode.LEFT
    assert here.keeper.freed == [0]
    assert not here.team.seats[0].taken
    here.run(50)
    assert here.room.links[-1] == (0, LinkState.BOT)
    assert other.events(TeamEvent.ROSTER)[-1].args[0] == (0, 1, None, LinkState.BOT)


def test_what_a_leaver_had_still_sent_is_not_done(here: Table) -> None:
    here.sit(0)
    here.sit(3)
    here.play()
    for op in ("one", "leave", "two"):
        here.send(0, op)
    here.run(50)
    here.sit(0, "Lynx")
    here.send(0, "three")
    here.team.leave(0)
    here.run(50)
    assert here.room.done == [(0, "one")]


def test_a_late_player_takes_over_from_the_bot(here: Table) -> None:
    here.sit(3)
    here.play()
    late = here.sit(0)
    assert late.of(Resync)[0].full.phase == "playing"
    here.run(50)
    assert here.room.links[-1] == (0, LinkState.HERE)


def test_a_seat_nobody_came_to_is_free_again(here: Table) -> None:
    here.team.sit(0, "Badger", here.clock.now())
    here.run(JOIN_TOKEN_MS, beating=())
    assert here.team.seats[0].taken
    here.run(100, beating=())
    assert not here.team.seats[0].taken


def test_a_seat_is_held_for_a_while_before_a_run_and_always_in_one(here: Table) -> None:
    lines = [here.sit(0), here.sit(3)]
    here.run(50)
    here.team.disconnect(0, lines[0])
    here.run(SEAT_HOLD_MS + 100)
    assert not here.team.seats[0].taken
    here.play()
    here.room.end_ms = 10 * SEAT_HOLD_MS
    here.team.disconnect(3, lines[1])
    here.run(SEAT_HOLD_MS + 100)
    assert here.team.seats[3].taken


def test_each_seat_sees_ten_snapshots_a_second_half_of_them_at_a_time(here: Table) -> None:
    lines = [here.sit(seat) for seat in range(4)]
    here.play()
    before = [len(line.of(Snap)) for line in lines]
    here.run(1_000)
    assert [len(line.of(Snap)) - earlier for line, earlier in zip(lines, before, strict=True)] == [10] * 4
    numbers = [{snap.n for snap in line.of(Snap)} for line in lines]
    assert numbers[0] == numbers[2]
    assert numbers[0].isdisjoint(numbers[1])


def test_too_many_messages_for_one_tick_are_not_taken(here: Table) -> None:
    here.sit(3)
    taken = [here.team.receive(3, Cmd(seq, "charge")) for seq in range(1, INBOX + 2)]
    assert taken == [*[True] * INBOX, False]


def test_a_room_that_fails_is_closed_with_an_apology_and_others_live(here: Table) -> None:
    line = here.sit(3)
    other_team = here.new_team()
    other_team.sit(3, "Lynx", here.clock.now())
    other_line = TapeLine()
    other_team.connect(3, other_line, "token", 0, here.clock.now())
    here.play()
    here.send(3, "crash")
    here.run(50)
    assert line.of(Ev)[-1].kind == TeamEvent.APOLOGY
    assert line.closed is CloseCode.ROOM_FAILED
    assert here.scheduler.teams == [other_team]
    other_team.receive(3, Cmd(1, "start"))
    here.run(100)
    assert other_line.of(Ack) == [Ack(1)]


def test_a_score_that_cannot_be_told_still_ends_in_the_debrief(here: Table) -> None:
    line = here.sit(3)
    here.play()
    here.run(10_200)
    here.team.scored(here.keeper.ended[0], "")
    here.run(50)
    assert here.phase is Phase.DEBRIEF
    assert line.events(TeamEvent.RESULT) == []


def test_a_team_knows_when_its_log_cannot_be_written(here: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    line = here.sit(3)
    here.play()
    monkeypatch.setattr(here.store, "recording", False)
    here.run(50)
    monkeypatch.setattr(here.store, "recording", True)
    here.run(50)
    assert [event.args for event in line.events(TeamEvent.RECORDING)] == [(0,), (1,)]
    seq = here.send(3, "charge")
    here.run(50)
    assert line.of(Ack)[-1] == Ack(seq)


def test_the_name_of_a_run_is_told_when_it_begins(here: Table) -> None:
    line = here.sit(3)
    here.play()
    assert here.team.run is not None
    assert [event.args for event in line.events(TeamEvent.RUN)] == [(here.team.run.name,)]


def test_keyframes_are_kept_every_ten_seconds(tmp_path: Path) -> None:
    with table(tmp_path, end_ms=25_000) as here:
        here.sit(3)
        here.play()
        here.run(21_000)
        assert here.team.run is not None
        with reading(tmp_path) as reader:
            frame = reader.latest_keyframe(here.team.run.name)
    assert frame == (0, 20_000, b"frame")
