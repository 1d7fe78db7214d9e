// The lobby: who is here, the way in for others, and Ready. Until the game is connected it asks the server by HTTP.

import { describeSession, practisable, qrOf } from "./api.js";
import { currentScene, input, leaveSeat, resus, socket } from "./shim.js";
import { seat as held } from "./store.js";
import { FULL_TEAM, keysOf, rolesOf } from "./words.js";

const POLL_MS = 1000;
const LINK_BOT = 2;
const TRIAL = { title: "Your station", brief: "One minute with bots: nothing is scored, nothing can go wrong.", briefs: {} };

const byId = (id) => document.getElementById(id);
const page = document.body.dataset.page;

let session = null;
let pressed = false;
let shownFor = "";
let countdownEnd = 0;

function element(name, text, className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

/** What the seats are called, by number; nobody knows before the session has been described. */
const words = () => session?.teams.find(({ team }) => team === held.get().team)?.seats.map(({ role }) => role) ?? [];

/** The team as the game knows it, else as the server's API tells it: by seat number, undefined where a bot will play. */
function crew() {
  const told = currentScene()?.crew.filter(({ name, link }) => name && link !== LINK_BOT);
  const team = session?.teams.find(({ team: name }) => name === held.get().team);
  const members = told?.length ? told : (team?.seats.filter(({ taken }) => taken) ?? []);
  return words().map((_, number) => {
    const own = number === held.get().seat ? held.get() : undefined;
    return members.find(({ seat }) => seat === number) ?? own;
  });
}

/** A place at the bed and who has it; whoever holds several roles has several places. */
function placeCard(role, number, member) {
  const own = number === held.get().seat;
  const card = element("li", "", `role-${role.look}${own ? " own" : ""}${member ? "" : " empty"}`);
  const badge = document.createElement("img");
  Object.assign(badge, { src: `${page}art/badge_${role.look}${member ? "" : "_taken"}.svg`, alt: "" });
  const isReady = member?.ready || (own && (pressed || held.get().solo));
  const stand = !member ? "a bot will play" : isReady ? "Ready" : own ? "Press Ready" : "Not ready yet";
  const state = element("p", stand, isReady ? "ready" : "");
  state.prepend(element("i", "", `icon icon-${!member ? "bot" : isReady ? "check" : "clock"}`));
  card.append(badge, element("b", role.short + (own ? " (you)" : "")), element("span", member?.name ?? "Free seat"), state);
  return card;
}

function note() {
  const scene = currentScene();
  if (scene?.notice) return scene.notice;
  if (held.get().solo) return resus.boot.first_frame ? "Here we go" : "The game is loading; it begins by itself";
  if (socket.connection === "open") return `${crew().filter(Boolean).length} of ${words().length} seats taken`;
  if (socket.connection === "waiting") return "Connection lost: trying again";
  if (socket.connection === "idle" && resus.boot.first_frame) return "This seat is no longer yours: leave, and join again";
  return "The game is loading; you can press Ready already";
}

function drawStill() {
  const ticket = held.get();
  if (shownFor === ticket.code + ticket.seat) return;
  shownFor = ticket.code + ticket.seat;
  session = null;
  describe();
  const alone = Boolean(ticket.solo);
  for (const part of ["ready", "start", "session"]) byId(part).hidden = alone;
  byId("try-station").hidden = alone;
  byId("lobby-team").textContent = alone ? "Practice" : `Team ${ticket.team}, lobby`;
  if (!alone) byId("qr").src = qrOf(ticket.code);
  byId("lobby-code").textContent = `${ticket.code.slice(0, 3)} ${ticket.code.slice(3)}`;
  byId("lobby-address").textContent = "";
  byId("keys").querySelector("dl").replaceChildren(
    ...keysOf(ticket.role ?? FULL_TEAM[ticket.seat]).flatMap(([key, text]) => {
      const term = document.createElement("dt");
      term.append(element("kbd", key));
      return [term, element("dd", text)];
    }),
  );
}

let drawn = "";

/** Draws the lobby from what is known now; nothing changes in the page when nothing has changed. */
export function drawLobby() {
  drawStill();
  const members = crew();
  const now = JSON.stringify([words(), members, pressed, held.get().seat]);
  if (now !== drawn) {
    drawn = now;
    const places = (word, number) => rolesOf(word).map((role) => placeCard(role, number, members[number]));
    byId("crew").replaceChildren(...words().flatMap(places));
  }
  byId("lobby-note").textContent = note();
  const ready = members[held.get().seat]?.ready || pressed;
  byId("ready").classList.toggle("done", ready);
  byId("ready").querySelector("span").textContent = ready ? "Ready!" : "Ready";
  byId("try-station").disabled = socket.connection !== "open";
  if (session?.join_url) byId("lobby-address").textContent = new URL(session.join_url).host;
  byId("brief").textContent = session ? `${session.title}. ${session.brief}` : "";
  if (session) byId("lobby-legal").textContent = `Pack: ${session.pack} · Training only, not a certification`;
  const scene = currentScene();
  const counting = scene?.phase === "countdown";
  if (counting) pressed = false;
  if (counting && byId("countdown").hidden) countdownEnd = performance.now() + scene.countdown_ms;
  byId("countdown").hidden = !counting;
  if (counting) countDown();
}

function countDown() {
  const left = Math.ceil((countdownEnd - performance.now()) / 1000);
  byId("countdown").textContent = left > 0 ? String(left) : "";
  if (left > 0 && !byId("countdown").hidden) setTimeout(countDown, 100);
}

/** The practice as if it were a session: what the page carries of it. */
async function describePractice({ level, seat, solo }) {
  const { levels, packs, seats } = await practisable();
  const { title, briefs } = levels.find(({ forms }) => forms.includes(level)) ?? TRIAL;
  const words = seats.find(({ length }) => length === solo.players) ?? FULL_TEAM;
  const crew = words.map((role, number) => ({ seat: number, role, taken: number === seat }));
  const pack = packs.find(({ name }) => name === solo.pack)?.label ?? "as the case has it";
  return { title, brief: briefs[level] ?? TRIAL.brief, pack, teams: [{ team: "alone", seats: crew }] };
}

async function describe() {
  const { code, solo } = held.get();
  try {
    const found = solo ? await describePractice(held.get()) : await describeSession(code);
    if (held.get()?.code === code) session = found;
  } catch (error) {
    if (error.status === 404) leaveSeat();
  }
  if (!byId("lobby").hidden) drawLobby();
}

function act(name) {
  input.act(name, performance.now());
}

function sayReady() {
  pressed = true;
  act("ready");
  drawLobby();
}

export function prepareLobby() {
  byId("ready").addEventListener("click", sayReady);
  byId("start").addEventListener("click", () => act("start"));
  byId("try-station").addEventListener("click", () => act("try"));
  byId("leave").addEventListener("click", () => {
    pressed = false;
    act("leave");
    // The game says good-bye and gives the seat up; if it is not there yet, there is nobody to say good-bye to.
    if (!resus.boot.first_frame) leaveSeat();
  });
  window.addEventListener("keydown", (event) => {
    if (event.code === "Enter" && !event.repeat && !byId("ready").hidden && !byId("lobby").hidden && event.target.tagName !== "BUTTON") sayReady();
  });
  setInterval(() => {
    if (!byId("lobby").hidden && !document.hidden && !(session && (held.get().solo || socket.connection === "open"))) describe();
  }, POLL_MS);
}
