// The one WebSocket: opens when there is a ticket and a game, reopens after losses, beats, and bounds both directions.

import { Inbox } from "./inbox.js";

export const UNSENT_BYTES = 1 << 18;
export const FIRST_RETRY_MS = 250;
export const LAST_RETRY_MS = 5000;

// Close codes of our own; those of the authority are 4000 to 4099.
export const TOO_MUCH_UNREAD = 4100;
export const TOO_MUCH_UNSENT = 4101;

export class Socket {
  #make;
  #random;
  #inbox = new Inbox();
  #socket = null;
  #timer = 0;
  #wanted = false;
  #retryMs = FIRST_RETRY_MS;
  #greeted = false;
  #beats = null;
  #onchange;

  connection = "idle";
  opened = 0;
  closeCode = 0;

  /** `make()` gives a new WebSocket; `onchange()` is told of each new state. */
  constructor(make, onchange = () => {}, random = Math.random) {
    this.#make = make;
    this.#onchange = onchange;
    this.#random = random;
  }

  /** What Python teaches: how a snapshot begins, and the two signs of life. */
  speak(snapHead, beatShown, beatHidden) {
    this.#inbox.knowSnapshots(snapHead);
    this.#beats = { shown: beatShown, hidden: beatHidden };
  }

  /** Connect, and stay connected until hangUp(-1). */
  want() {
    this.#wanted = true;
    if (this.connection === "idle") this.#connect();
  }

  send(data) {
    if (this.connection !== "open") return;
    this.#greeted = true;
    this.#socket.send(data);
    if (this.#socket.bufferedAmount > UNSENT_BYTES) this.#lose(TOO_MUCH_UNSENT, "more unsent than the network takes");
  }

  /** A sign of life; only after the game has said HELLO, which must come first. */
  beat(visible) {
    if (this.#greeted && this.#beats) this.send(visible ? this.#beats.shown : this.#beats.hidden);
  }

  get waiting() {
    return this.#inbox.waiting;
  }

  take() {
    return this.#inbox.take();
  }

  /** Close now; connect again after `retryMs`, or below 0 not before want() is called again. */
  hangUp(retryMs) {
    this.#wanted = retryMs >= 0;
    this.#drop();
    clearTimeout(this.#timer);
    if (this.#wanted) this.#retryIn(retryMs);
    else this.#become("idle");
  }

  #connect() {
    this.#become("connecting");
    const socket = this.#make();
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#greeted = false;
      this.opened += 1;
      this.#become("open");
    };
    socket.onmessage = ({ data }) => {
      this.#retryMs = FIRST_RETRY_MS;
      if (typeof data === "string" || this.#inbox.put(new Uint8Array(data))) return;
      this.#lose(TOO_MUCH_UNREAD, "more unread than the game takes");
    };
    socket.onclose = ({ code }) => this.#lost(code);
  }

  #lose(code, reason) {
    this.#socket.close(code, reason);
    this.#lost(code);
  }

  #lost(code) {
    this.closeCode = code;
    this.#drop();
    this.#retryIn(this.#retryMs * (0.75 + this.#random() / 2));
    this.#retryMs = Math.min(LAST_RETRY_MS, this.#retryMs * 2);
  }

  #retryIn(delayMs) {
    this.#become("waiting");
    this.#timer = setTimeout(() => this.#connect(), delayMs);
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    this.#greeted = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #become(connection) {
    this.connection = connection;
    this.#onchange();
  }
}
