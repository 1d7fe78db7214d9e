"""Every command, refusal, cause and value that a player can meet has its words."""

from dataclasses import replace

import pytest

from game.bots.crew import crew_of_bots
from game.log import Fact
from game.room.host import Host
from game.rules import commands
from game.rules.refusals import Refusal
from game.sim import Case, Patient
from game.sim.events import SAMPLES, Sample
from game.sim.happenings import Sampled
from game.sim.params.findings import senses
from game.stations import STATION_WORDS, LinkState, Role, Station
from game.ui import library, words
from game.ui.captions import Scene, spoken
from game.ui.values import command_words, measured, safety_words
from game.wire.messages import CloseCode

PACK = library.pack("aha2025")
LEVEL = library.level("S01")


@pytest.mark.parametrize("op", list(commands.COMMANDS))
def test_every_command_has_a_label_an_order_and_a_doing(op: str) -> None:
    for part in ("label", "order", "doing"):
        assert words.knows(f"command.{op}.{part}")


@pytest.mark.parametrize("reason", list(Refusal)[1:])
def test_every_refusal_says_its_reason(reason: Refusal) -> None:
    assert words.say(f"refusal.{reason.name.lower()}")


def test_every_value_of_the_command_table_has_words() -> None:
    values = {
        "rhythm": commands.RHYTHM_CALLS,
        "pulse": commands.PULSE_ANSWERS,
        "callout": commands.CALLOUTS,
        "callout_said": commands.CALLOUTS,
        "cause": commands.CAUSES,
        "cause_state": commands.CAUSE_STATES,
        "site": commands.SITES,
        "site_short": commands.SITES,
        "drug": tuple(PACK.drugs),
        "station": tuple(STATION_WORDS),
        "role": tuple(role.name.lower() for role in Role),
        "link": tuple(link.name.lower() for link in LinkState),
        "close": tuple(code.name.lower() for code in CloseCode),
    }
    missing = [
        f"{group}.{value}"
        for group, all_of in values.items()
        for value in all_of
        if not words.knows(f"{group}.{value}")
    ]
    assert missing == []


def test_words_use_only_letters_that_the_typefaces_have() -> None:
    assert {sign for text in words.catalogue().values() for sign in text if not sign.isascii()} == set()


def test_doses_are_written_as_they_are_prescribed() -> None:
    doses = ((1_000, "mg"), (300_000, "mg"), (500, "mg"), (50, "mcg"), (10_000_000, "U"), (50_000, "mmol"))
    said = ["1 mg", "300 mg", "0.5 mg", "50 mcg", "10 U", "50 mmol"]
    assert [words.dose(dose_ug, unit) for dose_ug, unit in doses] == said


def test_an_order_for_a_drug_says_drug_and_dose() -> None:
    assert command_words(SCENE, "give", ("epinephrine", 1000)) == "Epinephrine 1 mg"


SCENE = Scene(
    LEVEL,
    PACK,
    {seat: Station(stations) for seat, stations in enumerate((1, 2, 12, 16))},
    {1: (4, "give", "epinephrine", 1000)},
)

HEARD = [
    (3, Fact.ORDER, (1, 4, "give", "epinephrine", 1000), "Leader to Meds", "Epinephrine 1 mg."),
    (2, Fact.HEARD, (1,), "Meds to Leader", "Heard: Epinephrine 1 mg."),
    (2, Fact.READ_BACK, (1, "give", "amiodarone", 300000), "Meds to Leader", "Reading back: Amiodarone 300 mg."),
    (2, Fact.DRUG, ("epinephrine", 1000, "iv_left"), "You", "Epinephrine 1 mg is in, IV left arm."),
    (2, Fact.REPORT, ("in_hand", "epinephrine 1000"), "Meds to Leader", "In hand: epinephrine 1 mg."),
    (3, Fact.SHOWN, ("question.pain", "His wife: since an hour."), "You", "His wife: since an hour."),
    (2, Fact.CHARGE, ("delivered", 200), "Meds to all", "Shock delivered. Back on the chest."),
    (2, Fact.CHARGE, ("charged", 200), "Meds to all", "200 joules charged. Standing by."),
    (0, Fact.STOP, (), "Compressor to all", "STOP! Do not shock."),
    (3, Fact.STOP, (), "Leader to all", "STOP! Compress."),
    (3, Fact.CHECK, ("resume", ""), "Leader to all", "Resume compressions."),
    (0, Fact.CHECK, ("resume", "vf"), "Compressor to all", "Back on the chest."),
    (3, Fact.CHECK, ("call", "vf"), "Leader to all", "VF."),
    (2, Fact.REPORT, ("ecg_before", ""), "Meds to Leader", "12-lead before: ST elevation V1 to V4."),
    (0, Fact.REPORT, ("skin_colour", "grey"), "Compressor to Leader", "Skin: grey."),
    (2, Fact.REPORT, ("gas.potassium_tenth_mmol_l", "71"), "Meds to Leader", "K: 7.1 mmol/L."),
    (1, Fact.SHOWN, ("glucose.glucose_tenth_mmol_l", "74"), "You", "Glucose: 7.4 mmol/L, 133 mg/dL."),
    (0, Fact.REPORT, ("nibp", "88/50 (63)"), "Compressor to Leader", "BP: 88/50 (63) mmHg."),
    (
        2,
        Fact.DONE,
        ("pump", "norepinephrine", 10, "iv_left"),
        "You",
        "Norepinephrine by pump, 10 mcg/min, IV left arm.",
    ),
    (2, Fact.DONE, ("hang", "blood", 300, "io_tibia"), "You", "Blood 300 mL is running, IO tibia."),
    (1, Fact.DONE, ("decompress", "needle", "left"), "You", "Needle: left chest is open."),
    (2, Fact.TASK, ("access", "broken", "iv_left"), "You", "No line there, IV left arm. Trying elsewhere."),
    (2, Fact.SYNC, (1,), "You", "Sync is on."),
    (2, Fact.PACE, (70, 60, 1), "Meds to all", words.say("said.pace_captured", rate=70, current=60)),
    (2, Fact.PACE, (70, 45, 0), "Meds to all", "Pacing at 70 a minute, 45 mA."),
    (2, Fact.PACE, (0, 0, 0), "Meds to all", "Pacing is off."),
    (3, Fact.HUSH, (), "Leader to all", "Quiet, please."),
    (0, Fact.CALLOUT, ("concern_again", 0), "Compressor to all", "I say it again: I am concerned!"),
    (2, Fact.HANDOVER, ("offered", 8, 1), "Meds to Airway", "Can you take the Defibrillator?"),
    (3, Fact.CALLOUT, ("ten_seconds", 0), "Leader to all", "Ten seconds."),
    (2, Fact.CLOSED, (1,), "Meds to Leader", "Done: Epinephrine 1 mg."),
    (2, Fact.LAPSED, (1,), "Room to Meds", "No answer yet: Epinephrine 1 mg."),
    (3, Fact.CALLOUT, ("end_proposed", 16), "Leader to all", words.say("callout_said.end_proposed")),
    (3, Fact.REPORT, ("rhythm", "vf"), "Leader to all", "Rhythm: VF."),
]


def test_a_shock_sends_nobody_back_on_a_chest_with_a_pulse() -> None:
    told = spoken(4_000, Fact.CHARGE, 2, ("delivered", 120), replace(SCENE, pulse=True))
    assert told is not None
    assert told.words == "Shock delivered. Feel for a pulse."


@pytest.mark.parametrize(("seat", "kind", "args", "speaker", "said"), HEARD)
def test_what_is_spoken_becomes_a_caption(
    seat: int, kind: Fact, args: tuple[int | str, ...], speaker: str, said: str
) -> None:
    caption = spoken(4_000, kind, seat, args, SCENE)
    assert caption is not None
    assert (caption.speaker, caption.words, caption.at_ms) == (speaker, said, 4_000)


@pytest.mark.parametrize("seed", [5, 8])
def test_every_fact_of_a_whole_game_has_its_words(seed: int) -> None:
    host = Host(LEVEL, PACK, seed, crew_of_bots(LEVEL, PACK, seed))
    for seat in range(4):
        host.link(seat, LinkState.BOT)
    told = host.tick(LEVEL.time_limit_ms).events
    captions = [spoken(entry.ms, entry.kind, entry.seat, entry.args, SCENE) for _, entry in told]
    assert any(caption and "pulse" in caption.words for caption in captions)


@pytest.mark.parametrize("kind", [Fact.COMPRESSION, Fact.HANDS, Fact.SAFETY, Fact.HASH, Fact.RHYTHM])
def test_what_nobody_says_has_no_caption(kind: Fact) -> None:
    assert spoken(0, kind, 0, (1, 2, 3, 4, 5), SCENE) is None


def test_the_last_word_of_a_loop_is_said_only_of_what_is_neither_seen_nor_heard() -> None:
    scene = replace(SCENE, orders={1: (8, "charge"), 2: (1, "push"), 3: (2, "decompress", "needle", "left")})
    closed = [spoken(0, Fact.CLOSED, 1, (number,), scene) for number in (1, 2, 3, 4)]
    assert [caption and caption.words for caption in closed] == [None, None, "Done: Needle, left chest.", None]


LEVELS = sorted(file.stem for file in library.LEVELS.glob("[SD]*.toml"))
CASES = [library.case(stem + form, pack) for stem in LEVELS for form in ("", "B") for pack in ("aha2025", "erc2025")]


def test_every_pack_has_the_words_its_choices_need() -> None:
    needed: set[str] = set()
    for _, pack in CASES:
        needed |= {f"drug.{name}" for name in pack.drugs} | {f"fluid.{name}" for name in pack.fluids}
    assert {key for key in needed if not words.knows(key)} == set()


def test_every_sign_of_the_patient_and_each_of_its_words_can_be_said() -> None:
    needed = {f"finding.{sense.name}" for sense in senses().values()}
    needed |= {f"sign.{sense.name}.{word}" for sense in senses().values() for word in sense.words}
    assert {key for key in needed if not words.knows(key)} == set()


def test_every_value_of_a_slip_has_a_name_and_a_unit() -> None:
    patient = Patient.new(Case.of("vf"), 1)
    for kind in SAMPLES:
        patient.apply(Sample(0, kind))
    patient.advance(300_000)
    slips = [happening for happening in patient.drain() if isinstance(happening, Sampled)]
    assert {slip.kind for slip in slips} == set(SAMPLES)
    for slip in slips:
        assert words.knows(f"slip.{slip.kind}")
        for name, value in slip.values:
            assert words.knows(f"value.{name}")
            assert measured(name, value)


WRONGED = next(case for case in CASES if case[0].mistakes)
MISTAKE = WRONGED[0].mistakes[0]
SAFETY = (
    ("epinephrine_with_pulse", "1000", "Epinephrine pushed with a pulse"),
    ("too_early", "amiodarone", "Amiodarone too early"),
    ("oesophageal", "", "Tube in the gullet for a minute"),
    ("mistake", MISTAKE.key, MISTAKE.label),
)


@pytest.mark.parametrize(("code", "why", "said"), SAFETY)
def test_a_safety_event_is_told_in_words(code: str, why: str, said: str) -> None:
    assert safety_words(Scene(*WRONGED, {}, {}), code, why) == said


def test_the_made_language_is_longer_says_every_key_and_keeps_the_fields() -> None:
    english = words.catalogue()
    words.speak(words.PSEUDO)
    try:
        for key, sentence in english.items():
            fields = {part.split("}")[0].split(":")[0].split("!")[0] for part in sentence.split("{")[1:]}
            said = words.stretched(sentence)
            assert said.startswith("[")
            assert said.endswith("]")
            assert all(f"{{{field}" in said for field in fields), key
        long = [(len(words.stretched(each)), len(each)) for each in english.values() if len(each) > 12]
        assert 1.25 < sum(made for made, _ in long) / sum(plain for _, plain in long) < 1.45
        assert words.say("menu.resume") != english["menu.resume"]
    finally:
        words.speak(words.LANGUAGE)
    assert words.say("menu.resume") == english["menu.resume"]
