"""Where pressure and flow come from: eight compartments of blood, a chest that is pushed, a heart that may beat.

A compression acts twice: it raises the pressure of the whole thorax, and beyond a dead zone it squeezes the ventricles
like a weak beat from outside (an *elastance*, mmHg per mL of filling). Spontaneous beats are the same elastance from
inside. Coronary perfusion pressure is what the aorta has over the right atrium while the chest is up.

The grid is absolute: step k covers 4k..4k+4 ms. A heart stiffer than `stiff_from_mmhg_per_ml` takes two half steps.
"""

from __future__ import annotations

from math import sqrt

from game.sim.body.circulation import STEP_MS, Circulation
from game.sim.params.circulation import CirculationParameters, Unstressed
from game.sim.tables import clamp


def begin_circulation(
    c: Circulation, p: CirculationParameters, left_squeeze: float, squeeze_on_right_atrium: float
) -> None:
    """Fill a new circulation: blood at rest, the same pressure everywhere.

    The last two are the patient's own mix of cardiac and thoracic pump, as factors on the usual one.
    """
    c.vessels.left_squeeze_per_ml_mm = p.left_squeeze_per_ml_mm * left_squeeze
    c.vessels.squeeze_on_right_atrium = p.squeeze_on_right_atrium * squeeze_on_right_atrium
    stressed_ml = p.blood_volume_ml - _sum_ml(p.unstressed)
    b = p.beating
    total_ml_per_mmhg = (
        b.aorta_ml_per_mmhg
        + b.arteries_ml_per_mmhg
        + b.veins_ml_per_mmhg
        + b.right_atrium_ml_per_mmhg
        + b.right_ventricle_ml_per_mmhg
        + b.pulmonary_arteries_ml_per_mmhg
        + b.pulmonary_veins_ml_per_mmhg
        + b.left_ventricle_ml_per_mmhg
    )
    mmhg = max(stressed_ml / total_ml_per_mmhg, 0.0)
    c.aorta_ml = b.aorta_ml_per_mmhg * mmhg
    c.arteries_ml = b.arteries_ml_per_mmhg * mmhg
    c.right_atrium_ml = b.right_atrium_ml_per_mmhg * mmhg
    c.right_ventricle_ml = b.right_ventricle_ml_per_mmhg * mmhg
    c.pulmonary_arteries_ml = b.pulmonary_arteries_ml_per_mmhg * mmhg
    c.pulmonary_veins_ml = b.pulmonary_veins_ml_per_mmhg * mmhg
    c.left_ventricle_ml = b.left_ventricle_ml_per_mmhg * mmhg
    c.veins_ml = stressed_ml - (total_ml_per_mmhg - b.veins_ml_per_mmhg) * mmhg
    c.left_heart_ml = c.pulmonary_veins_ml + c.left_ventricle_ml


def set_vessels(
    c: Circulation,
    p: CirculationParameters,
    resistance: float,
    pulmonary_resistance: float,
    venous_resistance: float,
    left_contractility: float,
    right_contractility: float,
    squeeze: float,
) -> None:
    """Blend arrested and beating vessels by `c.relaxation`, with these factors, from the next step on.

    The resistances and `squeeze` (of the push on what lies behind the sternum) are factors, the former not less than
    `resistance_least`; contractility is the peak stiffness of a beat in mmHg/mL.
    """
    v = c.vessels
    a, b, share, least = p.arrest, p.beating, c.relaxation, p.resistance_least
    substeps = 2 if left_contractility > p.stiff_from_mmhg_per_ml else 1
    dt = 0.001 * STEP_MS / substeps
    if share != v.relaxation or substeps != v.substeps:
        v.relaxation = share
        v.substeps = substeps
        v.aorta_stiff = 1.0 / _mix(a.aorta_ml_per_mmhg, b.aorta_ml_per_mmhg, share)
        v.arteries_stiff = 1.0 / _mix(a.arteries_ml_per_mmhg, b.arteries_ml_per_mmhg, share)
        v.veins_stiff = 1.0 / _mix(a.veins_ml_per_mmhg, b.veins_ml_per_mmhg, share)
        v.right_atrium_stiff = 1.0 / _mix(a.right_atrium_ml_per_mmhg, b.right_atrium_ml_per_mmhg, share)
        v.right_ventricle_stiff = 1.0 / _mix(a.right_ventricle_ml_per_mmhg, b.right_ventricle_ml_per_mmhg, share)
        v.pulmonary_arteries_stiff = 1.0 / _mix(
            a.pulmonary_arteries_ml_per_mmhg, b.pulmonary_arteries_ml_per_mmhg, share
        )
        v.pulmonary_veins_stiff = 1.0 / _mix(a.pulmonary_veins_ml_per_mmhg, b.pulmonary_veins_ml_per_mmhg, share)
        v.left_ventricle_stiff = 1.0 / _mix(a.left_ventricle_ml_per_mmhg, b.left_ventricle_ml_per_mmhg, share)
        v.aortic = dt / _mix(a.aortic_resistance, b.aortic_resistance, share)
        v.coronary = dt / _mix(a.coronary_resistance, b.coronary_resistance, share)
        v.tricuspid = dt / _mix(a.tricuspid_resistance, b.tricuspid_resistance, share)
        v.tricuspid_leak = _mix(a.tricuspid_leak, b.tricuspid_leak, share)
        v.pulmonary_valve = dt / _mix(a.pulmonary_valve_resistance, b.pulmonary_valve_resistance, share)
        v.mitral = dt / _mix(a.mitral_resistance, b.mitral_resistance, share)
        v.aortic_valve = dt / _mix(a.aortic_valve_resistance, b.aortic_valve_resistance, share)
    to_body = dt / (_mix(a.systemic_resistance, b.systemic_resistance, share) * max(resistance, least))
    to_brain = dt / _mix(a.cerebral_resistance, b.cerebral_resistance, share)
    v.systemic = to_body + to_brain
    v.cerebral_share = to_brain / v.systemic
    v.venous = dt / (_mix(a.venous_resistance, b.venous_resistance, share) * max(venous_resistance, least))
    v.pulmonary = dt / (_mix(a.pulmonary_resistance, b.pulmonary_resistance, share) * max(pulmonary_resistance, least))
    v.left_contractility = left_contractility
    v.right_contractility = right_contractility
    v.squeeze = squeeze


def relax(c: Circulation, p: CirculationParameters, strength: float, seconds: float) -> None:
    """Let vessels and chambers follow the heart: `strength` is contractility as a share of a healthy heart's."""
    wanted = min(1.0, strength / p.relaxed_from)
    c.relaxation += (wanted - c.relaxation) * seconds / p.relaxing_s
    gap = wanted - c.relaxation
    if -0.001 < gap < 0.001:
        c.relaxation = wanted


def press_from_outside(
    c: Circulation, pericardial_mmhg: float, pneumothorax_mmhg: float, air_trapped_mmhg: float
) -> None:
    """Pressures that causes and slow expiry put on heart and chest until told otherwise."""
    c.pericardial_mmhg = pericardial_mmhg
    c.thoracic_mmhg = pneumothorax_mmhg + air_trapped_mmhg


def begin_compression(
    c: Circulation,
    p: CirculationParameters,
    start_ms: int,
    down_ms: int,
    up_ms: int,
    depth_mm: float,
    residual_mm: float,
) -> None:
    """Begin a compression and read the release before it; the one before ends here if it has not ended yet."""
    read_cycle(c)
    _count_wave(c, p, start_ms)
    c.push_start_ms = start_ms
    c.push_end_ms = start_ms + max(down_ms + up_ms, STEP_MS)
    c.push_depth_mm = clamp(depth_mm, 0.0, p.deepest_mm)
    c.lean_mm = clamp(residual_mm, 0.0, c.push_depth_mm)
    c.lean_until_ms = c.push_end_ms + int(p.lean_lasts_ms)


def begin_breath(c: Circulation, p: CirculationParameters, start_ms: int, duration_ms: int, swing: float) -> None:
    """Begin a breath that presses on the whole thorax, and trap air if the breath before had no time to leave.

    `swing` is the pressure of this breath as a multiple of a reference breath's (volume over compliance).
    """
    expired_s = 0.001 * max(start_ms - c.breath_end_ms, 0)
    c.breath_end_ms = start_ms + duration_ms
    c.breath_mmhg = p.breath_pleural_mmhg * swing
    c.trapped_mmhg = p.trapped_mmhg * max(0.0, 1.0 - expired_s / p.expiry_s)
    c.trapped_until_ms = c.breath_end_ms + int(1000.0 * p.expiry_s)


def breath_swing(p: CirculationParameters, volume_ml: float, compliance: float) -> float:
    """Pressure of a breath as a multiple of a reference breath's. `compliance` is a factor on that of healthy lungs."""
    return volume_ml / (p.breath_reference_ml * compliance)


def begin_beat(c: Circulation, p: CirculationParameters, start_ms: int, interval_ms: int) -> None:
    """Begin a heartbeat; `interval_ms` to the next one sets how long it contracts."""
    if start_ms - c.push_end_ms > p.priming_window_ms:
        read_cycle(c)
        _count_wave(c, p, start_ms)
    c.beat_start_ms = start_ms
    c.systole_ms = 1000.0 * p.systole_s * sqrt(0.001 * interval_ms)
    c.beat_peak_mmhg = 0.0


def read_cycle(c: Circulation) -> None:
    """A release or diastole ends: read the pressures of the cycle that is over and begin a new one."""
    c.third_cpp_mmhg = c.second_cpp_mmhg
    c.second_cpp_mmhg = c.last_cpp_mmhg
    c.last_cpp_mmhg = c.perfusion_mmhg
    c.cpp_mmhg = (c.last_cpp_mmhg + c.second_cpp_mmhg + c.third_cpp_mmhg) / 3
    c.right_atrial_mmhg = c.aorta_mmhg - c.perfusion_mmhg
    c.systolic_mmhg = c.highest_mmhg
    c.diastolic_mmhg = c.lowest_mmhg
    c.highest_mmhg = c.aorta_mmhg
    c.lowest_mmhg = c.aorta_mmhg


def look_at_circulation(c: Circulation, p: CirculationParameters, seconds: float) -> None:
    """Update the smoothed readouts with what flowed in the last `seconds`, and begin to collect anew."""
    if c.ticks == 0:
        return
    share = min(1.0, seconds / p.readout_s)
    per_min = 0.06 / seconds
    left_heart_ml = c.pulmonary_veins_ml + c.left_ventricle_ml
    from_lungs_ml = c.ejected_ml + left_heart_ml - c.left_heart_ml
    c.left_heart_ml = left_heart_ml
    c.flow_l_min += (c.ejected_ml * per_min - c.flow_l_min) * share
    c.pulmonary_l_min += (max(from_lungs_ml, 0.0) * per_min - c.pulmonary_l_min) * share
    c.cerebral_ml_s += (c.run_off_ml * c.vessels.cerebral_share / seconds - c.cerebral_ml_s) * share
    c.mean_mmhg += (c.aorta_sum_mmhg / c.ticks - c.mean_mmhg) * share
    c.ticks = 0
    c.aorta_sum_mmhg = 0.0
    c.ejected_ml = 0.0
    c.run_off_ml = 0.0


def volume_ml(c: Circulation, p: CirculationParameters) -> float:
    """All blood in the body."""
    return _sum_ml(p.unstressed) + c.slack_ml + filling_ml(c)


def filling_ml(c: Circulation) -> float:
    """What the vessels hold above what they hold without pressure."""
    return (
        c.aorta_ml
        + c.arteries_ml
        + c.veins_ml
        + c.right_atrium_ml
        + c.right_ventricle_ml
        + c.pulmonary_arteries_ml
        + c.pulmonary_veins_ml
        + c.left_ventricle_ml
    )


def infuse(c: Circulation, ml: float) -> None:
    """Give fluid into the veins."""
    c.veins_ml += ml


def bleed(c: Circulation, p: CirculationParameters, ml: float) -> float:
    """Lose up to `ml` of blood from the veins; returns what was lost, less when they are nearly empty."""
    lost_ml = min(ml, max(0.0, c.veins_ml + p.unstressed.veins_ml + c.slack_ml - p.veins_least_ml))
    c.veins_ml -= lost_ml
    return lost_ml


def set_slack(c: Circulation, ml: float) -> None:
    """Let the veins' unstressed volume differ from its parameter by `ml` (negative: the veins tighten)."""
    c.veins_ml -= ml - c.slack_ml
    c.slack_ml = ml


def settle_circulation(
    c: Circulation,
    p: CirculationParameters,
    rate_per_min: float,
    left_contractility: float,
    right_contractility: float,
    beats: int,
) -> None:
    """Let a heart beat steadily until time 0, so that play begins in a working circulation, relaxed."""
    c.relaxation = 1.0
    set_vessels(c, p, 1.0, 1.0, 1.0, left_contractility, right_contractility, 1.0)
    steps = int(60_000.0 / rate_per_min) // STEP_MS
    for beat in range(-beats, 0):
        look_at_circulation(c, p, p.readout_s)
        begin_beat(c, p, beat * steps * STEP_MS, steps * STEP_MS)
        run_mechanics(c, p, beat * steps, (beat + 1) * steps)
    seconds = 0.001 * STEP_MS * steps
    c.flow_l_min = c.ejected_ml * 0.06 / seconds
    c.pulmonary_l_min = c.flow_l_min
    c.cerebral_ml_s = c.run_off_ml * c.vessels.cerebral_share / seconds
    c.mean_mmhg = c.aorta_sum_mmhg / c.ticks
    read_cycle(c)


def run_mechanics(c: Circulation, p: CirculationParameters, first: int, last: int) -> None:
    """Run steps `first` to `last` - 1 of the grid. No compression, breath or beat may begin inside.

    One piece, since a call a step costs more. No chamber is ever emptied: valves shut on the last few mL, and veins
    that fall in let less and less through.
    """
    v = c.vessels
    substeps = v.substeps
    tick_ms = STEP_MS // substeps
    dt = 0.001 * tick_ms
    ao, ea, ev, ra = c.aorta_ml, c.arteries_ml, c.veins_ml, c.right_atrium_ml
    rv, pa, pv, lv = c.right_ventricle_ml, c.pulmonary_arteries_ml, c.pulmonary_veins_ml, c.left_ventricle_ml
    ao_stiff, ea_stiff, ev_stiff, ra_stiff = v.aorta_stiff, v.arteries_stiff, v.veins_stiff, v.right_atrium_stiff
    pa_stiff, pv_stiff = v.pulmonary_arteries_stiff, v.pulmonary_veins_stiff
    rv_stiff, lv_stiff = v.right_ventricle_stiff, v.left_ventricle_stiff
    aortic, systemic, coronary, venous, tricuspid = v.aortic, v.systemic, v.coronary, v.venous, v.tricuspid
    leak, pulmonary_valve, pulmonary, mitral = v.tricuspid_leak, v.pulmonary_valve, v.pulmonary, v.mitral
    aortic_valve, left_max, right_max = v.aortic_valve, v.left_contractility, v.right_contractility
    thorax_per_mm, dead_zone, priming_floor, priming_span = (
        p.thorax_mmhg_per_mm,
        p.dead_zone_mm,
        p.priming_floor,
        p.priming_span,
    )
    squeeze_per_mm = p.squeeze_mmhg_per_mm * v.squeeze
    left_squeeze, right_squeeze = v.left_squeeze_per_ml_mm, p.right_squeeze_per_ml_mm
    on_ra, on_ao, on_pulmonary = v.squeeze_on_right_atrium, p.squeeze_on_aorta, p.squeeze_on_pulmonary_vessels
    coronary_squeezed, priming_window = p.coronary_share_squeezed, p.priming_window_ms
    recoil, prime_up, prime_down = dt / p.recoil_s, dt / p.priming_rise_s, dt / p.priming_fall_s
    per_collapse = 1.0 / p.vein_collapse_ml
    ao_empty = -p.aorta_collapse_ml
    ra_empty = p.ventricle_least_ml - p.unstressed.right_atrium_ml
    rv_empty = p.ventricle_least_ml - p.unstressed.right_ventricle_ml
    lv_empty = p.ventricle_least_ml - p.unstressed.left_ventricle_ml
    depth, priming, squeezed_ms = c.depth_mm, c.priming, c.squeezed_ms
    push_start, push_end, push_stroke = c.push_start_ms, c.push_end_ms, c.push_depth_mm - c.lean_mm
    push_per_ms, lean, lean_until = 1.0 / max(push_end - push_start, 1), c.lean_mm, c.lean_until_ms
    breath_end, breath_mmhg, trapped_until, trapped_mmhg = (
        c.breath_end_ms,
        c.breath_mmhg,
        c.trapped_until_ms,
        c.trapped_mmhg,
    )
    beat_start, beat_per_ms, beat_end = c.beat_start_ms, 1.0 / c.systole_ms, c.beat_start_ms + c.systole_ms
    pericardial, around = c.pericardial_mmhg, c.thoracic_mmhg
    highest, lowest, peak = c.highest_mmhg, c.lowest_mmhg, c.beat_peak_mmhg
    ao_sum, ejected, run_off = c.aorta_sum_mmhg, c.ejected_ml, c.run_off_ml
    p_ao, p_ra = c.aorta_mmhg, c.aorta_mmhg - c.perfusion_mmhg
    for tick in range(first * substeps, last * substeps):
        ms = tick * tick_ms

        if ms < push_end:
            x = (ms - push_start) * push_per_ms
            s = 4.0 * x * (1.0 - x)
            commanded = lean + push_stroke * s * (2.0 - s)
        else:
            commanded = lean if ms < lean_until else 0.0
        if commanded < depth:
            depth += (commanded - depth) * recoil
        else:
            depth = commanded
        thorax = thorax_per_mm * depth + around
        if ms < trapped_until:
            thorax += trapped_mmhg
            if ms < breath_end:
                thorax += breath_mmhg

        left, right = lv_stiff, rv_stiff
        if ms < beat_end:
            x = (ms - beat_start) * beat_per_ms
            s = 4.0 * x * (1.0 - x)
            s *= 2.0 - s
            left += left_max * s
            right += right_max * s
            if lv * left > peak:
                peak = lv * left

        squeezed = depth - dead_zone
        if squeezed > 0.0:
            squeezed_ms = ms
            squeeze = squeeze_per_mm * squeezed
            left += left_squeeze * (priming_floor + priming_span * priming) * squeezed
            right += right_squeeze * squeezed
            heart = thorax + squeeze + pericardial
            p_ao = ao * ao_stiff + thorax + on_ao * squeeze
            p_ra = ra * ra_stiff + thorax + on_ra * squeeze + pericardial
            lungs = thorax + on_pulmonary * squeeze
            through_heart = (p_ao - p_ra) * coronary * coronary_squeezed
        else:
            heart = thorax + pericardial
            p_ao = ao * ao_stiff + thorax
            p_ra = ra * ra_stiff + heart
            lungs = thorax
            through_heart = (p_ao - p_ra) * coronary
        if ms - squeezed_ms < priming_window:
            priming += (1.0 - priming) * prime_up
        else:
            priming -= priming * prime_down

        p_ea = ea * ea_stiff
        p_ev = ev * ev_stiff
        p_rv = rv * right + heart
        p_pa = pa * pa_stiff + lungs
        p_pv = pv * pv_stiff + lungs
        p_lv = lv * left + heart

        to_ea = (p_ao - p_ea) * aortic if ao > ao_empty or p_ea > p_ao else 0.0
        to_ev = (p_ea - p_ev) * systemic if p_ea > p_ev else 0.0
        to_ra = (p_ev - p_ra) * venous if p_ev > p_ra else 0.0
        if ev < 0.0:
            emptied = ev * per_collapse
            emptied *= emptied
            to_ra /= 1.0 + emptied * emptied
        if through_heart < 0.0:
            through_heart = 0.0
        to_rv = (p_ra - p_rv) * tricuspid
        if to_rv < 0.0:
            to_rv = to_rv * leak if rv > rv_empty else 0.0
        elif to_rv > ra - ra_empty:
            to_rv = max(ra - ra_empty, 0.0)
        to_pa = 0.0
        if p_rv > p_pa and rv > rv_empty:
            to_pa = (p_rv - p_pa) * pulmonary_valve
            if to_pa > rv - rv_empty:
                to_pa = rv - rv_empty
        to_pv = (p_pa - p_pv) * pulmonary
        to_lv = (p_pv - p_lv) * mitral if p_pv > p_lv else 0.0
        to_ao = 0.0
        if p_lv > p_ao and lv > lv_empty:
            to_ao = (p_lv - p_ao) * aortic_valve
            if to_ao > lv - lv_empty:
                to_ao = lv - lv_empty

        ao += to_ao - to_ea - through_heart
        ea += to_ea - to_ev
        ev += to_ev - to_ra
        ra += to_ra + through_heart - to_rv
        rv += to_rv - to_pa
        pa += to_pa - to_pv
        pv += to_pv - to_lv
        lv += to_lv - to_ao

        ejected += to_ao
        run_off += to_ev
        ao_sum += p_ao
        if p_ao > highest:
            highest = p_ao
        elif p_ao < lowest:
            lowest = p_ao
    c.aorta_ml, c.arteries_ml, c.veins_ml, c.right_atrium_ml = ao, ea, ev, ra
    c.right_ventricle_ml, c.pulmonary_arteries_ml, c.pulmonary_veins_ml, c.left_ventricle_ml = rv, pa, pv, lv
    c.depth_mm, c.priming, c.squeezed_ms = depth, priming, squeezed_ms
    c.perfusion_mmhg, c.aorta_mmhg = p_ao - p_ra, p_ao
    c.highest_mmhg, c.lowest_mmhg, c.beat_peak_mmhg = highest, lowest, peak
    c.aorta_sum_mmhg, c.ejected_ml, c.run_off_ml = ao_sum, ejected, run_off
    c.ticks += (last - first) * substeps


def _sum_ml(u: Unstressed) -> float:
    return (
        u.aorta_ml
        + u.arteries_ml
        + u.veins_ml
        + u.right_atrium_ml
        + u.right_ventricle_ml
        + u.pulmonary_arteries_ml
        + u.pulmonary_veins_ml
        + u.left_ventricle_ml
    )


def _mix(arrest: float, beating: float, share: float) -> float:
    return arrest + (beating - arrest) * share


def _count_wave(c: Circulation, p: CirculationParameters, now_ms: int) -> None:
    """Rate from the time since the last push or beat; a longer gap than a few seconds tells nothing."""
    interval_ms = now_ms - c.wave_ms
    c.rate_per_min = 60_000.0 / interval_ms if 0 < interval_ms < p.wave_gap_ms else 0.0
    c.wave_ms = now_ms
