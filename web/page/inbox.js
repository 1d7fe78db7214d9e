// What has come from the authority and waits for the game: in order, bounded, and of snapshots only the newest.

export const INBOX_MESSAGES = 1024;
export const INBOX_BYTES = 1 << 20;

export class Inbox {
  #messages = [];
  #bytes = 0;
  #snapHead = null;

  /** `head`: the first bytes of every snapshot message. Until it is known nothing counts as a snapshot. */
  knowSnapshots(head) {
    this.#snapHead = head;
  }

  /** Adds a message. False: the inbox is full, and dropping anything but a snapshot would lie to the player. */
  put(message) {
    if (this.#isSnapshot(message)) this.#dropOlderSnapshot();
    if (this.#messages.length >= INBOX_MESSAGES || this.#bytes + message.length > INBOX_BYTES) return false;
    this.#messages.push(message);
    this.#bytes += message.length;
    return true;
  }

  take() {
    const message = this.#messages.shift();
    this.#bytes -= message.length;
    return message;
  }

  get waiting() {
    return this.#messages.length;
  }

  #isSnapshot(message) {
    return this.#snapHead !== null && this.#snapHead.every((byte, place) => message[place] === byte);
  }

  #dropOlderSnapshot() {
    const place = this.#messages.findIndex((message) => this.#isSnapshot(message));
    if (place < 0) return;
    const [dropped] = this.#messages.splice(place, 1);
    this.#bytes -= dropped.length;
  }
}
