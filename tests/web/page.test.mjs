// Statements about the page's own scripts, run by Node's test runner (tests/web/test_page_scripts.py).

import assert from "node:assert/strict";
import { test } from "node:test";

import { FrameGate } from "../../web/page/frames.js";
import { INBOX_BYTES, INBOX_MESSAGES, Inbox } from "../../web/page/inbox.js";
import { Input, KEPT_EVENTS } from "../../web/page/input.js";
import { LAST_RETRY_MS, Socket, TOO_MUCH_UNREAD, TOO_MUCH_UNSENT, UNSENT_BYTES } from "../../web/page/socket.js";
import { MAMMALS } from "../../web/page/words.js";

const SNAP = [0x95, 17];
const snap = (n) => Uint8Array.of(...SNAP, n);
const event = (n) => Uint8Array.of(0x97, 18, n);
const taken = (inbox) => Array.from({ length: inbox.waiting }, () => Array.from(inbox.take()));

function inboxThatKnows() {
  const inbox = new Inbox();
  inbox.knowSnapshots(Uint8Array.from(SNAP));
  return inbox;
}

test("of snapshots only the newest waits, in its place among the events", () => {
  const inbox = inboxThatKnows();
  for (const message of [event(1), snap(1), event(2), snap(2), event(3)]) assert.ok(inbox.put(message));
  assert.deepEqual(taken(inbox), [event(1), event(2), snap(2), event(3)].map((m) => Array.from(m)));
});

test("no event is ever dropped: a full inbox says so", () => {
  const inbox = inboxThatKnows();
  for (let n = 0; n < INBOX_MESSAGES; n += 1) assert.ok(inbox.put(event(n % 200)));
  assert.equal(inbox.put(event(0)), false);
  assert.equal(inbox.waiting, INBOX_MESSAGES);
});

test("the inbox is bounded in bytes, too, and counts what was taken", () => {
  const inbox = inboxThatKnows();
  const half = new Uint8Array(INBOX_BYTES / 2);
  assert.ok(inbox.put(half) && inbox.put(half));
  assert.equal(inbox.put(event(1)), false);
  inbox.take();
  assert.ok(inbox.put(event(1)));
});

test("a stream of snapshots fills nothing", () => {
  const inbox = inboxThatKnows();
  for (let n = 0; n < 5000; n += 1) assert.ok(inbox.put(snap(n % 256)));
  assert.equal(inbox.waiting, 1);
});

class FakeSocket {
  bufferedAmount = 0;
  sent = [];
  closedWith = null;
  send(data) {
    this.sent.push(data);
  }
  close(code, reason) {
    this.closedWith ??= { code, reason };
  }
}

function wantedSocket(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const made = [];
  const socket = new Socket(
    () => {
      made.push(new FakeSocket());
      return made.at(-1);
    },
    () => {},
    () => 0.5,
  );
  socket.speak(Uint8Array.from(SNAP), "shown", "hidden");
  socket.want();
  return { socket, made };
}

test("a lost connection comes back with growing patience, and each opening is counted", (t) => {
  const { socket, made } = wantedSocket(t);
  made[0].onopen();
  assert.equal(socket.connection, "open");
  for (const wait of [250, 500, 1000, 2000, 4000, LAST_RETRY_MS, LAST_RETRY_MS]) {
    const before = made.length;
    made.at(-1).onclose({ code: 1006 });
    assert.equal(socket.connection, "waiting");
    t.mock.timers.tick(wait - 1);
    assert.equal(made.length, before);
    t.mock.timers.tick(1);
    assert.equal(made.length, before + 1);
  }
  made.at(-1).onopen();
  assert.equal(socket.opened, 2);
  assert.equal(socket.closeCode, 1006);
});

test("the first message after a loss makes it patient no longer", (t) => {
  const { socket, made } = wantedSocket(t);
  made[0].onclose({ code: 1006 });
  t.mock.timers.tick(250);
  made[1].onopen();
  made[1].onmessage({ data: event(1).buffer });
  made[1].onclose({ code: 1006 });
  t.mock.timers.tick(250);
  assert.equal(made.length, 3);
  assert.equal(socket.waiting, 1);
});

test("no beat is sent before the game has spoken: HELLO comes first", (t) => {
  const { socket, made } = wantedSocket(t);
  made[0].onopen();
  socket.beat(true);
  assert.deepEqual(made[0].sent, []);
  socket.send("hello");
  socket.beat(true);
  socket.beat(false);
  assert.deepEqual(made[0].sent, ["hello", "shown", "hidden"]);
});

test("a network that takes nothing is closed with code and reason", (t) => {
  const { socket, made } = wantedSocket(t);
  made[0].onopen();
  made[0].bufferedAmount = UNSENT_BYTES + 1;
  socket.send("hello");
  assert.equal(made[0].closedWith.code, TOO_MUCH_UNSENT);
  assert.equal(socket.closeCode, TOO_MUCH_UNSENT);
  assert.equal(socket.connection, "waiting");
});

test("a game that takes nothing is closed with code and reason", (t) => {
  const { socket, made } = wantedSocket(t);
  made[0].onopen();
  for (let n = 0; n <= INBOX_MESSAGES; n += 1) made[0].onmessage?.({ data: event(0).buffer });
  assert.equal(made[0].closedWith.code, TOO_MUCH_UNREAD);
  assert.equal(socket.connection, "waiting");
});

test("hanging up for good stays closed until somebody wants it again", (t) => {
  const { socket, made } = wantedSocket(t);
  made[0].onopen();
  socket.hangUp(-1);
  t.mock.timers.tick(60_000);
  assert.equal(made.length, 1);
  assert.equal(socket.connection, "idle");
  socket.want();
  assert.equal(made.length, 2);
});

test("hanging up with a delay comes back after it", (t) => {
  const { socket, made } = wantedSocket(t);
  made[0].onopen();
  socket.hangUp(3000);
  t.mock.timers.tick(2999);
  assert.equal(made.length, 1);
  t.mock.timers.tick(1);
  assert.equal(made.length, 2);
});

const key = (code, timeStamp, more = {}) => ({ code, timeStamp, ...more });
const pointer = (pointerId, clientX, clientY, timeStamp, button = 0) => ({ pointerId, clientX, clientY, timeStamp, button });
const inputOf = () => new Input((x, y) => [x * 2, y * 2]);
const drained = (input) => JSON.parse(input.drain() || "[]");

test("a held key is one down and one up, with the browser's own stamps", () => {
  const input = inputOf();
  input.key(key("Space", 10.5), true);
  input.key(key("Space", 40), true);
  input.key(key("Space", 170.25), false);
  assert.deepEqual(drained(input), [
    [0, "Space", 1, 10.5, 0, 0, 0],
    [0, "Space", 0, 170.25, 0, 0, 0],
  ]);
  assert.equal(input.drain(), "");
});

test("Tab, digits and arrows are the game's; function keys and shortcuts stay the browser's", () => {
  const input = inputOf();
  for (const code of ["Tab", "Digit1", "ArrowUp", "Space", "Slash"]) assert.equal(input.key(key(code, 1), true), true);
  assert.equal(input.key(key("F5", 1), true), false);
  assert.equal(input.key(key("KeyR", 1, { ctrlKey: true }), true), false);
});

test("the question mark is found wherever the keyboard has it, and is let go as it was pressed", () => {
  const input = inputOf();
  input.key({ code: "Minus", key: "?", timeStamp: 1 }, true);
  input.key({ code: "Minus", key: "-", timeStamp: 2 }, false);
  const codes = JSON.parse(input.drain()).map(([, code, down]) => [code, down]);
  assert.deepEqual(codes, [
    ["Question", 1],
    ["Question", 0],
  ]);
});

test("losing the focus lets go of every held key and pointer", () => {
  const input = inputOf();
  input.key(key("KeyF", 1), true);
  input.pointer(pointer(7, 10, 20, 2), true);
  drained(input);
  input.releaseAll(99);
  assert.deepEqual(drained(input), [
    [0, "KeyF", 0, 99, 0, 0, 0],
    [1, "", 0, 99, 20, 40, 7],
  ]);
  input.key(key("KeyF", 120), false);
  assert.equal(input.drain(), "");
});

test("pointers come in logical pixels, fingers told apart, moves only as the latest", () => {
  const input = inputOf();
  input.move(pointer(1, 1, 1, 1));
  input.move(pointer(1, 5, 5, 2));
  input.pointer(pointer(1, 5, 5, 3), true);
  input.pointer(pointer(2, 9, 9, 4), true);
  assert.deepEqual(drained(input), [
    [2, "", 0, 2, 10, 10, 1],
    [1, "", 1, 3, 10, 10, 1],
    [1, "", 1, 4, 18, 18, 2],
  ]);
});

test("a game that sleeps loses moves before edges, and the loss is counted", () => {
  const input = inputOf();
  for (let n = 0; n < KEPT_EVENTS; n += 1) {
    if (n % 2) input.key(key("Space", n), n % 4 === 1);
    else input.move(pointer(n, 1, 1, n));
  }
  for (let n = 0; n < 10; n += 1) input.act("ready", n);
  const kinds = drained(input).map(([kind]) => kind);
  assert.equal(kinds.filter((kind) => kind === 0).length, KEPT_EVENTS / 2);
  assert.equal(kinds.filter((kind) => kind === 3).length, 10);
  assert.equal(input.dropped, KEPT_EVENTS / 2);
});

function framesIn(fps, screenHz, seconds) {
  const gate = new FrameGate();
  gate.cap(fps);
  let passed = 0;
  for (let n = 0; n < screenHz * seconds; n += 1) passed += gate.passes((n * 1000) / screenHz);
  return passed / seconds;
}

test("the frame-rate cap is the mean rate on any screen", () => {
  for (const [fps, screenHz] of [[15, 60], [30, 60], [60, 60], [60, 144], [30, 144], [40, 60]]) {
    assert.ok(Math.abs(framesIn(fps, screenHz, 10) - fps) <= 1, `${fps} on ${screenHz} Hz`);
  }
  assert.equal(framesIn(0, 144, 1), 144);
});

test("after a pause the cap does not make up for lost frames", () => {
  const gate = new FrameGate();
  gate.cap(15);
  assert.ok(gate.passes(0));
  assert.ok(gate.passes(10_000));
  assert.equal(gate.passes(10_016), false);
});

test("the page offers enough mammals for a team, none twice", () => {
  assert.equal(new Set(MAMMALS).size, MAMMALS.length);
  assert.ok(MAMMALS.length >= 24);
});
