"""Fluids run in evenly over their time."""

from __future__ import annotations

from game.sim.body.fluids import BAGS, Fluids


def hang(fluids: Fluids, now_ms: int, volume_ml: int, duration_ms: int, kind: int) -> None:
    """Start a bag of `volume_ml` over `duration_ms`."""
    slot = fluids.count
    if slot < BAGS:
        fluids.count += 1
        fluids.start_ms[slot] = now_ms
        fluids.end_ms[slot] = now_ms + max(duration_ms, 1)
        fluids.volume_ml[slot] = float(max(volume_ml, 0))
        fluids.kind[slot] = kind
        return
    last = BAGS - 1
    gone = (now_ms - fluids.start_ms[last]) / (fluids.end_ms[last] - fluids.start_ms[last])
    fluids.volume_ml[last] = fluids.volume_ml[last] * (1.0 - min(gone, 1.0)) + float(max(volume_ml, 0))
    fluids.start_ms[last] = now_ms
    fluids.end_ms[last] = max(fluids.end_ms[last], now_ms + max(duration_ms, 1))


def run_in(fluids: Fluids, from_ms: int, to_ms: int) -> float:
    """What all bags gave between two times (mL); empty bags are taken down."""
    total_ml = 0.0
    kept = 0
    for slot in range(fluids.count):
        start_ms = fluids.start_ms[slot]
        end_ms = fluids.end_ms[slot]
        share_ms = min(to_ms, end_ms) - max(from_ms, start_ms)
        if share_ms > 0:
            ml = fluids.volume_ml[slot] * share_ms / (end_ms - start_ms)
            fluids.given_ml[fluids.kind[slot]] += ml
            total_ml += ml
        if end_ms > to_ms:
            fluids.start_ms[kept] = start_ms
            fluids.end_ms[kept] = end_ms
            fluids.volume_ml[kept] = fluids.volume_ml[slot]
            fluids.kind[kept] = fluids.kind[slot]
            kept += 1
    fluids.count = kept
    return total_ml
