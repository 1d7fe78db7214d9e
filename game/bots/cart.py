"""The bot at the cart: lines, syringes and their read-back, pumps, bags, paper and blood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.bots.bot import Act
from game.bots.doses import dose_of, is_due, routine
from game.bots.habits import Attention
from game.bots.luck import Luck
from game.bots.scene import Scene
from game.content import Drug, Pack
from game.rules.check import SHOCKABLE_CALLS
from game.rules.commands import OTHER_WAYS
from game.rules.views import CartView, OrderView

VEIN_FIRST: Final = ("iv_left", "io_tibia", "io_humerus", "iv_right")
"""Where a line is tried: a vein, and bone where that failed."""
SPARE_WITHIN_MS: Final = 20_000
PLAIN_ACTS: Final = ("treat", "drain", "gas", "chart", "labs")
"""Orders that need nothing but hands."""


class CartPlayer:
    """Does what is ordered; flushes what waits in a line; draws ahead what will be due."""

    def __init__(self, attention: Attention, pack: Pack, luck: Luck) -> None:
        self._attention = attention
        self._pack = pack
        self._luck = luck
        self._wrong: dict[int, tuple[str, int]] = {}
        self._giving = -1
        self._served: set[int] = set()
        """Orders that were done as this person took them, rightly or wrongly."""
        self._given: dict[str, tuple[int, int]] = {}

    def act(self, scene: Scene, cart: CartView) -> Act | None:
        """The next step with hands at the cart, if they are free."""
        if not scene.free:
            return None
        confirmed = any(order.op == "give" and order.state == "confirmed" for order in scene.orders())
        if confirmed and not (scene.in_check and scene.view.check.shock_pending):
            given = self._give(scene, cart)
            if given is not None:
                return given
        hands_off = scene.pulse or (scene.in_check and not scene.view.check.shock_pending)
        if hands_off and scene.order("scan") is not None and scene.can("scan"):
            return Act("scan")
        shock_comes = scene.in_check and (scene.view.check.shock_pending or not scene.view.check.call)
        if shock_comes or any(order.op == "give" and order.state == "read_back" for order in scene.orders()):
            return None
        steps: tuple[Callable[[Scene, CartView], Act | None], ...] = (
            self._flush, self._chart, self._give, self._told, self._run_in, self._line, self._ahead, self._spare_line,
        )  # fmt: skip
        return next((act for step in steps if (act := step(scene, cart)) is not None), None)

    def _flush(self, scene: Scene, cart: CartView) -> Act | None:
        waiting = next((line.site for line in cart.lines if line.holds and line.state == "open"), "")
        return Act("flush", (waiting,)) if waiting and scene.can("flush") else None

    def _give(self, scene: Scene, cart: CartView) -> Act | None:
        """An ordered drug: drawn, read back, given once that was confirmed."""
        if self._giving >= 0 and not cart.drug:
            self._served.add(self._giving)
            self._giving = -1
        orders = [order for order in scene.orders() if order.op == "give" and order.order_id not in self._served]
        if not orders:
            return None
        order = min(orders, key=lambda each: not self._pack.drugs[str(each.args[0])].routine)
        wish = self._in_mind(order)
        if (cart.drug, cart.dose_ug) != wish:
            if cart.drug:
                return Act("discard") if scene.can("discard") else None
            return Act("draw", wish) if scene.can("draw") else None
        if order.state in ("heard", "corrected"):
            return Act("read_back", (order.order_id,))
        way = self._way(self._pack.drugs[cart.drug], cart)
        if order.state != "confirmed" or not way or not scene.can("give"):
            return None
        self._giving = order.order_id
        self._given[cart.drug] = (self._given.get(cart.drug, (0, 0))[0] + 1, scene.now_ms)
        return Act("give", (way,))

    def _in_mind(self, order: OrderView) -> tuple[str, int]:
        """What this person takes the order for; a correction helps."""
        drug, dose_ug = str(order.args[0]), order.args[1]
        assert isinstance(dose_ug, int)
        if order.order_id not in self._wrong:
            slips = self._luck.happens(self._attention.wrong_dose)
            self._wrong[order.order_id] = self._mistaken(drug, dose_ug) if slips else (drug, dose_ug)
        return (drug, dose_ug) if order.state == "corrected" else self._wrong[order.order_id]

    def _mistaken(self, drug: str, dose_ug: int) -> tuple[str, int]:
        """Another dose of the drug, or a neighbour in the drawer where it has only one."""
        others = [(drug, dose) for dose in self._pack.drugs[drug].doses_ug if dose != dose_ug]
        group = self._pack.drugs[drug].group
        near = [
            (name, each.doses_ug[0]) for name, each in self._pack.drugs.items() if each.group == group and each.doses_ug
        ]
        choice = others or [each for each in near if each[0] != drug] or [(drug, dose_ug)]
        return choice[self._luck.pick(len(choice))]

    def _way(self, drug: Drug, cart: CartView) -> str:
        """An open line for what goes into one, else a way that needs none; "" where there is none yet."""
        site = _open_line(cart)
        if "iv" in drug.routes and site:
            return site
        without = next((way for way, route in OTHER_WAYS.items() if route in drug.routes), "")
        return "" if drug.routine and "iv" in drug.routes else without

    def _run_in(self, scene: Scene, cart: CartView) -> Act | None:
        """Pumps and bags that were ordered; a second bag goes into the second line."""
        site = _open_line(cart, last=True)
        for op in ("hang", "pump"):
            order = scene.order(op)
            if order is not None and site and scene.can(op):
                return Act(op, (*order.args, site))
        return None

    def _line(self, scene: Scene, cart: CartView) -> Act | None:
        wanted = scene.order("access") is not None or (not _open_line(cart) and self._needs_line(scene))
        in_a_hurry = scene.alone or (any(line.state == "blown" for line in cart.lines) and not _open_line(cart))
        site = _free_site(cart, bone=in_a_hurry)
        return Act("access", (site,)) if wanted and site and scene.can("access") else None

    def _needs_line(self, scene: Scene) -> bool:
        return any(scene.order(op) is not None for op in ("give", "hang", "pump"))

    def _told(self, scene: Scene, cart: CartView) -> Act | None:
        for op in PLAIN_ACTS:
            order = scene.order(op)
            if order is not None and scene.can(op):
                return Act(op, order.args)
        return None

    def _chart(self, scene: Scene, cart: CartView) -> Act | None:
        """Paper is read at once: it takes seconds, and may hold what matters."""
        return Act("chart") if not cart.chart_read and scene.can("chart") else None

    def _ahead(self, scene: Scene, cart: CartView) -> Act | None:
        """The drug that the algorithm will ask for next lies ready in the hand; never while there is a pulse."""
        if cart.drug or scene.pulse or self._luck.happens(self._attention.forgets) or not scene.can("draw"):
            return None
        wish = self._next_due(scene)
        return Act("draw", wish) if wish is not None else None

    def _next_due(self, scene: Scene) -> tuple[str, int] | None:
        """What one more shock would make due; else the drug that every arrest asks for."""
        shocks = scene.view.defibrillator.shocks if scene.view.defibrillator is not None else 0
        drugs = routine(self._pack)
        for drug in drugs:
            given, last_ms = self._given.get(drug.name, (0, 0))
            since_ms = scene.now_ms - last_ms + self._pack.cycle_ms // 2
            shockable = scene.view.check.call in SHOCKABLE_CALLS
            if shockable and is_due(drug, given=given, since_ms=since_ms, shocks=shocks + 1, shockable=True):
                return drug.name, dose_of(drug, given)
        return next(((drug.name, dose_of(drug, 0)) for drug in drugs if drug.at_once), None)

    def _spare_line(self, scene: Scene, cart: CartView) -> Act | None:
        """A second line while nothing else is asked: just after a dose, when the next one is far."""
        site = _free_site(cart)
        last_ms = max((given_ms for _, given_ms in self._given.values()), default=-1)
        if last_ms < 0 or scene.now_ms - last_ms > SPARE_WITHIN_MS:
            return None
        wanted = sum(line.state == "open" for line in cart.lines) == 1 and not scene.pulse and not scene.alone
        return Act("access", (site,)) if wanted and site and scene.can("access") else None


def _free_site(cart: CartView, *, bone: bool = False) -> str:
    """Where the next line is tried, in bone where there is no time; "" where every site was used."""
    taken = {line.site for line in cart.lines}
    free = [site for site in VEIN_FIRST if site not in taken]
    return next((site for site in free if bone and site.startswith("io_")), next(iter(free), ""))


def _open_line(cart: CartView, *, last: bool = False) -> str:
    """An open line: the first, or the last one placed; "" without one."""
    sites: list[str] = [line.site for line in cart.lines if line.state == "open"]
    return sites[-1 if last else 0] if sites else ""
