// Key and pointer edges, stamped by the browser (event.timeStamp), kept until the game drains them once a frame.

export const KEPT_EVENTS = 512;

// The numbers of game.platform.Kind.
const KEY = 0;
const POINTER = 1;
const MOVE = 2;
const ACT = 3;

// Keys the browser keeps for itself even in play.
const BROWSER_KEYS = /^(F\d+|Meta|OS|ContextMenu|Print|Audio|Volume|Media|Browser)/;

export class Input {
  #events = [];
  #heldKeys = new Map();
  #heldPointers = new Map();
  #toLogical;
  dropped = 0;

  /** `toLogical(clientX, clientY)` gives [x, y] in logical pixels. */
  constructor(toLogical) {
    this.#toLogical = toLogical;
  }

  /** A key went down or up. True if it is the game's: the browser's own action should not happen. */
  key(event, down) {
    if (BROWSER_KEYS.test(event.code) || event.code === "") return false;
    if (down && (event.ctrlKey || event.metaKey || event.altKey)) return false;
    if (down === this.#heldKeys.has(event.code)) return down;
    // Where "?" lies differs from keyboard to keyboard: it is the one key that goes by what it writes.
    const code = down && event.key === "?" ? "Question" : (this.#heldKeys.get(event.code) ?? event.code);
    if (down) this.#heldKeys.set(event.code, code);
    else this.#heldKeys.delete(event.code);
    this.#put([KEY, code, Number(down), event.timeStamp, 0, 0, 0]);
    return true;
  }

  pointer(event, down) {
    if (down === this.#heldPointers.has(event.pointerId)) return;
    if (down && event.button !== 0) return;
    const [x, y] = this.#toLogical(event.clientX, event.clientY);
    if (down) this.#heldPointers.set(event.pointerId, [x, y]);
    else this.#heldPointers.delete(event.pointerId);
    this.#put([POINTER, "", Number(down), event.timeStamp, x, y, event.pointerId]);
  }

  move(event) {
    const [x, y] = this.#toLogical(event.clientX, event.clientY);
    const held = this.#heldPointers.has(event.pointerId);
    if (held) this.#heldPointers.set(event.pointerId, [x, y]);
    const last = this.#events.at(-1);
    const same = last?.[0] === MOVE && last[6] === event.pointerId;
    if (same) this.#events.pop();
    this.#put([MOVE, "", Number(held), event.timeStamp, x, y, event.pointerId]);
  }

  /** A button of the page's HTML: a team-level command. */
  act(name, stampMs) {
    this.#put([ACT, name, 1, stampMs, 0, 0, 0]);
  }

  /** Lets go of everything: the window lost the focus, so the ups would never come. */
  releaseAll(stampMs) {
    for (const code of this.#heldKeys.values()) this.#put([KEY, code, 0, stampMs, 0, 0, 0]);
    for (const [id, [x, y]] of this.#heldPointers) this.#put([POINTER, "", 0, stampMs, x, y, id]);
    this.#heldKeys.clear();
    this.#heldPointers.clear();
  }

  /** Everything since the last call as JSON, "" for nothing. */
  drain() {
    if (this.#events.length === 0) return "";
    const text = JSON.stringify(this.#events);
    this.#events = [];
    return text;
  }

  // Full only when the game has stopped drawing for seconds: then moves go first, and after them what comes too late.
  #put(event) {
    if (this.#events.length >= KEPT_EVENTS) {
      const kept = this.#events.filter(([kind]) => kind !== MOVE);
      this.dropped += this.#events.length - kept.length;
      this.#events = kept;
    }
    if (this.#events.length < KEPT_EVENTS) this.#events.push(event);
    else this.dropped += 1;
  }
}

/**
 * Feeds `input` from the window while `inPlay()` holds; keys typed into the page's forms are none of the game's. A key
 * that went down in play is let go of wherever the page is by then.
 */
export function listen(input, canvas, inPlay) {
  const key = (down) => (event) => {
    if ((inPlay() || !down) && input.key(event, down)) event.preventDefault();
  };
  window.addEventListener("keydown", key(true), { capture: true });
  window.addEventListener("keyup", key(false), { capture: true });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    canvas.focus({ preventScroll: true });
    input.pointer(event, true);
  });
  canvas.addEventListener("pointerup", (event) => input.pointer(event, false));
  canvas.addEventListener("pointercancel", (event) => input.pointer(event, false));
  canvas.addEventListener("pointermove", (event) => input.move(event));
  canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  window.addEventListener("blur", () => input.releaseAll(performance.now()));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) input.releaseAll(performance.now());
  });
}
