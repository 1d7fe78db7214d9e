"""What a trace shows is what the rhythm is, measured on the drawn signal, and compressions hide it."""

import itertools
from dataclasses import replace
from statistics import fmean, pstdev

import pygame
import pytest

from game.rules.views import EcgView, FormView
from game.ui.traces import DELAY_MS, SAMPLE_MS, Ecg, Glass, Sweep, gaussians, shape_of, shapes, wander
from tests.ui.delineation import bump, complex_of, correlation, intervals_ms, measure, steepest


def ecg(rhythm: str, rate: int = 0, qrs: int = 0, qt: int = 0, pr: int = 0, **more: int) -> EcgView:
    """A connected view with beats on room time 1000 ms; `more` names fields of the view or of its form."""
    form = {name: value for name, value in more.items() if name in FormView.__dataclass_fields__}
    rest = {name: value for name, value in more.items() if name not in form}
    beat_ms = 1000 if rate else -1
    view = EcgView(rhythm, rate, 0, 0, beat_ms, connected=True, compressing=False, pr_ms=pr, next_pr_ms=pr)
    shape = replace(FormView(qrs_ms=qrs, qt_ms=qt), **form)  # type: ignore[arg-type]  # numbers by their names
    return replace(view, form=shape, **rest)  # type: ignore[arg-type]  # the same


COARSE = ecg("vf", amplitude_uv=1100, frequency_mhz=4600)
FINE = ecg("vf", amplitude_uv=150, frequency_mhz=3000)
SINUS = ecg("sinus", 75, 84, 371, 160)
FLAT = ecg("asystole")
AF = ecg("af", 130, 84, 309)
VT = ecg("vt", 180, 164, 277, atrial_per_min=90, p_ms=100)
BLOCK = ecg("complete_block", 45, 84, 440, atrial_per_min=85, p_ms=100)
TORSADES = ecg("torsades", 220, 160, 260)
ALL = (COARSE, FINE, SINUS, FLAT, AF, VT, BLOCK, TORSADES)

TABLE = {
    "sinus": SINUS,
    "sinus, fast": ecg("sinus", 125, 80, 310, 140),
    "sinus, slow": ecg("sinus", 42, 84, 474, 166),
    "first degree block": ecg("first_degree", 65, 84, 415, 272),
    "Mobitz": ecg("mobitz", 45, 130, 480, 188),
    "junctional": ecg("junctional", 45, 84, 458),
    "complete block": ecg("complete_block", 45, 84, 458),
    "complete block, wide": ecg("complete_block_wide", 32, 168, 568),
    "SVT": ecg("svt", 180, 79, 258),
    "VT": ecg("vt", 180, 164, 290),
    "idioventricular": ecg("idioventricular", 35, 227, 632),
    "agonal": ecg("agonal", 12, 298, 662),
    "paced": ecg("paced", 70, 174, 485),
    "potassium 6": ecg("sinus", 75, 84, 328, 168, t_pct=150, p_pct=80),
    "potassium 7": ecg("sinus", 65, 153, 410, 234, t_pct=190, p_pct=40),
    "closed artery": ecg("sinus", 80, 96, 404, 156, st_uv=280),
    "29 degrees": ecg("sinus", 38, 84, 658, 223),
    "long QT": ecg("sinus", 60, 84, 590, 160),
    "strain": ecg("sinus", 125, 90, 301, 143, strain=True),
    "fluid round the heart": ecg("sinus", 120, 80, 310, 122, qrs_pct=40),
}
"""Rate, QRS, QT and PR as the clinical reference's table has them (4.2)."""


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """No breathing and no noise under the waves: a reader with callipers draws his own baseline."""
    monkeypatch.setattr(wander, "baseline", lambda at_ms, share=1.0: 0.0)


def hearts(view: EcgView, seconds: float = 20) -> list[float]:
    """What the electrodes see, from room time 0 on."""
    source = Ecg(view)
    return [source.heart(at_ms) for at_ms in range(0, round(seconds * 1000), SAMPLE_MS)]


def samples(view: EcgView, seconds: float = 8.0) -> list[float]:
    """What is on the glass, from ten seconds on."""
    source = Ecg(view)
    for at_ms in range(9_000, 10_000, SAMPLE_MS):
        source.step(at_ms)
    return [source.step(at_ms) for at_ms in range(10_000, 10_000 + round(seconds * 1000), SAMPLE_MS)]


def crossings_per_s(wave: list[float]) -> float:
    ups = sum(1 for before, after in itertools.pairwise(wave) if before < 0 <= after)
    return ups / (len(wave) * SAMPLE_MS / 1000)


def peak_to_peak(wave: list[float]) -> float:
    ranked = sorted(wave)
    return ranked[round(len(ranked) * 0.975)] - ranked[round(len(ranked) * 0.025)]


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("name", TABLE)
def test_every_rhythm_is_drawn_with_the_rate_and_intervals_of_its_table(name: str) -> None:
    view = TABLE[name]
    wide = view.form.qrs_ms
    found = measure(
        hearts(view, 40 if view.rate_per_min < 30 else 20),
        reach_ms=max(60, 0.75 * wide),
        share=0.08 if wide < 160 else 0.2,
    )
    assert found.rate_per_min == pytest.approx(view.rate_per_min, rel=0.02)
    assert found.qrs_ms == pytest.approx(wide, abs=12 + 0.08 * wide)
    assert found.qt_ms == pytest.approx(view.form.qt_ms, abs=16 + 0.03 * view.form.qt_ms)
    if view.pr_ms:
        assert found.pr_ms == pytest.approx(view.pr_ms, abs=12 + 0.04 * view.pr_ms)


@pytest.mark.usefixtures("silent")
def test_potassium_raises_t_flattens_p_and_melts_all_into_a_wave() -> None:
    usual, six, eight = (hearts(TABLE[name]) for name in ("sinus", "potassium 6", "potassium 7"))
    sine = hearts(ecg("sinus", 40, 180, 450, sine_pct=100))

    def after_r(wave: list[float]) -> float:
        return max(wave[at + place] for at in steepest(wave)[1:-1] for place in range(35, 85))

    assert after_r(usual) * 1.3 < after_r(six) < after_r(eight)
    assert len([1 for before, after in itertools.pairwise(sine) if before < 0 <= after]) == pytest.approx(13, abs=1)
    assert max(abs(after - before) for before, after in itertools.pairwise(sine)) < 0.03


@pytest.mark.usefixtures("silent")
def test_salts_cold_and_poison_leave_their_marks() -> None:
    def gain(mark: EcgView, plain: EcgView, first_ms: int, last_ms: int) -> float:
        changed, usual = hearts(mark, 4), hearts(plain, 4)
        places = range((1000 + first_ms) // SAMPLE_MS, (1000 + last_ms) // SAMPLE_MS)
        return max(changed[place] - usual[place] for place in places)

    plain = ecg("sinus", 38, 84, 380, 160)
    assert gain(replace(plain, form=replace(plain.form, j_uv=350)), plain, 40, 90) == pytest.approx(0.35, rel=0.1)
    assert gain(replace(plain, form=replace(plain.form, u_uv=140)), plain, 360, 480) == pytest.approx(0.14, rel=0.1)
    assert gain(replace(plain, form=replace(plain.form, st_uv=250)), plain, 90, 140) == pytest.approx(0.25, rel=0.15)
    assert gain(replace(plain, form=replace(plain.form, late_uv=400)), plain, 20, 60) > 0.05


@pytest.mark.usefixtures("silent")
def test_a_heart_that_swings_in_fluid_is_low_and_every_second_beat_lower() -> None:
    wave = hearts(replace(TABLE["fluid round the heart"], beat_no=4), 10)
    tall = [max(wave[at - 8 : at + 8]) for at in steepest(wave, 0.3)[1:-1]]
    assert max(tall) < 0.5
    assert all(min(pair) / max(pair) == pytest.approx(0.65, abs=0.06) for pair in itertools.pairwise(tall))


@pytest.mark.usefixtures("silent")
def test_atrial_fibrillation_is_irregularly_irregular_and_flickers() -> None:
    wave = hearts(AF, 40)
    gaps = intervals_ms(wave)
    assert pstdev(gaps) / fmean(gaps) == pytest.approx(0.22, abs=0.07)
    assert len({round(gap / 40) for gap in gaps}) > 4
    assert abs(correlation(gaps[1:], gaps[:-1])) < 0.4
    regular = intervals_ms(hearts(TABLE["SVT"], 20))
    assert pstdev(regular) / fmean(regular) < 0.02


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(("rate", "waves"), [(150, 2), (100, 3), (75, 4)])
def test_flutter_saws_a_whole_number_of_times_between_beats(rate: int, waves: int) -> None:
    wave = hearts(ecg("flutter", rate, 84, 290, atrial_per_min=300), 12)
    beats = steepest(wave)
    gap = beats[5] - beats[4]
    climbs = 0
    for place in range(beats[4] + 15, beats[4] + 15 + gap):
        climbs += wave[place] < -0.1 <= wave[place + 1]
    assert gap * SAMPLE_MS == pytest.approx(60_000 / rate, abs=8)
    assert climbs in (waves, waves + 1)


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("view", [BLOCK, replace(BLOCK, rhythm="complete_block_wide", rate_per_min=32)])
def test_p_waves_march_through_a_complete_block(view: EcgView) -> None:
    with_p, without = hearts(view, 30), hearts(replace(view, p_ms=-1), 30)
    atria = [one - other for one, other in zip(with_p, without, strict=True)]
    tops = [at for at in range(1, len(atria) - 1) if atria[at] > 0.08 and atria[at - 1] < atria[at] >= atria[at + 1]]
    gaps = [SAMPLE_MS * (after - before) for before, after in itertools.pairwise(tops)]
    assert fmean(gaps) == pytest.approx(60_000 / view.atrial_per_min, rel=0.01)
    assert pstdev(gaps) < 8
    beats = steepest(without)
    apart = [min(SAMPLE_MS * (at - top) for top in tops if top <= at) for at in beats[1:-1]]
    assert max(apart) - min(apart) > 200


WENCKEBACH_MS = (180, 250, 300)
P_TO_P_MS = 800


def group_views(seconds: int, prs: tuple[int, ...]) -> dict[int, EcgView]:
    """What is told each tenth of a second of groups in which all P waves but the last lead to a beat."""
    told = []
    for group in range(seconds):
        for place, pr in enumerate(prs):
            at_ms = 2000 + (group * (len(prs) + 1) + place) * P_TO_P_MS + pr
            told.append((at_ms, pr))
    plain = ecg("wenckebach", 50, 84, 400, atrial_per_min=60_000 // P_TO_P_MS)
    views = {}
    for at_ms in range(0, seconds * 1000, 100):
        here = max((place for place, (beat_ms, _) in enumerate(told) if beat_ms <= at_ms + 100), default=0)
        (beat_ms, pr), (next_ms, next_pr) = told[here], told[here + 1]
        views[at_ms] = replace(plain, beat_ms=beat_ms, pr_ms=pr, next_ms=next_ms, next_pr_ms=next_pr, beat_no=here)
    return views


@pytest.mark.usefixtures("silent")
def test_the_drawn_pr_grows_in_wenckebachs_block_until_a_p_wave_stands_alone() -> None:
    views = group_views(30, WENCKEBACH_MS)
    source, wave = Ecg(views[0]), []
    for at_ms in range(0, 28_000, SAMPLE_MS):
        source.view = views[at_ms // 100 * 100]
        wave.append(source.heart(at_ms))
    wave = wave[2500:]
    beats = steepest(wave)
    found, alone = [], 0
    for before, at in itertools.pairwise(beats[:-1]):
        on, _ = complex_of(wave, at, 15, 0.08)
        p_wave = bump(wave, on - 90, on - 1)
        assert p_wave is not None
        found.append(SAMPLE_MS * (on - p_wave[0]))
        if (at - before) * SAMPLE_MS > 1.3 * P_TO_P_MS:
            dropped = bump(wave, before + 95, on - 95)
            alone += dropped is not None and 0.08 < wave[dropped[1]] < 0.2
    least, most = min(found), max(found)
    assert least == pytest.approx(WENCKEBACH_MS[0], abs=16)
    assert most == pytest.approx(WENCKEBACH_MS[-1], abs=20)
    assert sum(after > before for before, after in itertools.pairwise(found)) > len(found) / 2
    assert alone >= 4


@pytest.mark.usefixtures("silent")
def test_torsades_twists_round_its_line() -> None:
    wave = hearts(TORSADES, 20)
    crests = [max(abs(value) for value in wave[at : at + 70]) for at in range(0, len(wave) - 70, 70)]
    assert max(crests) > 0.8
    assert min(crests) < 0.35
    assert crossings_per_s(wave) == pytest.approx(220 / 60, rel=0.15)


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(("amplitude_uv", "frequency_mhz"), [(1300, 6000), (1100, 4600), (150, 3000)])
def test_vf_has_the_amplitude_and_frequency_of_its_view(amplitude_uv: int, frequency_mhz: int) -> None:
    wave = hearts(replace(COARSE, amplitude_uv=amplitude_uv, frequency_mhz=frequency_mhz), 30)
    assert peak_to_peak(wave) == pytest.approx(amplitude_uv / 1000, rel=0.25)
    assert crossings_per_s(wave) == pytest.approx(frequency_mhz / 1000, rel=0.3)


def test_vf_has_no_period() -> None:
    wave = hearts(COARSE, 30)
    half = len(wave) // 2
    for lag in range(250, half, 125):
        assert abs(correlation(wave[:half], wave[lag : lag + half])) < 0.75


def test_a_fibrillation_that_fades_never_breaks() -> None:
    source = Ecg(COARSE)
    wave = []
    for at_ms in range(0, 20_000, SAMPLE_MS):
        if at_ms % 100 == 0:
            source.view = replace(COARSE, frequency_mhz=4600 - at_ms // 20, amplitude_uv=1100 - at_ms // 40)
        wave.append(source.heart(400_000 + at_ms))
    assert max(abs(after - before) for before, after in itertools.pairwise(wave)) < 0.12


def test_a_flat_line_is_flat_and_lone_p_waves_stand_on_it() -> None:
    assert peak_to_peak(hearts(FLAT)) < 0.1
    assert max(hearts(ecg("p_waves", atrial_per_min=60, p_ms=100), 5)) > 0.08


def test_two_seats_that_came_at_different_times_see_the_same_trace() -> None:
    for view in ALL:
        early, late = Ecg(view), Ecg(view)
        for at_ms in range(20_000, 22_000, SAMPLE_MS):
            early.heart(at_ms)
        assert [early.heart(at) for at in range(22_000, 24_000, SAMPLE_MS)] == pytest.approx(
            [late.heart(at) for at in range(22_000, 24_000, SAMPLE_MS)], abs=1e-9
        )


def test_beats_come_when_the_views_say_and_not_when_the_rate_would() -> None:
    source = Ecg(SINUS)
    stamps = [1000, 1700, 2650, 3300, 4200, 5100, 5600, 6400]
    wave = []
    for at_ms in range(1000, 6000, SAMPLE_MS):
        passed = [place for place, stamp in enumerate(stamps) if stamp <= at_ms]
        here = passed[-1]
        source.view = replace(SINUS, beat_ms=stamps[here], next_ms=stamps[here + 1], beat_no=here)
        wave.append(source.heart(at_ms))
    found = [1000 + SAMPLE_MS * at for at in steepest(wave)]
    assert [stamp for stamp in stamps if not any(abs(stamp - at) < 20 for at in found)][:1] in ([], [1000], [6400])


def test_a_beat_of_the_view_is_on_the_glass_a_set_time_later() -> None:
    source = Ecg(SINUS)
    wave = {at_ms: source.step(at_ms) for at_ms in range(0, 6000, SAMPLE_MS)}
    tall = [at_ms for at_ms, value in wave.items() if value > 0.8]
    starts = [at_ms for before, at_ms in zip([-999, *tall], tall, strict=False) if at_ms - before > 100]
    assert all(abs((start - DELAY_MS - 1000 + 400) % 800 - 400) < 20 for start in starts)
    marked = [round(mark.share * 6000) for mark in source.marks(5996, 6.0)]
    assert [mark for mark in marked if not any(abs(mark - start) < 20 for start in starts)] == []
    assert len(marked) >= len(starts) - 1


def test_without_news_a_rhythm_goes_on_and_a_beatless_one_stays_without_beats() -> None:
    assert len(steepest(hearts(SINUS, 60))) == pytest.approx(75, abs=2)
    source = Ecg(SINUS)
    for at_ms in range(0, 4000, SAMPLE_MS):
        source.heart(at_ms)
    source.view = FLAT
    after = [source.heart(at_ms) for at_ms in range(4000, 8000, SAMPLE_MS)]
    assert peak_to_peak(after[400:]) < 0.1


def test_a_spike_that_captures_stands_before_its_wide_beat_and_one_that_does_not_stands_alone() -> None:
    paced = hearts(ecg("paced", 70, 174, 485), 10)
    spikes = [at for at, value in enumerate(paced) if value > 2]
    assert len(spikes) == pytest.approx(11, abs=2)
    assert all(min(paced[at + 10 : at + 40]) < -0.7 for at in spikes[:-1])
    source = Ecg(BLOCK)
    wave = []
    for at_ms in range(0, 6000, SAMPLE_MS):
        source.view = replace(BLOCK, spike_ms=at_ms // 800 * 800 + 500 if at_ms > 500 else -1)
        wave.append(source.heart(at_ms))
    assert sum(1 for value in wave if value > 2) == pytest.approx(6, abs=1)


def test_a_shock_throws_the_trace_off_the_glass_and_it_comes_back() -> None:
    wave = hearts(replace(COARSE, shock_ms=2000), 8)
    assert max(abs(value) for value in wave[500:575]) > 4
    assert peak_to_peak(wave[1500:]) < 1.4


@pytest.mark.parametrize("view", ALL, ids=lambda view: f"{view.rhythm} {view.amplitude_uv}")
def test_compressions_hide_every_rhythm(view: EcgView) -> None:
    clean = samples(view)
    drawn = samples(replace(view, compressing=True))
    artefact = samples(replace(FLAT, compressing=True))
    heart = [one - other for one, other in zip(drawn, artefact, strict=True)]
    assert peak_to_peak(artefact) > 1.4
    assert pstdev(heart) < 0.5 * pstdev(artefact)
    assert abs(correlation(drawn, clean)) < 0.45
    assert correlation(drawn, artefact) > 0.85
    assert correlation(samples(view), clean) > 0.999


def test_a_glass_that_begins_in_a_pause_does_not_show_what_compressions_had_hidden() -> None:
    source = Ecg(replace(SINUS, still_ms=14_000))
    wave = [source.step(at_ms) for at_ms in range(10_000, 18_000, SAMPLE_MS)]
    clean = samples(SINUS)
    assert abs(correlation(wave[:950], clean[:950])) < 0.45
    assert correlation(wave[1100:], clean[1100:]) > 0.99


def test_the_artefact_ends_with_the_hands() -> None:
    source = Ecg(replace(FLAT, compressing=True))
    for at_ms in range(0, 2000, SAMPLE_MS):
        source.step(at_ms)
    source.view = FLAT
    after = [source.step(at_ms) for at_ms in range(2000, 3000, SAMPLE_MS)]
    assert peak_to_peak(after[60:]) < 0.1


@pytest.mark.parametrize("name", sorted(shapes()))
def test_every_beat_shape_has_one_main_deflection_near_its_r_wave(name: str) -> None:
    shape = shapes()[name]
    tallest = max(shape, key=lambda wave: abs(wave.height_mv))
    assert abs(tallest.centre_ms) <= 400
    assert abs(gaussians(shape, tallest.centre_ms)) >= 0.3


def test_every_organised_rhythm_of_the_patient_has_a_beat_shape() -> None:
    for rhythm in ("sinus", "idioventricular", "vt", "wenckebach", "paced", "junctional"):
        for rate in (20, 40, 75, 100, 140, 220):
            assert shape_of(rhythm, rate) in shapes()


def test_a_new_run_begins_on_clean_glass(canvas: pygame.Surface) -> None:
    glass = Glass(pygame.Rect(0, 0, 600, 160), 6.0, -2.0, 2.0)
    sweep, fresh = Sweep(glass, Ecg(COARSE)), Sweep(glass, Ecg(FLAT))
    sweep.draw(canvas, 60_000)
    sweep.source = Ecg(FLAT)
    sweep.draw(canvas, 400)
    again = canvas.subsurface(glass.rect).copy()
    fresh.draw(canvas, 400)
    assert pygame.image.tobytes(again, "RGB") == pygame.image.tobytes(canvas.subsurface(glass.rect), "RGB")
