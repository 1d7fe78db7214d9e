"""Care for a patient whose pulse was found: breaths, oxygen, pressure, until it has been held or is lost again."""

from __future__ import annotations

from typing import Final

from game.sim import Infuse
from lab.bedside import Bedside
from lab.hands import AHEAD_MS

_LEAST_OXYGEN_PCT: Final = 30
_OXYGEN_STEP_PCT: Final = 15
_BREATHS_MOST_PER_MIN: Final = 20.0
_BREATHS_LEAST_PER_MIN: Final = 6.0
_BAG_LASTS_S: Final = 600.0


class Recovery:
    """Post-resuscitation care of one patient. `care_for` may be called again after each return of his pulse."""

    def __init__(self, bed: Bedside) -> None:
        self._bed, self._care = bed, bed.care.rosc
        self._filled = self._care.fluid_ml <= 0.0
        self._per_min = self._pressor_ug_kg_min = 0.0

    def care_for(self) -> None:
        """Look, adjust, wait; until the pulse has been held long enough or is seen to be lost."""
        bed, care, lost_ms = self._bed, self._care, 0
        self._per_min, self._pressor_ug_kg_min = care.per_min, 0.0
        bed.oxygen(care.oxygen_pct)
        while not bed.over:
            to_ms = min(bed.now_ms + int(care.look_every_s * 1000.0), bed.limit_ms)
            bed.go(bed.hands.breathe(bed.now_ms, to_ms, self._per_min, care.volume_ml), to_ms)
            changed_ms = bed.record.pulses[-1][0]
            if bed.patient.has_pulse:
                lost_ms = 0
                if bed.now_ms - changed_ms >= bed.care.stop.hold_s * 1000.0:
                    # A pulse that has been held by the limit has been held.
                    bed.record.end = "held"
                    return
                self._adjust()
            else:
                lost_ms = lost_ms or changed_ms
                if bed.now_ms - lost_ms >= care.lost_s * 1000.0 and not bed.over:
                    self._lose()
                    return

    def _adjust(self) -> None:
        self._per_min = self._next_rate()
        self._titrate_oxygen()
        self._support()

    def _next_rate(self) -> float:
        care, shown, per_min = self._care, self._bed.patient.etco2_mmhg, self._per_min
        if not care.titrate_breaths or shown is None:
            return per_min
        if shown > care.etco2_hi:
            return min(_BREATHS_MOST_PER_MIN, per_min + 1.0)
        if shown < care.etco2_lo:
            return max(_BREATHS_LEAST_PER_MIN, per_min - 1.0)
        return per_min

    def _titrate_oxygen(self) -> None:
        care, shown, given = self._care, self._bed.patient.spo2_pct, self._bed.hands.oxygen_pct
        if not care.titrate_oxygen or shown is None:
            return
        if shown >= care.spo2_hi and given > _LEAST_OXYGEN_PCT:
            self._bed.oxygen(max(_LEAST_OXYGEN_PCT, given - _OXYGEN_STEP_PCT))
        elif shown < care.spo2_lo and given < 100:
            self._bed.oxygen(min(100, given + _OXYGEN_STEP_PCT))

    def _support(self) -> None:
        """Fluid, once for this patient, then a pressor in steps, while the pressure is low."""
        care = self._care
        if self._bed.patient.mean_mmhg >= care.map_mmhg:
            return
        if not self._filled:
            self._filled = True
            self._bed.hang(care.fluid_ml, _BAG_LASTS_S, "crystalloid")
        elif self._pressor_ug_kg_min < care.pressor_most_ug_kg_min:
            self._pressor_ug_kg_min += care.pressor_step_ug_kg_min
            self._infuse(self._pressor_ug_kg_min)

    def _infuse(self, ug_kg_min: float) -> None:
        bed = self._bed
        per_min = round(ug_kg_min * bed.weight_kg)
        bed.apply(Infuse(bed.now_ms, self._care.pressor, per_min, bed.care.access.route))
        bed.note(f"{self._care.pressor} {per_min} ug/min")

    def _lose(self) -> None:
        """The pulse is gone again: hands on and an early check."""
        bed = self._bed
        bed.note("pulse lost")
        if self._pressor_ug_kg_min > 0.0:
            self._infuse(0.0)
        bed.oxygen(bed.care.breaths.oxygen_pct)
        course = bed.course
        course.pulse_found = False
        course.began_ms, course.check_ms = bed.now_ms, bed.now_ms + AHEAD_MS
        bed.resume()
