"""The bot at the head: a seal, breaths in time, devices and their proof, eyes and ears, the needle."""

from __future__ import annotations

from typing import Final

from game.bots.bot import Act, Edges
from game.bots.habits import Habits
from game.bots.knowledge import knowledge
from game.bots.luck import Luck
from game.bots.scene import Scene
from game.content import Pack
from game.rules.commands import SEAL_LEFT_KEY, SEAL_RIGHT_KEY, SQUEEZE_KEY
from game.rules.skills.intubation import STEPS, VIEW, in_view
from game.rules.skills.params import skills
from game.rules.views import AirwayView, TaskView

UNBROKEN: Final = ("sga", "tube", "tube_pass", "remove_airway", "decompress", "magill", "suction")
"""Tasks that are not left for a breath."""
CANNOT_WAIT: Final = ("decompress", "magill", "remove_airway", "pull_back", "oxygen", "ventilator")
ALMOST_DONE_MS: Final = 2500
LONGEST_BREATHLESS_MS: Final = 10_000
"""With an airway in, or a pulse, a breath may come this late where hands are needed elsewhere."""
AFTER_BREATHS_MS: Final = 5000
"""With a mask, what takes long is begun within this time after the breaths of a set, what is short in twice that."""
SHORT_MS: Final = 4000
AFTER_A_BREATH_MS: Final = 1500
"""With an airway in, what is short is begun within this time after a breath, so that the next is not late."""
TRIED_AGAIN_MS: Final = 15_000
SUCTION_AGAIN_MS: Final = 45_000
"""What still comes after a suction is left to flow for so long: breaths matter more."""
ORDERED: Final = (
    "open_airway", "suction", "magill", "oxygen", "decompress", "sga", "tube", "pull_back", "remove_airway", "oral",
    "nasal", "co2", "spo2", "listen", "look", "glucose", "temperature", "ventilator", "head_up", "cool",
)  # fmt: skip
"""What can be ordered of the head of the bed, the most urgent first."""
FOUL: Final = ("vomit", "foam", "blood", "secretions")
NO_TRACE: Final = ("flat", "fading")
HANDS_ON_MASK: Final = (SEAL_LEFT_KEY, SEAL_RIGHT_KEY)
WELL_SEALED_PCT: Final = 90
LONGEST_SEALING_MS: Final = 900
BREATHS_TO_JUDGE: Final = 3
"""So many breaths through a new device tell whether carbon dioxide comes back."""


class AirwayPlayer:
    """Squeezes are planned: down now, up when the volume is in."""

    def __init__(self, habits: Habits, pack: Pack, luck: Luck) -> None:
        self._habits = habits
        self._oxygen_l_min = max(pack.oxygen_flows_l_min)
        self._luck = luck
        self._up_ms = -1
        self._rest_until_ms = 0
        self._held: tuple[int, ...] = ()
        self._sealed_ms = -1
        self._breaths_by_device = 0
        self._device = ""
        self._tasks_ms = pack.tasks_ms
        self._least_spo2_pct = pack.rosc.spo2_pct[0]
        self._tried: dict[str, int] = {}

    def squeeze(self, scene: Scene, airway: AirwayView, *, away: bool) -> list[Edges]:
        """Hands on mask and bag: what is due by now."""
        if self._up_ms >= 0:
            return self._release(scene.now_ms)
        due = not away and self._breath_is_due(scene, airway)
        edges = self._seal(scene, airway, due=due)
        sealed = self._is_sealed(scene.now_ms, airway)
        return edges + self._press(scene.now_ms, airway) if due and sealed else edges

    def step_back(self) -> None:
        """Another person is at the head now."""
        self._up_ms = self._sealed_ms = -1
        self._held = ()

    def act(self, scene: Scene, airway: AirwayView) -> Act | None:
        """The next thing to do with hands that are free of the bag."""
        if airway.tube is not None and airway.tube.step:
            return self._intubate(scene, airway)
        if scene.view.check.clear_said:
            return self._oxygen_away(scene, airway)
        if not scene.free or self._up_ms >= 0:
            return None
        acts = (self._urgent, self._told, self._unasked, self._coach)
        return next((act for step in acts if (act := step(scene, airway)) is not None), None)

    def _breath_is_due(self, scene: Scene, airway: AirwayView) -> bool:
        now = scene.now_ms
        if now < self._rest_until_ms or scene.in_check or scene.view.check.clear_said:
            return False
        if airway.ventilator_per_min or (airway.tube is not None and airway.tube.step):
            return False
        task = scene.view.task
        if task is not None and (scene.alone or not self._breath_comes_first(scene, task, airway)):
            return False
        every_ms = self._habits.breaths.every_ms
        too_soon = every_ms and airway.device != "mask" and now - airway.last_breath_ms >= every_ms
        return airway.window or bool(too_soon)

    def _breath_comes_first(self, scene: Scene, task: TaskView, airway: AirwayView) -> bool:
        """What hands are busy with waits for a breath, unless it is soon done or the breath can wait."""
        now = scene.now_ms
        if task.op in UNBROKEN or task.end_ms - now <= ALMOST_DONE_MS:
            return False
        between_sets = airway.device == "mask" and not scene.pulse
        return between_sets or now - airway.last_breath_ms >= LONGEST_BREATHLESS_MS

    def _press(self, now: int, airway: AirwayView) -> list[Edges]:
        breaths = self._habits.breaths
        hold_ms = breaths.mask_squeeze_ms if airway.device == "mask" else breaths.squeeze_ms
        self._up_ms = now + hold_ms + self._luck.scatter(breaths.scatter_ms)
        if airway.device != self._device:
            self._device, self._breaths_by_device = airway.device, 0
        self._breaths_by_device += 1
        return [Edges(SQUEEZE_KEY, True, (now,))]

    def _release(self, now: int) -> list[Edges]:
        if now < self._up_ms:
            return []
        stamp, self._up_ms = self._up_ms, -1
        self._rest_until_ms = stamp + self._habits.breaths.between_ms
        return [Edges(SQUEEZE_KEY, False, (stamp,))]

    def _seal(self, scene: Scene, airway: AirwayView, *, due: bool) -> list[Edges]:
        """Both hands on the mask while breaths are due, off when they are given."""
        masked = airway.seal is not None and airway.window and not scene.in_check and not scene.view.check.clear_said
        if masked and due and self._sealed_ms < 0:
            self._sealed_ms = scene.now_ms
            if self._luck.happens(self._habits.breaths.seals):
                self._held = HANDS_ON_MASK
                return [Edges(key, True, (scene.now_ms,)) for key in self._held]
        elif self._sealed_ms >= 0 and not masked:
            keys, self._held, self._sealed_ms = self._held, (), -1
            return [Edges(key, False, (scene.now_ms,)) for key in keys]
        return []

    def _is_sealed(self, now_ms: int, airway: AirwayView) -> bool:
        """The mask sits well, or it is no use to go on trying."""
        if airway.seal is None or not self._held:
            return True
        return airway.seal.pct >= WELL_SEALED_PCT or now_ms - self._sealed_ms >= LONGEST_SEALING_MS

    def _intubate(self, scene: Scene, airway: AirwayView) -> Act | None:
        """Aims when the cords show, passes when the tube lies before them; the hand is a little late."""
        tube = airway.tube
        if tube is None or not scene.free or tube.step not in STEPS:
            return None
        aimed_ms = scene.now_ms + self._habits.attention.aim_ms
        op = "tube_aim" if tube.step == VIEW else "tube_pass"
        sees = in_view(tube, scene.now_ms, skills()) and in_view(tube, aimed_ms, skills())
        return Act(op) if sees and scene.can(op) else None

    def _oxygen_away(self, scene: Scene, airway: AirwayView) -> Act | None:
        """Before a shock nothing flows over a face; afterwards oxygen comes back as it does at the start."""
        flows = airway.device == "mask" and airway.flow_l_min > 0
        return Act("oxygen", (0,)) if flows and scene.can("oxygen") else None

    def _urgent(self, scene: Scene, airway: AirwayView) -> Act | None:
        """A foul throat, and a device that brings no carbon dioxide back."""
        foul = (
            airway.throat in FOUL and scene.now_ms - self._tried.get("suction", -SUCTION_AGAIN_MS) >= SUCTION_AGAIN_MS
        )
        if foul and scene.can("suction") and self._has_time(scene, airway, "suction"):
            self._tried["suction"] = scene.now_ms
            return Act("suction")
        judged = self._device == airway.device and self._breaths_by_device >= BREATHS_TO_JUDGE
        misplaced = judged and airway.co2_connected and scene.senses("capnogram") in NO_TRACE
        if airway.device != "mask" and misplaced and scene.can("remove_airway"):
            self._breaths_by_device = 0
            return Act("remove_airway")
        return None

    def _told(self, scene: Scene, airway: AirwayView) -> Act | None:
        for op in ORDERED:
            order = scene.order(op)
            if order is not None and scene.can(op) and self._has_time(scene, airway, op):
                return Act(op, order.args)
        return None

    def _unasked(self, scene: Scene, airway: AirwayView) -> Act | None:
        """What a trained person at the head does without being told; eyes and ears go back to the patient."""
        if airway.flow_l_min == 0 and scene.can("oxygen"):
            return Act("oxygen", (self._oxygen_l_min,))
        masked = airway.device == "mask"
        wanted = {
            "open_airway": masked and "open_airway" not in self._tried,
            "oral": masked and not airway.oral and not scene.pulse,
            "spo2": scene.pulse and not airway.spo2_connected,
            "co2": not airway.co2_connected,
            "look": self._is_due(scene, "look", ""),
            "listen": self._is_due(scene, "listen", airway.device),
        }
        for op, due in wanted.items():
            tried_ms = self._tried.get(op, -TRIED_AGAIN_MS)
            if (
                due
                and scene.can(op)
                and scene.now_ms - tried_ms >= TRIED_AGAIN_MS
                and self._has_time(scene, airway, op)
            ):
                self._tried[op] = self._tried[op + airway.device] = scene.now_ms
                return Act(op)
        return None

    def _coach(self, scene: Scene, airway: AirwayView) -> Act | None:
        """With a tube in, the person at the head sees in the carbon dioxide what compressions are worth."""
        knows = knowledge()
        poor = airway.device != "mask" and not scene.pulse and 0 < airway.etco2_mmhg < knows.coach_below_mmhg
        if not poor or scene.now_ms - self._tried.get("coach", 0) < knows.coach_every_ms:
            return None
        self._tried["coach"] = scene.now_ms
        return Act("callout", ("deeper",))

    def _is_due(self, scene: Scene, op: str, device: str) -> bool:
        """Time to look again; a new device is listened to at once."""
        last_ms = self._tried.get(op + device, -1)
        return last_ms < 0 or scene.now_ms - last_ms >= self._habits.attention.look_again_ms

    def _between_breaths(self, scene: Scene, airway: AirwayView, op: str) -> bool:
        """With an airway in: anything while a ventilator breathes, what cannot wait, what is short after a breath."""
        if airway.ventilator_per_min or op in CANNOT_WAIT:
            return True
        just_breathed = scene.now_ms - airway.last_breath_ms <= AFTER_A_BREATH_MS
        return just_breathed and (self._tasks_ms.get(op, 0) <= SHORT_MS or scene.pulse)

    def _has_time(self, scene: Scene, airway: AirwayView, op: str) -> bool:
        """With a mask hands belong to the mask: what takes long is begun just after the breaths.

        Where there is a pulse it waits until the patient has his oxygen, or breathes well by himself.
        """
        if airway.device != "mask":
            return self._between_breaths(scene, airway, op)
        if scene.pulse:
            by_himself = not airway.window and scene.now_ms - airway.last_breath_ms >= LONGEST_BREATHLESS_MS
            if self._tasks_ms.get(op, 0) > SHORT_MS and airway.spo2_pct < self._least_spo2_pct and not by_himself:
                return False
            return not airway.window
        if op in UNBROKEN and op != "suction":
            return True
        long = self._tasks_ms.get(op, 0) > SHORT_MS
        since_ms = scene.now_ms - max(0, airway.last_breath_ms)
        return not airway.window and since_ms <= (AFTER_BREATHS_MS if long else 2 * AFTER_BREATHS_MS)
