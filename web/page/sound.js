// The sounds of web/sounds.py on the browser's audio clock. Browsers stay silent until the player has touched the page.

import { AudioClock } from "./audioclock.js";

const FADE_S = 0.012;
const DUCK_S = 0.3;
const DUCKED = 10 ** (-18 / 20);
const MOST_AT_ONCE = 64;
const LOGGED = 256;

export class Sound {
  #context = null;
  #clock = new AudioClock();
  #told;
  #base;
  #made = new Map();
  #sounding = new Map();
  #loading = null;
  #volume = 0;
  #all = null;
  #team = null;

  /** The last sounds played: {name, wanted_ms, asked_s, start_s}, times of the page and of the audio clock. */
  log = [];

  /** `told()` hears when sound begins or ends to be allowed; `base` is the address of the sounds' folder. */
  constructor(told, base) {
    this.#told = told;
    this.#base = base;
  }

  get allowed() {
    return this.#context?.state === "running";
  }

  /** How many sounds play or are still to come. */
  get busy() {
    return [...this.#sounding.values()].reduce((sum, voices) => sum + voices.size, 0);
  }

  /** 0 to 1, of everything. */
  set volume(volume) {
    this.#volume = volume;
    this.#all?.gain.setTargetAtTime(volume, this.#context.currentTime, FADE_S);
  }

  /** Call it from a click or key press: no browser starts sound otherwise. Comes back once sounds can be played. */
  async allow() {
    if (!this.#context) this.#open();
    if (this.#context.state !== "running") await this.#context.resume();
    await this.#loading;
  }

  /** Plays a sound at `atMs` of the page's clock, at once where that is past; game/platform.py says what the rest means. */
  play(name, atMs, loudness = 1, pitch = 1, glide = 1, lengthMs = 0) {
    if (!this.allowed) return;
    this.#readClock();
    const start = Math.max(this.#context.currentTime, this.#clock.at(atMs));
    if (name === "hush") this.#duck(start, lengthMs / 1000);
    else this.#start(name, { start, loudness, pitch, glide, lengthS: lengthMs / 1000 });
    this.log.push({ name, wanted_ms: atMs, asked_s: this.#context.currentTime, start_s: start });
    if (this.log.length > LOGGED) this.log.shift();
  }

  /** Ends this sound wherever it plays, and takes back what of it was still to come. */
  silence(name) {
    const now = this.#context?.currentTime;
    for (const { source, level } of this.#sounding.get(name) ?? []) {
      level.gain.cancelScheduledValues(now);
      level.gain.setTargetAtTime(0, now, FADE_S / 3);
      source.stop(now + FADE_S);
    }
    this.#sounding.delete(name);
  }

  #open() {
    const context = (this.#context = new AudioContext({ latencyHint: "interactive" }));
    this.#all = new GainNode(context, { gain: this.#volume });
    this.#team = new GainNode(context);
    this.#team.connect(this.#all).connect(context.destination);
    context.onstatechange = () => {
      this.#clock.forget();
      this.#told();
    };
    setInterval(() => this.#readClock(), this.#clock.everyMs);
    // A page that cannot get its sounds plays on without them: everything is captioned.
    this.#loading = this.#load().catch(() => {});
  }

  async #load() {
    const fetched = async (file) => (await fetch(this.#base + file)).arrayBuffer();
    const index = JSON.parse(new TextDecoder().decode(await fetched("sounds.json")));
    const each = Object.entries(index).map(async ([name, { file, ...how }]) => {
      this.#made.set(name, { ...how, buffer: await this.#context.decodeAudioData(await fetched(file)) });
    });
    await Promise.all(each);
  }

  // Which sample leaves the loudspeaker now: the context's own word for it, else what it is about to render.
  #readClock() {
    if (!this.allowed) return;
    const { contextTime, performanceTime } = this.#context.getOutputTimestamp?.() ?? {};
    if (performanceTime > 0) this.#clock.read(performanceTime, contextTime);
    else this.#clock.read(performance.now(), this.#context.currentTime);
  }

  #start(name, { start, loudness, pitch, glide, lengthS }) {
    const made = this.#made.get(name);
    if (!made || this.#volume === 0 || this.busy >= MOST_AT_ONCE) return;
    const { buffer, loops, team } = made;
    const source = new AudioBufferSourceNode(this.#context, { buffer, loop: loops, playbackRate: pitch });
    const level = new GainNode(this.#context, { gain: loudness });
    source.connect(level).connect(team ? this.#team : this.#all);
    if (loops) level.gain.setValueAtTime(0, start).linearRampToValueAtTime(loudness, start + FADE_S);
    if (lengthS > 0) {
      const end = start + lengthS;
      source.playbackRate.setValueAtTime(pitch, start).linearRampToValueAtTime(pitch * glide, end);
      level.gain.setValueAtTime(loudness, Math.max(start + FADE_S, end - FADE_S)).linearRampToValueAtTime(0, end);
    }
    this.#keep(name, { source, level });
    source.start(start);
    if (lengthS > 0) source.stop(start + lengthS);
  }

  #keep(name, voice) {
    const voices = this.#sounding.get(name) ?? new Set();
    this.#sounding.set(name, voices.add(voice));
    voice.source.onended = () => {
      voices.delete(voice);
      voice.level.disconnect();
    };
  }

  #duck(start, lengthS) {
    const { gain } = this.#team;
    gain.cancelScheduledValues(start);
    gain.setValueAtTime(gain.value, start).linearRampToValueAtTime(DUCKED, start + DUCK_S);
    gain.setValueAtTime(DUCKED, start + Math.max(DUCK_S, lengthS));
    gain.linearRampToValueAtTime(1, start + Math.max(DUCK_S, lengthS) + DUCK_S);
  }
}
