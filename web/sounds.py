"""Renders every sound of the game from its recipe: `python -m web.sounds FOLDER` writes them to listen to.

One table, `SOUNDS`, in the order of docs/reference/sounds.md. The same bytes come out of every run: noise has a fixed
seed. The page loads them by `sounds.json`; what depends on a value (depth, squeeze, oxygen, charge time) is played
faster, slower or round and round by web/page/sound.js.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import sys
import wave
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

RATE: Final = 16_000
"""Samples a second: twice the highest partial of a recipe, and more."""
FULL: Final = 32_767
INDEX: Final = "sounds.json"

Wave = list[float]
"""Samples, about -1 to 1: a sound's loudness is set at the end."""
Shape = Callable[[float], float]
"""One period of a tone, by its phase in turns."""


@dataclass(frozen=True, slots=True)
class Sound:
    """How a sound is made and mixed."""

    make: Callable[[], Wave]
    peak_db: float
    """Its highest sample, in dB below full scale."""
    team: bool = False
    """Sounds of the room, which a call for quiet lowers; the others are those of the player's own station."""
    loops: bool = False
    """Made so that its end meets its beginning: it lasts as long as it is needed."""

    def samples(self) -> array[int]:
        """16-bit samples, one channel."""
        made = self.make()
        scale = FULL * 10 ** (self.peak_db / 20) / max(map(abs, made))
        return array("h", (round(value * scale) for value in made))


def count(ms: float) -> int:
    """Samples in that many milliseconds."""
    return round(RATE * ms / 1000)


def partials(*levels: float) -> Shape:
    """A tone of the fundamental and its harmonics, in order, at these levels."""

    def shape(turns: float) -> float:
        return sum(level * math.sin(math.tau * (place + 1) * turns) for place, level in enumerate(levels))

    return shape


PURE: Final = partials(1.0)
SQUARE: Final = partials(1, 0, 1 / 3, 0, 1 / 5)
ALARM: Final = partials(1, 0.8, 0.65, 0.5, 0.4)
"""A fundamental and four harmonics, all within 15 dB of it (IEC 60601-1-8)."""


def glide(start_hz: float, end_hz: float, ms: float, shape: Shape = PURE) -> Wave:
    """A tone whose pitch moves evenly from one frequency to the other."""
    samples, turns, made = count(ms), 0.0, []
    for place in range(samples):
        made.append(shape(turns))
        turns += (start_hz + (end_hz - start_hz) * place / samples) / RATE
    return made


def tone(hz: float, ms: float, shape: Shape = PURE) -> Wave:
    """A steady tone."""
    return glide(hz, hz, ms, shape)


def quiet(ms: float) -> Wave:
    """Silence."""
    return [0.0] * count(ms)


def faded(made: Wave, rise_ms: float, fall_ms: float) -> Wave:
    """The same with both ends drawn to nothing: a sound cut off at full swing clicks."""
    rise, fall, whole = count(rise_ms), count(fall_ms), len(made)
    return [
        value * min(1.0, (place + 1) / max(1, rise), (whole - place) / max(1, fall)) for place, value in enumerate(made)
    ]


def dying(made: Wave, ms: float) -> Wave:
    """The same as it rings out: a third is left after `ms`."""
    return [value * math.exp(-place / count(ms)) for place, value in enumerate(made)]


def louder(made: Wave, by: float) -> Wave:
    """The same at another level."""
    return [value * by for value in made]


def mixed(*voices: Wave) -> Wave:
    """Voices that begin together."""
    whole = max(map(len, voices))
    return [sum(voice[place] for voice in voices if place < len(voice)) for place in range(whole)]


def _hiss(samples: int, seed: int) -> Iterator[float]:
    """White noise, the same on every machine (a linear congruential generator: Numerical Recipes' constants)."""
    state = seed
    for _ in range(samples):
        state = (state * 1_664_525 + 1_013_904_223) & 0xFFFF_FFFF
        yield state / 0x8000_0000 - 1.0


def noise(ms: float, low_hz: float, high_hz: float, seed: int) -> Wave:
    """Noise of a band whose end meets its beginning: the filter goes round three times before it is heard."""
    made = list(_hiss(count(ms), seed))
    for _ in range(2):
        made = _band(made * 3, low_hz, high_hz)[-len(made) :]
    return made


def _band(made: Sequence[float], low_hz: float, high_hz: float) -> Wave:
    """A band-pass of second order between two frequencies (R. Bristow-Johnson's audio filter formulas)."""
    centre_hz = math.sqrt(low_hz * high_hz)
    angle = math.tau * centre_hz / RATE
    width = math.sin(angle) * (high_hz - low_hz) / centre_hz / 2
    feedback_1, feedback_2 = -2 * math.cos(angle) / (1 + width), (1 - width) / (1 + width)
    gain = width / (1 + width)
    out: Wave = []
    in_1 = in_2 = out_1 = out_2 = 0.0
    for value in made:
        heard = gain * (value - in_2) - feedback_1 * out_1 - feedback_2 * out_2
        in_1, in_2, out_1, out_2 = value, in_1, heard, out_1
        out.append(heard)
    return out


def _click(hz: float) -> Wave:
    return faded(tone(hz, 12, SQUARE), 0.5, 4)


def _thud() -> Wave:
    """A sine that drops; a little of its octaves, since small loudspeakers play no 100 Hz."""
    return faded(dying(glide(100, 70, 60, partials(1, 0.25, 0.12)), 35), 1, 12)


def _creak() -> Wave:
    """Noise about 300 Hz that catches and slips."""
    grains = [0.35 + 0.65 * (math.sin(math.tau * 26 * place / RATE) > 0) for place in range(count(140))]
    return faded([value * grain for value, grain in zip(noise(140, 270, 335, 5), grains, strict=True)], 20, 60)


def _sigh() -> Wave:
    return dying(faded(noise(260, 250, 900, 11), 15, 120), 110)


def _charged() -> Wave:
    """1200 Hz with a tremolo of 4 Hz: one swell of it, round and round."""
    return [value * (0.7 - 0.3 * math.cos(math.tau * 4 * place / RATE)) for place, value in enumerate(tone(1200, 250))]


def _shock() -> Wave:
    thump = dying(tone(40, 120, partials(1, 0.5, 0.3)), 60)
    crack = louder(dying(noise(60, 300, 3000, 3), 15), 2.5)
    return faded(mixed(thump, crack), 0.5, 30)


def _notes(*notes: tuple[float, float]) -> Wave:
    """Notes (Hz, ms) one after the other."""
    return [value for hz, ms in notes for value in faded(tone(hz, ms, partials(1, 0.2)), 6, 20)]


def _concern() -> Wave:
    """Twice the same fall, louder the second time."""
    once = _notes((440, 110), (330, 150))
    return [*louder(once, 0.5), *quiet(110), *once]


def _alarm(pulse_ms: float, *gaps_ms: float) -> Wave:
    """Alarm pulses of equal length and pitch (C5), with these gaps after all but the last."""
    made: Wave = []
    for gap_ms in (*gaps_ms, 0):
        made += faded(tone(523.25, pulse_ms, ALARM), 15, 15) + quiet(gap_ms)
    return made


def _alarm_hi() -> Wave:
    """Two bursts of five: the third pause of a burst is the long one."""
    burst = (75, 75, 250, 75)
    return _alarm(100, *burst, 400, *burst)


def _tick() -> Wave:
    return faded(dying(tone(1000, 24), 8), 0.5, 6)


def _wood() -> Wave:
    """A wood block: two partials that are no octave, gone at once."""
    return faded(dying(mixed(tone(780, 60), louder(tone(1240, 60), 0.6)), 14), 0.5, 10)


SOUNDS: Final[dict[str, Sound]] = {
    "metro": Sound(lambda: _click(1200), -8),
    "metro5": Sound(lambda: _click(1600), -6),
    "thud": Sound(_thud, -4),
    "creak": Sound(_creak, -10),
    "bag": Sound(lambda: noise(800, 250, 900, 7), -10, loops=True),
    "sigh": Sound(_sigh, -12),
    "pulse": Sound(lambda: faded(tone(880, 80, partials(1, 0.15)), 5, 25), -10),
    "charge": Sound(lambda: tone(400, 100), -12, team=True, loops=True),
    "charged": Sound(_charged, -14, team=True, loops=True),
    "shock": Sound(_shock, -2, team=True),
    "disarm": Sound(lambda: faded(glide(1200, 500, 250), 5, 30), -10, team=True),
    "alarm_hi": Sound(_alarm_hi, -5, team=True),
    "alarm_med": Sound(lambda: _alarm(150, 175, 175), -7, team=True),
    "alarm_lo": Sound(lambda: _alarm(150, 200), -10, team=True),
    "order": Sound(lambda: _notes((660, 90), (880, 90)), -8, team=True),
    "copy": Sound(lambda: _notes((880, 60)), -12, team=True),
    "done": Sound(lambda: _notes((880, 60), (1174.66, 90)), -12, team=True),
    "concern": Sound(_concern, -4, team=True),
    "check10": Sound(_tick, -14, team=True),
    "switch": Sound(_wood, -6, team=True),
}


def wav(samples: array[int]) -> bytes:
    """A WAV file: 16 bits, one channel."""
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()


@cache
def files() -> dict[str, bytes]:
    """All sounds by file name, and their index: `{id: {file, team, loops}}`."""
    index = {name: {"file": f"{name}.wav", "team": sound.team, "loops": sound.loops} for name, sound in SOUNDS.items()}
    made = {f"{name}.wav": wav(sound.samples()) for name, sound in SOUNDS.items()}
    return made | {INDEX: json.dumps(index).encode()}


def main() -> None:
    """Writes the files into a folder."""
    parser = argparse.ArgumentParser(prog="python -m web.sounds", description="Renders the sounds of the game.")
    parser.add_argument("folder", type=Path, help="where to put them")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
