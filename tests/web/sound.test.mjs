// Statements about sound in the page, with a stand-in for the browser's audio (tests/web/test_page_scripts.py).

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { AudioClock } from "../../web/page/audioclock.js";
import { Sound } from "../../web/page/sound.js";

test("the audio clock is the mean of a second of readings that jump by a buffer's length", () => {
  const clock = new AudioClock();
  for (let n = 0; n < 40; n += 1) clock.read(5_000 + n * 100, 2 + n / 10 + ((n * 7) % 5) * 0.004 - 0.008);
  assert.ok(Math.abs(clock.at(9_500) - 6.5) < 0.003);
});

test("one wild reading moves a beat by nothing", () => {
  const clock = new AudioClock();
  for (let n = 0; n < 12; n += 1) clock.read(1_000 + n * 100, 1 + n / 10 + (n === 7 ? 0.05 : 0));
  assert.ok(Math.abs(clock.at(3_000) - 3) < 1e-9);
});

test("after a standstill the clock begins anew", () => {
  const clock = new AudioClock();
  for (let n = 0; n < 12; n += 1) clock.read(n * 100, n / 10);
  clock.read(9_000, 4);
  assert.equal(clock.at(9_500), 4.5);
  clock.forget();
  assert.equal(clock.at(9_500), -Infinity);
});

class Param {
  constructor(value = 1) {
    this.value = value;
    this.steps = [];
  }
  setValueAtTime(value, at) {
    this.steps.push(["set", value, at]);
    return this;
  }
  linearRampToValueAtTime(value, at) {
    this.steps.push(["ramp", value, at]);
    return this;
  }
  setTargetAtTime(value, at) {
    this.steps.push(["towards", value, at]);
    return this;
  }
  cancelScheduledValues() {
    return this;
  }
}

class Node {
  connect(to) {
    this.to = to;
    return to;
  }
  disconnect() {}
}

let context;
let sources;

class FakeContext {
  state = "suspended";
  currentTime = 0;
  destination = new Node();
  constructor() {
    context = this;
  }
  async resume() {
    this.state = "running";
    this.onstatechange();
  }
  getOutputTimestamp() {
    return { contextTime: this.currentTime, performanceTime: this.currentTime * 1000 + 1000 };
  }
  async decodeAudioData(data) {
    return data;
  }
}

const INDEX = {
  metro: { file: "metro.wav", team: false, loops: false },
  charge: { file: "charge.wav", team: true, loops: true },
};

beforeEach((t) => {
  sources = [];
  t.mock.timers.enable({ apis: ["setInterval"] });
  globalThis.AudioContext = FakeContext;
  globalThis.GainNode = class extends Node {
    constructor(_, { gain } = {}) {
      super();
      this.gain = new Param(gain);
    }
  };
  globalThis.AudioBufferSourceNode = class extends Node {
    constructor(_, options) {
      super();
      Object.assign(this, options, { playbackRate: new Param(options.playbackRate) });
      sources.push(this);
    }
    start(at) {
      this.started = at;
    }
    stop(at) {
      assert.notEqual(this.started, undefined, "stopped before it was started");
      this.stopped = at;
    }
  };
  globalThis.fetch = async (address) => ({
    arrayBuffer: async () => new TextEncoder().encode(address.endsWith(".json") ? JSON.stringify(INDEX) : address),
  });
});

async function allowed() {
  const sound = new Sound(() => {}, "/sounds/");
  sound.volume = 0.7;
  await sound.allow();
  context.currentTime = 4;
  return sound;
}

test("nothing is played before the player has touched the page", () => {
  const sound = new Sound(() => {}, "/sounds/");
  sound.play("metro", 0);
  assert.equal(sources.length, 0);
  assert.equal(sound.allowed, false);
});

test("a beat is scheduled on the audio clock for its time on the page's clock; a late one sounds at once", async () => {
  const sound = await allowed();
  sound.play("metro", 5_250);
  sound.play("metro", 3_000);
  assert.deepEqual(sources.map((source) => source.started), [4.25, 4]);
  assert.deepEqual(sound.log.at(0), { name: "metro", wanted_ms: 5_250, asked_s: 4, start_s: 4.25 });
});

test("a charge goes round, rises to three times its pitch, and ends when it is silenced", async () => {
  const sound = await allowed();
  sound.play("charge", 5_000, 1, 1, 3, 2_000);
  const [source] = sources;
  assert.equal(source.loop, true);
  assert.deepEqual(source.playbackRate.steps, [["set", 1, 4], ["ramp", 3, 6]]);
  assert.equal(source.stopped, 6);
  sound.silence("charge");
  assert.ok(source.stopped < 4.05);
});

test("what was silenced before its time is never heard", async () => {
  const sound = await allowed();
  sound.play("metro", 5_500);
  sound.silence("metro");
  assert.ok(sources[0].stopped < sources[0].started);
  assert.equal(sound.busy, 0);
});

test("quiet lowers the room's sounds by 18 dB for its time and leaves one's own as they are", async () => {
  const sound = await allowed();
  sound.play("metro", 5_000);
  sound.play("charge", 5_000);
  sound.play("hush", 5_000, 1, 1, 1, 3_000);
  const bus = (source) => source.to.to;
  assert.notEqual(bus(sources[0]), bus(sources[1]));
  assert.equal(bus(sources[1]).to, bus(sources[0]));
  const [, down, until, up] = bus(sources[1]).gain.steps;
  assert.ok(Math.abs(20 * Math.log10(down[1]) + 18) < 1e-9);
  assert.deepEqual([down[2], until[2], up[1], up[2]], [4.3, 7, 1, 7.3]);
});

test("a player without sound makes the page no work, and too many sounds at once are not heaped up", async () => {
  const sound = await allowed();
  for (let n = 0; n < 100; n += 1) sound.play("metro", 5_000 + n);
  assert.equal(sources.length, 64);
  const muted = await allowed();
  muted.volume = 0;
  muted.play("metro", 5_000);
  assert.equal(sources.length, 64);
});

test("a page that cannot get its sounds plays on", async () => {
  globalThis.fetch = async () => {
    throw new TypeError("offline");
  };
  const sound = await allowed();
  sound.play("metro", 5_000);
  assert.equal(sources.length, 0);
});
