"""Pulseless time: from the collapse at 0, through returns and re-arrests, to the end."""

from __future__ import annotations

from game.log import Fact
from game.scoring.intervals import pulseless_spans, rhythm_spans
from game.scoring.record import Record, Said, read
from game.scoring.spans import Span, subtract
from tests.scoring.logs import Log
from tests.scoring.reference import vf_run


def pulses(*changes: tuple[int, int]) -> Record:
    log = Log()
    for ms, pulse in changes:
        log.fact(ms, Fact.PULSE, pulse)
    return read(log.entries)


def test_the_collapse_is_at_zero_and_the_end_closes_the_interval() -> None:
    assert pulseless_spans(pulses(), 90_000) == (Span(0, 90_000),)


def test_every_re_arrest_is_added() -> None:
    record = pulses((0, 0), (50_000, 1), (70_000, 0), (80_000, 1))
    assert pulseless_spans(record, 90_000) == (Span(0, 50_000), Span(70_000, 80_000))


def test_a_patient_who_starts_with_a_pulse_says_so_at_zero() -> None:
    assert pulseless_spans(pulses((0, 1), (30_000, 0)), 90_000) == (Span(30_000, 90_000),)


def test_saying_the_same_pulse_twice_changes_nothing() -> None:
    assert pulseless_spans(pulses((5_000, 0), (50_000, 1), (51_000, 1)), 90_000) == (Span(0, 50_000),)


def test_neighbouring_stretches_of_wanted_rhythms_are_one() -> None:
    rhythms = [Said(0, "vf", "", -1), Said(10, "pvt", "", -1), Said(20, "pea", "", -1)]
    assert rhythm_spans(rhythms, frozenset({"vf", "pvt"}), 50) == (Span(0, 20),)


def test_what_is_left_of_a_span_lies_between_its_parts() -> None:
    assert subtract(Span(0, 10), [Span(-5, 1), Span(3, 4), Span(9, 20)]) == (Span(1, 3), Span(4, 9))


def test_a_record_that_grows_entry_by_entry_is_the_record_of_the_whole_log() -> None:
    entries = sorted(vf_run().entries, key=lambda entry: entry.ms)
    growing = Record()
    for entry in entries:
        growing.add(entry)
    assert growing == read(entries)


def test_entries_of_another_shape_are_left_out() -> None:
    log = (
        Log()
        .fact(1_000, Fact.COMPRESSION, 1_000, "deep")
        .fact(2_000, Fact.PULSE)
        .fact(3_000, Fact.SHOCK, None, "failed")
    )
    assert read(log.entries) == Record(last_ms=3_000)
