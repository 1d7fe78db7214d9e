"""The pictures of the validation page. Needs matplotlib, which only the lab does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from lab.measures import Cohorts
from lab.statistics import Estimate, share_of
from lab.verdict import RowVerdict, Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INK: Final = "#1d2b3a"
_GOOD: Final = "#1b7f5c"
_BAD: Final = "#b3432b"
_GREY: Final = "#c9d1d8"
_FAR: Final = 3.0
_DPI: Final = 90
_FEW: Final = 10


def draw_all(folder: Path, verdicts: Sequence[RowVerdict], cohorts: Cohorts | None) -> list[str]:
    """Write the pictures that the rows allow, and give them as Markdown images with paths beside the page."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {verdict.row.key: verdict for verdict in verdicts if not verdict.trouble}

    def picture(name: str, title: str, size: tuple[float, float], draw: Callable[[Axes], bool]) -> str:
        return _picture(folder, name, title, size, draw)

    pictures = [
        picture("deviations", "How far each outcome lies from its paper", (8, 9), lambda axes: _deviations(axes, rows))
    ]
    if "1.2" in rows:
        title = "Pressure and flow of the parameter set"
        pictures.append(picture("pressure-and-flow", title, (8, 4), lambda axes: _pair(axes, rows["1.2"])))
    if "C16" in rows:
        title = "Epinephrine against placebo"
        pictures.append(picture("epinephrine", title, (7, 3.5), lambda axes: _trial(axes, rows["C16"])))
    if "C11" in rows and cohorts is not None:
        title = "Survival of VF over the delay to the shock"
        pictures.append(picture("delay", title, (7, 4), lambda axes: _delay(axes, rows["C11"], cohorts)))
    return [each for each in pictures if each]


def _picture(folder: Path, name: str, title: str, size: tuple[float, float], draw: Callable[[Axes], bool]) -> str:
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load, and not needed to count

    figure = Figure(figsize=size, dpi=_DPI, layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(title, loc="left", fontsize=11, color=_INK)
    if not draw(axes):
        return ""
    figure.savefig(folder / f"{name}.png", metadata={"Software": None})
    return f"![{title}]({folder.name}/{name}.png)"


def _deviations(axes: Axes, rows: dict[str, RowVerdict]) -> bool:
    """A dot for each deciding figure of the outcomes: its distance from the published value in half bands."""
    shown = [
        (f"{row.row.key} {verdict.result.key.replace('_', ' ')}", verdict)
        for row in rows.values()
        if row.row.outcome
        for verdict in row.deciding
        if verdict.result.band is not None and verdict.found.known
    ]
    if not shown:
        return False
    axes.axvspan(-1, 1, color=_GREY, alpha=0.5, lw=0)
    axes.axvline(0, color=_INK, lw=0.8)
    for n, (_, verdict) in enumerate(shown):
        far = verdict.deviation
        axes.plot(
            np.clip(far, -_FAR, _FAR),
            n,
            marker="o" if abs(far) <= _FAR else ">" if far > 0 else "<",
            color=_GOOD if verdict.inside else _BAD,
            ms=5,
        )
    axes.set_yticks(range(len(shown)), [name for name, _ in shown], fontsize=7)
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.set_xlim(-_FAR - 0.2, _FAR + 0.2)
    axes.set_xlabel("half bands from the published value (arrow: further out)")
    return True


def _pair(axes: Axes, row: RowVerdict) -> bool:
    """Published against simulated pressures, and flows, each with the line on which they are equal."""
    axes.set_axis_off()
    for n, (end, label) in enumerate((("_cpp", "perfusion pressure, mmHg"), ("_flow", "flow, L/min"))):
        inner = axes.inset_axes((0.06 + 0.52 * n, 0.12, 0.40, 0.84))
        points = [v for v in row.verdicts if v.result.key.endswith(end) and v.found.known]
        if not points:
            return False
        top = 1.08 * max(max(v.result.value, v.found.value) for v in points)
        inner.plot([0, top], [0, top], color=_GREY, lw=1)
        for verdict in points:
            colour = _GOOD if verdict.inside else _BAD
            inner.plot(verdict.result.value, verdict.found.value, "o", ms=4, color=colour)
        inner.set_xlabel(f"published {label}", fontsize=8)
        inner.set_ylabel("simulated", fontsize=8)
        inner.spines[["top", "right"]].set_visible(False)
    return True


def _trial(axes: Axes, row: RowVerdict) -> bool:
    """Published and simulated shares of both arms, side by side."""
    found = {verdict.result.key: verdict for verdict in row.verdicts}
    steps = [("rosc", "ROSC"), ("admitted", "admitted"), ("survival", "30 days"), ("good", "good outcome")]
    for n, (key, _) in enumerate(steps):
        for shift, arm, colour in ((-0.2, "placebo", _GREY), (0.2, "epinephrine", _GOOD)):
            verdict: Verdict = found[f"{key}_{arm}"]
            axes.bar(n + shift, verdict.found.value, 0.36, color=colour, label=f"simulated, {arm}" if n == 0 else None)
            axes.vlines(n + shift, verdict.found.lo, verdict.found.hi, color=_INK, lw=0.8)
            axes.plot(
                n + shift, verdict.result.value, "D", color=_BAD, ms=5, label="published" if n + shift == 0.2 else None
            )
    axes.set_xticks(range(len(steps)), [label for _, label in steps])
    axes.set_ylabel("% of patients")
    axes.legend(frameon=False, fontsize=8)
    return True


def _delay(axes: Axes, row: RowVerdict, cohorts: Cohorts) -> bool:
    """Survival in steps of two minutes to the shock, beside the published plane at the mean delays of each step."""
    rows = cohorts.rows("larsen")
    plane = {verdict.result.key: verdict.result.value for verdict in row.verdicts}
    minutes = {what: rows[f"collapse_to_{what}_s"] / 60 for what in ("cpr", "shock", "als")}
    seen: list[tuple[float, Estimate, float]] = []
    for low in range(0, 20, 2):
        inside = (minutes["shock"] >= low) & (minutes["shock"] < low + 2)
        share = share_of(rows["survived_30d"][inside], rows["patient"][inside])
        if share.n >= _FEW:
            means = {what: float(np.nanmean(delay[inside])) for what, delay in minutes.items()}
            line = plane["start"] + sum(plane[what] * at for what, at in means.items())
            seen.append((means["shock"], share.scaled(100), max(0.0, line)))
    if not seen:
        return False
    x = [shock for shock, _, _ in seen]
    axes.vlines(x, [s.lo for _, s, _ in seen], [s.hi for _, s, _ in seen], color=_GOOD, lw=1)
    axes.plot(x, [s.value for _, s, _ in seen], "o-", color=_GOOD, label="simulated")
    axes.plot(x, [line for _, _, line in seen], "D--", color=_BAD, ms=4, label="published plane")
    axes.set_xlabel("minutes from collapse to the first shock")
    axes.set_ylabel("% alive at 30 days")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, fontsize=8)
    return True
