"""Bakes the pictures of the patient from tools/art/patient.svg with a headless browser: `python tools/bake_art.py`.

Every station has a camera. A camera gives a clean backdrop (a man, eyes closed, nothing on him), patches that make him
a woman or awake, and what lies on the patient as clear layers: pads, a line, a tube. `stages.json` says where each
piece lies on the backdrop; game/ui/art.py puts them together.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import FloatRect, Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "tools" / "art" / "patient.svg"
OUT: Final = ROOT / "assets" / "art"
SIZE: Final = (1280, 578)
TOP: Final = 60
"""Stages begin below the top bar; the drawing uses canvas coordinates."""
COUNTER: Final = 226
"""From here down the cart's counter covers the stage."""
QUALITY: Final = 84
MARGIN: Final = 6

BODY: Final = ("bed", "arms", "neck", "blanket", "nose")
FACES: Final[dict[str, tuple[str, ...]]] = {
    "": ("trunk-man", "head-man", "mouth-man"),
    "awake": ("trunk-man", "head-man", "mouth-man-awake", "eyes-open"),
    "woman": ("trunk-woman", "head-woman", "mouth-woman"),
    "woman-awake": ("trunk-woman", "head-woman", "mouth-woman-awake", "eyes-open"),
}
PATCHED: Final[dict[str, tuple[str, ...]]] = {
    "awake": ("eyes-open", "mouth-man-awake"),
    "woman": ("trunk-woman", "head-woman", "trunk-man", "head-man"),
    "woman-awake": ("eyes-open", "mouth-woman-awake"),
}
"""What differs from the picture below a patch: its place is around these."""
EVERYWHERE: Final = ("pads", "mask", "tube", "sga")


class Pool(NamedTuple):
    """The light on the floor: an ellipse."""

    x: int
    y: int
    wide: int
    high: int


@dataclass(frozen=True)
class Camera:
    """How a station looks at the bed: compression point, turn and scale; `extra` layers are only its own."""

    transform: str
    pool: Pool
    layers: tuple[str, ...] = ()
    """Clear layers beside those of every camera."""
    room: bool = False
    counter: bool = False
    """The near half is the cart's counter, which hides what hangs below it."""


CAMERAS: Final[dict[str, Camera]] = {
    "compressor": Camera("translate(512 284) rotate(-90) scale(1.95)", Pool(512, 284, 640, 340), ("mottle",)),
    "airway": Camera("translate(560 6) rotate(180) scale(2.62)", Pool(560, 330, 640, 380), ("rise",)),
    "meds": Camera(
        "translate(704 182) rotate(90) scale(.92)", Pool(644, 190, 560, 300), ("line-left", "line-right"), counter=True
    ),
    "leader_nocrew": Camera(
        "translate(602 262) scale(.62)", Pool(600, 280, 560, 330), ("line-left", "line-right"), room=True
    ),
    "shock_nocrew": Camera("translate(588 318) rotate(-90) scale(1.12)", Pool(588, 318, 640, 360)),
}

HANDS: Final = ("seal-back", "seal-front", "hold-back", "hold-front", "hose-mask", "hose-tube", "bag", "squeeze")
"""The airway player's own hands and what they hold, in canvas coordinates."""

SHOW: Final = """([camera, ids, pool]) => {
  document.getElementById("camera").setAttribute("transform", camera);
  for (const part of document.querySelectorAll("svg > g[id], #camera > g[id]")) part.style.display = "none";
  document.getElementById("camera").style.display = "";
  for (const id of ids) document.getElementById(id).style.display = "";
  const floor = document.getElementById("floor");
  const line = (a, b, c, d) => `<line x1="${a}" y1="${b}" x2="${c}" y2="${d}" stroke="#13202B"/>`;
  let drawn = '<rect x="0" y="60" width="1280" height="578" fill="#0F1922"/>';
  for (let row = 0; row < 9; row++) drawn += line(0, 60 + row * 80, 1280, 60 + row * 80);
  for (let column = 0; column < 17; column++) drawn += line(column * 80, 60, column * 80, 638);
  const [x, y, rx, ry] = pool;
  floor.innerHTML = drawn + `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="url(#pool)"/>`;
}"""

BOX: Final = """(ids) => {
  const boxes = ids.map((id) => document.getElementById(id)).map((part) => {
    const kept = part.style.display;
    part.style.display = "";
    const box = part.getBoundingClientRect();
    part.style.display = kept;
    return box;
  });
  return [Math.min(...boxes.map((b) => b.left)), Math.min(...boxes.map((b) => b.top)),
          Math.max(...boxes.map((b) => b.right)), Math.max(...boxes.map((b) => b.bottom))];
}"""


class Baker:
    """Shows layers and takes pictures of them."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.places: dict[str, list[int]] = {}

    def show(self, camera: Camera, ids: tuple[str, ...]) -> None:
        """Shows these layers only."""
        self._page.evaluate(SHOW, [camera.transform, list(ids), list(camera.pool)])

    def clip(self, ids: tuple[str, ...], margin: int = MARGIN, low: int = SIZE[1]) -> FloatRect | None:
        """Where these layers lie on the stage above `low`; None if they lie beyond it."""
        left, top, right, bottom = self._page.evaluate(BOX, list(ids))
        x, y = max(0, int(left) - margin), max(0, int(top) - margin)
        wide, high = min(SIZE[0], int(right) + margin) - x, min(low, int(bottom) + margin) - y
        return {"x": x, "y": y, "width": wide, "height": high} if wide > 0 and high > 0 else None

    def take(self, name: str, clip: FloatRect | None, *, clear: bool) -> None:
        """Takes a picture of what is shown in `clip`."""
        if clip is None:
            return
        self.places[name] = [int(clip["x"]), int(clip["y"])]
        if clear:
            self._page.screenshot(path=OUT / f"{name}.png", clip=clip, omit_background=True)
        else:
            self._page.screenshot(path=OUT / f"{name}.jpg", clip=clip, type="jpeg", quality=QUALITY)


def bake_camera(baker: Baker, name: str, camera: Camera) -> None:
    """The backdrop of a station, its patches, and what may lie on the patient."""
    ground = ("floor", *(("room",) if camera.room else ()), *BODY)
    above = ("vignette", *(("counter",) if camera.counter else ()))
    whole: FloatRect = {"x": 0, "y": 0, "width": SIZE[0], "height": SIZE[1]}
    for face, parts in FACES.items():
        baker.show(camera, (*ground, *parts, *above))
        if face:
            baker.take(f"stage_{name}-{face}", baker.clip(PATCHED[face]), clear=False)
        else:
            baker.take(f"stage_{name}", whole, clear=False)
    for layer in (*EVERYWHERE, *camera.layers):
        baker.show(camera, (layer,))
        baker.take(
            f"stage_{name}-{layer}", baker.clip((layer,), low=COUNTER if camera.counter else SIZE[1]), clear=True
        )


def main() -> None:
    """Bakes everything anew."""
    chromium = subprocess.run([ROOT / "tools" / "find_chromium.sh"], check=True, capture_output=True, text=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.stdout.strip(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        svg = SOURCE.read_text("utf-8")
        page.set_content(f"<style>html,body{{margin:0;background:transparent}}svg{{display:block}}</style>{svg}")
        baker = Baker(page)
        for name, camera in CAMERAS.items():
            bake_camera(baker, name, camera)
        for hand in HANDS:
            baker.show(CAMERAS["airway"], (hand,))
            baker.take(f"airway_{hand}", baker.clip((hand,), margin=24), clear=True)
        browser.close()
    lines = ",\n".join(f'  "{name}": {json.dumps(place)}' for name, place in sorted(baker.places.items()))
    (OUT / "stages.json").write_text("{\n" + lines + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
