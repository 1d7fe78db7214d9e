// From the page's clock to the audio clock: what the browser says of it jumps, so a second of readings is averaged.

const EVERY_MS = 100;
const KEPT = 12;
const JUMP_S = 0.1;

export class AudioClock {
  /** Readings of page time less audio time, in seconds, the oldest first. */
  #offsets = [];
  #lastMs = -Infinity;

  /** How often it wants to be read. */
  everyMs = EVERY_MS;

  /** The audio clock showed `audioS` at `pageMs`. Readings that come too close to the last one tell nothing new. */
  read(pageMs, audioS) {
    if (pageMs - this.#lastMs < EVERY_MS / 2) return;
    this.#lastMs = pageMs;
    const offset = pageMs / 1000 - audioS;
    // The sound stood still for a while, or goes to another device: what was known before is no longer so.
    if (this.#offsets.length > 0 && Math.abs(offset - this.#middle()) > JUMP_S) this.#offsets = [];
    this.#offsets.push(offset);
    if (this.#offsets.length > KEPT) this.#offsets.shift();
  }

  /** Audio time at a time of the page; long past before the first reading. */
  at(pageMs) {
    return this.#offsets.length > 0 ? pageMs / 1000 - this.#middle() : -Infinity;
  }

  forget() {
    this.#offsets = [];
    this.#lastMs = -Infinity;
  }

  // The mean without the outer quarters: one wild reading moves nothing.
  #middle() {
    const ranked = this.#offsets.toSorted((a, b) => a - b);
    const cut = Math.floor(ranked.length / 4);
    const inner = ranked.slice(cut, ranked.length - cut);
    return inner.reduce((sum, offset) => sum + offset, 0) / inner.length;
  }
}
