// Everything Python may ask of the page, in one object of plain functions; game/platform_browser.py is the other side.

import { Frames } from "./frames.js";
import { Input, listen } from "./input.js";
import { Socket } from "./socket.js";
import { Sound } from "./sound.js";
import { seat, settingOf, settings } from "./store.js";

const canvas = document.getElementById("canvas");
const captions = document.getElementById("captions");
const alarms = document.getElementById("alarms");
const LINES_KEPT = 6;
const query = new URLSearchParams(location.search);
const logical = { width: 1280, height: 720 };

const DEFAULT_FPS = "60";
const FIRST_VOLUME = "70";

// The phases in which the canvas lies open; in all others the page's HTML covers it.
const PLAYED = new Set(["playing", "frozen", "ended", "debrief"]);

let scene = null;
let onscene = () => {};

/** Read by tests and developers; nothing in the game reads it. */
export const resus = (window.resus = {
  marks: {},
  boot: {},
  errors: [],
  get phase() {
    if (!seat.get()) return "join";
    return scene?.phase || "lobby";
  },
  get scene() {
    return scene;
  },
  get frames() {
    return frames.count;
  },
  /** Milliseconds of work of the last frames (at most WORK_RING), in no order. */
  get work_ms() {
    return Array.from(frames.workMs.subarray(0, Math.min(frames.count, frames.workMs.length)));
  },
  get socket() {
    return { connection: socket.connection, opened: socket.opened, close_code: socket.closeCode };
  },
  /** What was played lately, and when on the audio clock. */
  get sounds() {
    return sound.log;
  },
  get dropped_events() {
    return input.dropped;
  },
});

export function bootMark(name) {
  resus.boot[name] ??= performance.now();
}

function toLogical(clientX, clientY) {
  const box = canvas.getBoundingClientRect();
  const x = Math.floor(((clientX - box.left) * logical.width) / box.width);
  const y = Math.floor(((clientY - box.top) * logical.height) / box.height);
  return [x, y];
}

export const sound = new Sound(() => onscene(), document.body.dataset.sounds);
export const frames = new Frames();
export const input = new Input(toLogical);
export const socket = new Socket(
  () => new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`),
  () => onscene(),
);

/** True while the canvas is the player's: no HTML lies over it. */
export function inPlay() {
  return PLAYED.has(resus.phase);
}

/** `watch()` is called whenever scene, seat or connection change. */
export function watchScene(watch) {
  onscene = watch;
}

export function currentScene() {
  return scene;
}

/** A seat of a team is connected; whoever plays alone needs no connection. */
function connect() {
  if (seat.get() && !seat.get().solo) socket.want();
}

/** The seat is taken: connect, as soon as the game is there. */
export function takeSeat(ticket) {
  seat.set(ticket);
  if (frames.count > 0) connect();
  onscene();
}

export function leaveSeat() {
  seat.set(null);
  scene = null;
  socket.hangUp(-1);
  onscene();
}

/** A game goes on without a sound that could not be played. */
function anyhow(act) {
  try {
    act();
  } catch (error) {
    resus.errors.push(String(error));
  }
}

export const soundWanted = () => settings.get("sound", "on") === "on";

/** In percent, as the player has chosen. */
export const volume = () => Number(settings.get("volume", FIRST_VOLUME));

export function setVolume() {
  sound.volume = soundWanted() ? volume() / 100 : 0;
  onscene();
}

function setCap(fps) {
  frames.cap(Number(fps) || 0);
}

// One live region per urgency; a repeated sentence must change the DOM to be said again.
/** One line more in a live region: lines of the same frame are all read out, old ones are let go. */
function say(region, text) {
  region.append(Object.assign(document.createElement("p"), { textContent: text }));
  while (region.childElementCount > LINES_KEPT) region.firstElementChild.remove();
}

window.shim = {
  // Frames and time.
  now: () => performance.now(),
  attach: (wake) => frames.attach(wake),
  ask_frame: () => frames.ask(),
  worked(workMs) {
    frames.worked(workMs);
    if (frames.count > 1) return;
    bootMark("first_frame");
    connect();
    onscene();
  },

  // The window.
  build: () => document.body.dataset.build,
  css_width: () => innerWidth,
  css_height: () => innerHeight,
  logical(width, height) {
    Object.assign(logical, { width, height });
    canvas.style.setProperty("--ratio", width / height);
  },
  drain: () => input.drain(),

  // The seat and the socket.
  ticket() {
    if (!seat.get()) return "";
    // What the seat is called is the page's own business: the game hears of its stations.
    const { role, ...ticket } = seat.get();
    return JSON.stringify(ticket);
  },
  renew: (token) => seat.set({ ...seat.get(), token }),
  leave: () => leaveSeat(),
  speak: (snapHead, beatShown, beatHidden) => socket.speak(snapHead, beatShown, beatHidden),
  connection: () => socket.connection,
  opened: () => socket.opened,
  close_code: () => socket.closeCode,
  send: (data) => socket.send(data),
  waiting: () => socket.waiting,
  take: () => socket.take(),
  hang_up: (retryMs) => socket.hangUp(retryMs),

  // What the player is told outside the canvas.
  show(text) {
    const wasInPlay = inPlay();
    scene = JSON.parse(text);
    onscene();
    if (inPlay() && !wasInPlay) canvas.focus({ preventScroll: true });
  },
  caption: (text, alarm) => say(alarm ? alarms : captions, text),
  sound: (...cue) => anyhow(() => sound.play(...cue)),
  silence: (name) => anyhow(() => sound.silence(name)),

  shown: () => !document.hidden,

  // Options and settings.
  query: (name, otherwise) => query.get(name) ?? otherwise,
  setting: (name, otherwise) => settingOf(name, otherwise),
  keep(name, value) {
    settings.set(name, value);
    if (name === "fps") setCap(value);
    if (name === "sound" || name === "volume") setVolume();
  },
  mark(name, value) {
    resus.marks[name] = value;
  },
};

setCap(query.get("fps") ?? settings.get("fps", DEFAULT_FPS));
setVolume();
listen(input, canvas, inPlay);

const beat = new Worker(new URL("./beat.js", import.meta.url));
beat.onmessage = () => {
  socket.beat(!document.hidden);
  frames.beat();
};
document.addEventListener("visibilitychange", () => socket.beat(!document.hidden));
window.addEventListener("error", (event) => resus.errors.push(String(event.message)));
window.addEventListener("unhandledrejection", (event) => resus.errors.push(String(event.reason)));
