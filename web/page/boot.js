// The page's first module: the form at once, the game behind it.

import { showJoin } from "./join.js";
import { drawLobby, prepareLobby } from "./lobby.js";
import { start } from "./runtime.js";
import {
  bootMark,
  currentScene,
  inPlay,
  leaveSeat,
  resus,
  setVolume,
  socket,
  sound,
  soundWanted,
  volume,
  watchScene,
} from "./shim.js";
import { seat, settings } from "./store.js";

const byId = (id) => document.getElementById(id);
const { runtime, app } = document.body.dataset;
const SEAT_OVER = "This seat is no longer yours.";

/** Every sound button says what is so now: browsers keep silent until the first press. */
function drawSound() {
  const words = !soundWanted() ? "Sound off" : sound.allowed ? `Sound ${volume()}%` : "Tap to start sound";
  for (const { lastElementChild } of document.querySelectorAll(".sound-toggle")) {
    if (lastElementChild.textContent !== words) lastElementChild.textContent = words;
  }
}

/** Which part of the page is up: the form, the lobby, or the canvas alone. */
function draw() {
  const phase = resus.phase;
  document.body.dataset.phase = inPlay() ? "play" : phase;
  byId("join").hidden = phase !== "join";
  byId("lobby").hidden = phase === "join" || inPlay();
  if (!byId("lobby").hidden) drawLobby();
  byId("sound-gate").hidden = !inPlay() || sound.allowed || !soundWanted();
  drawSound();
  byId("offline").hidden = !inPlay() || socket.connection === "open" || Boolean(seat.get()?.solo);
  const over = socket.connection === "idle" && resus.boot.first_frame;
  byId("back").hidden = !over;
  byId("offline").firstElementChild.textContent =
    currentScene()?.notice || (over ? SEAT_OVER : "Connection lost: trying again. A bot holds your seat meanwhile.");
}

function tell(percent) {
  const bar = byId("loading");
  bar.setAttribute("aria-valuenow", String(percent));
  bar.style.setProperty("--done", `${percent}%`);
  bar.hidden = percent >= 100;
}

function fail(reason) {
  resus.errors.push(reason);
  byId("loading").hidden = false;
  byId("loading").classList.add("failed");
  byId("loading").querySelector("p").textContent =
    "The game has stopped. Please load the page again: your seat is kept. If that does not help, try another browser.";
}

function prepareToggles() {
  for (const button of document.querySelectorAll(".sound-toggle")) {
    button.addEventListener("click", async () => {
      const off = sound.allowed && soundWanted();
      settings.set("sound", off ? "off" : "on");
      await sound.allow();
      setVolume();
      sound.play("order", performance.now());
    });
  }
  const captions = document.querySelector(".captions-toggle");
  const drawCaptions = () => {
    const on = settings.get("captions", "on") === "on";
    captions.setAttribute("aria-pressed", String(on));
    captions.lastElementChild.textContent = on ? "Captions on" : "Captions off";
  };
  captions.addEventListener("click", () => {
    settings.set("captions", settings.get("captions", "on") === "on" ? "off" : "on");
    drawCaptions();
  });
  drawCaptions();
}

// Any press is leave enough for the browser to sound; a sound button does it itself, and says what came of it.
async function soundOnFirstPress({ target }) {
  if (sound.allowed || !soundWanted() || target.closest?.(".sound-toggle")) return;
  await sound.allow();
  draw();
}

bootMark("page");
window.addEventListener("pointerup", soundOnFirstPress);
window.addEventListener("keydown", soundOnFirstPress);
byId("back").addEventListener("click", leaveSeat);
watchScene(draw);
prepareToggles();
prepareLobby();
showJoin();
draw();

const frameDrawn = setInterval(() => {
  if (!resus.boot.first_frame) return;
  clearInterval(frameDrawn);
  tell(100);
}, 50);

// Two frames later the form has been painted and takes input: only now the big download begins.
requestAnimationFrame(() =>
  requestAnimationFrame(() => start({ runtime, app, canvas: byId("canvas"), tell: (done) => tell(Math.min(done, 99)), fail })),
);
