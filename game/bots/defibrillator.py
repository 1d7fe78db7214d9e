"""The bot at the defibrillator: pads, energy, charge, clear, shock; synchronised shocks and pacing."""

from __future__ import annotations

from game.bots.bot import Act
from game.bots.habits import Attention
from game.bots.knowledge import WithPulse
from game.bots.scene import Scene
from game.content import Pack
from game.rules.views import DefibrillatorView

CLEAR_TO_SHOCK_MS = 1000


class DefibrillatorPlayer:
    """Says clear once a shock is called for, looks, and shocks."""

    def __init__(self, attention: Attention, pack: Pack, pulse: WithPulse) -> None:
        self._attention = attention
        self._pack = pack
        self._pulse = pulse
        self._clear_ms = -1
        self._energies: tuple[int, int] = (-1, -1)
        self._margin = 0

    def act(self, scene: Scene, device: DefibrillatorView) -> Act | None:
        """The next step of the device, if one is due."""
        shock = self._shock(scene, device)
        if shock is not None or device.charge == "charged":
            return shock
        if not device.pads:
            return Act("pads") if scene.can("pads") else None
        return self._pace(scene, device) or self._told(scene, device)

    def _shock(self, scene: Scene, device: DefibrillatorView) -> Act | None:
        """Clear, a look round, shock; a charge that is not wanted is dumped."""
        check = scene.view.check
        wanted = (scene.in_check and check.shock_pending) or scene.order("shock") is not None
        if device.charge != "charged" or not wanted:
            self._clear_ms = -1
            settled = device.charge == "charged" and scene.in_check and check.call
            return Act("dump") if settled and not check.shock_pending and scene.can("dump") else None
        if self._clear_ms < 0:
            self._clear_ms = scene.now_ms
            return Act("clear")
        ready = device.chest_off and device.head_off and scene.now_ms - self._clear_ms >= CLEAR_TO_SHOCK_MS
        return Act("shock") if ready and scene.can("shock") else None

    def _told(self, scene: Scene, device: DefibrillatorView) -> Act | None:
        if scene.order("sync") is not None and not device.sync and scene.can("sync"):
            return Act("sync")
        step = self._energy_step(device)
        if step and device.charge == "idle" and scene.can("energy"):
            return Act("energy", (step,))
        for op in ("move_pads", "charge", "dump"):
            order = scene.order(op)
            if order is not None and scene.can(op):
                return Act(op, order.args)
        return None

    def _energy_step(self, device: DefibrillatorView) -> int:
        """One step towards the energy of the pack; a rhythm that stayed gets the next higher one."""
        energies = self._pack.energies_j
        key = self._pulse.tachycardias.get(device.ecg.rhythm, "") if device.sync else ""
        first_j = getattr(self._pack.cardioversion, key) if key else self._first_j
        first = next((place for place, energy in enumerate(energies) if energy >= first_j), len(energies) - 1)
        wanted = min(first + device.shocks, len(energies) - 1)
        place = energies.index(device.energy_j)
        return (wanted > place) - (wanted < place)

    @property
    def _first_j(self) -> int:
        return self._pack.first_shock_j

    def _pace(self, scene: Scene, device: DefibrillatorView) -> Act | None:
        """On, then up until it captures, then a margin."""
        if not device.pacing:
            self._margin = 0
            return Act("pace") if scene.order("pace") is not None and scene.can("pace") else None
        captured = device.ecg.rhythm == "paced"
        if captured and self._margin >= self._pulse.capture_margin_steps:
            return None
        if device.pace_ma >= self._pack.pacing.most_ma or not scene.can("pace_current"):
            return None
        self._margin += captured
        return Act("pace_current", (1,))
