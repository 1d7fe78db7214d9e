// When the game may draw: once an animation frame, under a cap; in a hidden tab at each beat, since there are none.

export const WORK_RING = 4096;
const STARVED_MS = 400;

/** Lets an animation frame pass when at least one interval of the cap has gone by. */
export class FrameGate {
  #intervalMs = 0;
  #last = -Infinity;

  /** `fps` 0: every animation frame. */
  cap(fps) {
    this.#intervalMs = fps > 0 ? 1000 / fps : 0;
  }

  passes(stampMs) {
    // Half a screen frame of tolerance: else a cap of 30 would give 20 on a 60 Hz screen that is a hair early.
    if (stampMs - this.#last < this.#intervalMs - 8) return false;
    // Keep the rhythm, so that the mean rate is the cap; after a pause start afresh.
    const onTime = stampMs - this.#last < this.#intervalMs * 2;
    this.#last = onTime ? this.#last + this.#intervalMs : stampMs;
    return true;
  }
}

/** Wakes one waiter when the next frame is due. */
export class Frames {
  #gate = new FrameGate();
  #wake = null;
  #asked = false;
  #request = 0;
  #wokeMs = 0;

  count = 0;
  workMs = new Float64Array(WORK_RING);

  cap(fps) {
    this.#gate.cap(fps);
  }

  /** `wake()` is called once for each ask(). */
  attach(wake) {
    this.#wake = wake;
  }

  ask() {
    this.#asked = true;
    this.#nextFrame();
  }

  /** A beat of the worker: the only frames a tab has that the browser does not draw. */
  beat() {
    if (performance.now() - this.#wokeMs > STARVED_MS) this.#go();
  }

  worked(workMs) {
    this.workMs[this.count % WORK_RING] = workMs;
    this.count += 1;
  }

  // One request at a time: a second one would draw twice for one frame of the screen.
  #nextFrame() {
    cancelAnimationFrame(this.#request);
    this.#request = requestAnimationFrame((stampMs) => {
      if (this.#gate.passes(stampMs)) this.#go();
      else this.#nextFrame();
    });
  }

  #go() {
    if (!this.#asked) return;
    this.#asked = false;
    this.#wokeMs = performance.now();
    this.#wake();
  }
}
