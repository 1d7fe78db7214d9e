// The join form: code, team, seat, name, and the tick; or a session of one's own.

import { createSession, describeSession, joinSession, playable, Refusal } from "./api.js";
import { inPlay, input, takeSeat } from "./shim.js";
import { BOTS, FULL_TEAM, MAMMALS, roleOf, SEATS, SIGHTS } from "./words.js";

const CODE_CHARS = 6;
const REFRESH_MS = 2000;

const byId = (id) => document.getElementById(id);
const page = document.body.dataset.page;
const form = byId("join-form");

const state = {
  session: null,
  team: "",
  seat: -1,
  name: "",
  busy: false,
};

function fail(error) {
  if (!(error instanceof Refusal)) console.error(error);
  byId("join-error").textContent = error.message;
}

/** What stands beside the code: the case it opens, or why it opens none. */
function noteCode(text, wrong = false) {
  byId("code-note").textContent = text;
  byId("code-note").classList.toggle("error", wrong);
  byId("code").setAttribute("aria-invalid", String(wrong));
}

function reroll() {
  const others = MAMMALS.filter((name) => name !== state.name && !namesTaken().has(name));
  state.name = others[Math.floor(Math.random() * others.length)];
  draw();
}

function namesTaken() {
  return new Set(currentTeam()?.seats.map((seat) => seat.name));
}

function currentTeam() {
  return state.session?.teams.find(({ team }) => team === state.team);
}

const seatWords = () => currentTeam()?.seats.map(({ role }) => role) ?? FULL_TEAM;

const free = (team) => team.seats.filter((seat) => !seat.taken).length;

function radio(group, value, checked, disabled, ...content) {
  const label = document.createElement("label");
  const button = Object.assign(document.createElement("input"), { type: "radio", name: group, value, checked, disabled });
  label.append(button, ...content);
  return label;
}

function element(name, text, className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

function teamChip(team) {
  const rings = element("span", "", "rings");
  rings.setAttribute("aria-label", `${free(team)} free`);
  for (const seat of team.seats) rings.append(element("i", "", seat.taken ? "taken" : "free"));
  const rest = free(team) === 0 ? element("small", "full") : rings;
  return radio("team", team.team, team.team === state.team, free(team) === 0, element("b", team.team), rest);
}

function seatChip(word, number) {
  const role = roleOf(word);
  const held = currentTeam()?.seats.find(({ seat }) => seat === number);
  const badge = document.createElement("img");
  Object.assign(badge, { src: `${page}art/badge_${role.look}${held?.taken ? "_taken" : ""}.svg`, alt: "" });
  const words = element("span", "");
  words.append(element("b", role.name), element("small", held?.taken ? `${held.name ?? "Someone"} has it` : role.act));
  const chip = radio("seat", String(number), number === state.seat, Boolean(held?.taken), badge, words);
  chip.className = `role-${role.look}`;
  return chip;
}

// The two chip groups are drawn anew only when they change: drawing takes the focus away.
let drawn = "";

function drawChips() {
  const now = JSON.stringify([state.session?.teams, state.team, state.seat]);
  if (now === drawn) return;
  drawn = now;
  const focus = document.activeElement;
  const focused = focus?.name && `input[name="${focus.name}"][value="${focus.value}"]`;
  if (state.session) byId("teams").replaceChildren(...state.session.teams.map(teamChip));
  byId("seats").replaceChildren(...seatWords().map(seatChip));
  if (focused) form.querySelector(focused)?.focus();
}

function draw() {
  drawChips();
  const code = byId("code").value;
  form.querySelectorAll(".code span").forEach((box, place) => {
    box.textContent = code[place] ?? "";
    box.classList.toggle("next", place === Math.min(code.length, CODE_CHARS - 1));
  });
  const role = state.seat >= 0 ? roleOf(seatWords()[state.seat]) : undefined;
  byId("seat-title").textContent = state.team ? `Seat in ${state.team}` : "Seat";
  byId("name").replaceChildren(element("span", role ? `${role.short} / ` : ""), element("b", state.name));
  const understood = byId("understood").checked;
  const done = { code: state.session !== null, team: state.team !== "", seat: state.seat >= 0, name: understood };
  for (const [step, title] of Object.entries(done)) byId(`${step}-title`).classList.toggle("done", title);
  byId("submit").disabled = state.busy || !Object.values(done).every(Boolean);
  byId("submit").querySelector("span").textContent = state.team ? `Join ${state.team}` : "Join";
}

function choose(session) {
  state.session = session;
  const open = session.teams.filter((team) => free(team) > 0);
  if (!open.some(({ team }) => team === state.team)) state.team = open.length === 1 ? open[0].team : "";
  const held = currentTeam()?.seats.find(({ seat }) => seat === state.seat);
  if (held?.taken || state.seat >= seatWords().length) state.seat = -1;
  noteCode(session.title);
}

async function lookUp(code) {
  if (code.length !== CODE_CHARS) return;
  try {
    choose(await describeSession(code));
  } catch (error) {
    state.session = null;
    state.team = "";
    noteCode(error.message, true);
  }
  draw();
}

function typed() {
  const field = byId("code");
  field.value = field.value.toUpperCase().replace(/[^0-9A-Z]/g, "");
  if (field.value !== state.session?.code) {
    state.session = null;
    state.team = "";
    noteCode("");
  }
  lookUp(field.value);
  draw();
}

async function join(code, team, seat) {
  const given = await joinSession(code, { team, seat, name: state.name });
  const { team: place, seat: number, role, name, token, level } = given;
  takeSeat({ code, team: place, seat: number, role, name, token, level });
}

/** Runs one act of the form; a second press while it runs does nothing. */
async function once(act) {
  if (state.busy) return;
  state.busy = true;
  byId("join-error").textContent = "";
  draw();
  try {
    await act();
  } catch (error) {
    fail(error);
  }
  state.busy = false;
  draw();
}

function understood() {
  if (byId("understood").checked) return true;
  byId("understood").focus();
  fail(new Refusal("Please tick that you understand: this is for training only."));
  return false;
}

function offer(id, options) {
  byId(id).replaceChildren(...options.map(([value, text]) => new Option(text, value)));
}

/** What a new session can be opened with, as the server has it. */
async function drawChoices() {
  const { levels, packs, sights, bots } = await playable();
  const forms = (level) => level.forms.map((name, place) => [name, place ? `${name} · other form` : `${name} · ${level.title}`]);
  offer("level", levels.flatMap(forms));
  offer("pack", packs.map(({ name, label }) => [name, label]));
  offer("sight", sights.map((word) => [word, SIGHTS[word] ?? word]));
  offer("players", Object.entries(SEATS).reverse());
  offer("bots", bots.map((word) => [word, `bots: ${BOTS[word] ?? word}`]));
  byId("sight").value = "real";
  const first = levels.find(({ kind }) => kind === "case");
  if (first) byId("level").value = first.name;
}

function wish() {
  const chosen = Object.fromEntries(["level", "pack", "sight", "bots"].map((id) => [id, byId(id).value]));
  return { ...chosen, players: Number(byId("players").value) };
}

async function openSession() {
  if (!byId("level").value) await drawChoices();
  const { code } = await createSession(wish());
  byId("code").value = code;
  await lookUp(code);
  return code;
}

async function practiseAlone() {
  const code = await openSession();
  await join(code, state.session.teams[0].team, Math.max(0, state.seat));
  input.act("start", performance.now());
}

/** Shows the form; with a code from the address (`/j/CODE`) it starts at the team. */
export function showJoin() {
  form.addEventListener("change", ({ target }) => {
    if (target.name === "team") Object.assign(state, { team: target.value, seat: -1 });
    if (target.name === "seat") state.seat = Number(target.value);
    draw();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(() => join(state.session.code, state.team, state.seat));
  });
  byId("code").addEventListener("input", typed);
  byId("reroll").addEventListener("click", reroll);
  drawChoices().catch(fail);
  byId("create").addEventListener("click", () => once(openSession));
  byId("alone").addEventListener("click", () => {
    if (understood()) once(practiseAlone);
  });
  // Seats fill while one chooses.
  setInterval(() => {
    if (!byId("join").hidden && !document.hidden && !inPlay() && state.session) lookUp(state.session.code);
  }, REFRESH_MS);
  const [, code] = location.pathname.match(/^\/j\/([0-9A-Za-z]{6})$/) ?? [];
  reroll();
  if (code) {
    byId("code").value = code;
    typed();
  }
}
