// The join form: code, team, seat, name, and the tick; or a session of one's own.

import { createSession, describeSession, joinSession, playable, practisable, Refusal } from "./api.js";
import { inPlay, input, takeSeat } from "./shim.js";
import { BOTS, FULL_TEAM, MAMMALS, PACES, roleOf, rolesOf, SIGHTS } from "./words.js";

const CODE_CHARS = 6;
const REFRESH_MS = 2000;

const byId = (id) => document.getElementById(id);
const { page, alone } = document.body.dataset;
const form = byId("join-form");

const state = {
  offered: null,
  carried: null,
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

/** The seats of a new session of as many players as are chosen. */
const newSeats = () => state.offered?.seats.find(({ length }) => length === Number(byId("players").value)) ?? FULL_TEAM;

const seatWords = () => currentTeam()?.seats.map(({ role }) => role) ?? newSeats();

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
  const now = JSON.stringify([state.session?.teams, seatWords(), state.team, state.seat]);
  if (now === drawn) return;
  drawn = now;
  const focus = document.activeElement;
  const focused = focus?.name && `input[name="${focus.name}"][value="${focus.value}"]`;
  byId("teams").replaceChildren(...(state.session?.teams ?? []).map(teamChip));
  byId("teams").hidden = !state.session;
  byId("own").hidden = Boolean(state.session);
  byId("team-note").textContent = state.session ? "free seats" : alone ? "you and bots" : "or a session of your own";
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
  const roles = state.seat >= 0 ? rolesOf(seatWords()[state.seat]) : [];
  byId("seat-title").textContent = state.team ? `Seat in ${state.team}` : "Seat";
  byId("name").replaceChildren(element("span", roles.length === 1 ? `${roles[0].short} / ` : ""), element("b", state.name));
  const understood = byId("understood").checked;
  const done = { code: state.session !== null, team: state.team !== "", seat: state.seat >= 0, name: understood };
  for (const [step, title] of Object.entries(done)) byId(`${step}-title`).classList.toggle("done", title);
  if (alone) return;
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
  // The answer may come when the field holds another code, or none.
  const stands = () => byId("code").value === code;
  try {
    const session = await describeSession(code);
    if (stands()) choose(session);
  } catch (error) {
    if (!stands()) return;
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

function offerLevels(levels) {
  const option = (level) => (name, place) => new Option(`${level.name}${place ? `, form ${name.at(-1)}` : ` · ${level.title}`}`, name);
  const group = (label, wanted) => {
    const options = levels.filter(({ kind }) => kind === wanted).flatMap((level) => level.forms.map(option(level)));
    const found = Object.assign(document.createElement("optgroup"), { label });
    found.append(...options);
    return found;
  };
  byId("level").replaceChildren(group("Cases", "case"), group("Two-minute drills", "drill"));
}

/** What can be played: what the server has; where it is gone, or there never was one, what the page carries. */
async function offered() {
  state.carried = await practisable();
  if (alone) return state.carried;
  try {
    return await playable();
  } catch (error) {
    fail(error);
    return state.carried;
  }
}

let drawnChoices = null;

async function drawChoices() {
  const { levels, packs, sights, bots, seats } = await offered();
  offerLevels(levels);
  offer("pack", packs.map(({ name, label }) => [name, label]));
  offer("sight", sights.map((word) => [word, SIGHTS[word] ?? word]));
  offer("players", seats.map(({ length }) => [length, `${length} seat${length === 1 ? "" : "s"}`]));
  offer("bots", bots.map((word) => [word, BOTS[word] ?? word]));
  offer("pace", Object.entries(PACES));
  byId("sight").value = "real";
  state.offered = { seats };
  draw();
}

function wish() {
  const chosen = Object.fromEntries(["level", "pack", "sight", "bots"].map((id) => [id, byId(id).value]));
  return { ...chosen, players: Number(byId("players").value) };
}

async function openSession() {
  await drawnChoices;
  const { code } = await createSession(wish());
  byId("code").value = code;
  await lookUp(code);
  return code;
}

/** A new session is there: the next thing to choose has the focus, since what was pressed is gone. */
async function openForOthers() {
  await openSession();
  form.querySelector("input[name=seat]:not(:disabled)")?.focus();
}

/** Alone, in the page: the game itself is the server. A trial is a minute at one station; the game chooses its case. */
function playAlone(trial) {
  const { level, ...setup } = wish();
  const solo = { ...setup, slow: byId("pace").value === "slow", trial };
  const seat = Math.max(0, state.seat);
  const code = `alone ${Date.now()}`;
  takeSeat({ code, team: "alone", seat, role: newSeats()[seat], name: state.name, token: "", level: trial ? "" : level, solo });
}

async function practiseAlone() {
  await drawnChoices;
  if (state.carried.levels.some(({ forms }) => forms.includes(byId("level").value))) return playAlone(false);
  // A case of this server that the page does not carry.
  const code = await openSession();
  await join(code, state.session.teams[0].team, Math.max(0, state.seat));
  input.act("start", performance.now());
}

async function tryStation() {
  await drawnChoices;
  playAlone(true);
  // Read when the minute is over: the form is hidden until then.
  byId("level-hint").textContent = "Your minute is over. Try again, or choose a case:";
}

/** The choices lie over the seats where the screen is large: they close when the focus goes on, or by Escape. */
function prepareChoices() {
  const choices = byId("choices");
  choices.addEventListener("focusout", ({ relatedTarget }) => {
    const over = getComputedStyle(choices.lastElementChild).position === "absolute";
    if (over && relatedTarget && !choices.contains(relatedTarget)) choices.open = false;
  });
  choices.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !choices.open) return;
    choices.open = false;
    choices.firstElementChild.focus();
  });
}

/** A page without a server offers what it can do. */
function offerPracticeOnly() {
  for (const part of ["code-part", "create"]) byId(part).hidden = true;
  byId("team-title").firstElementChild.textContent = "Case";
  byId("kept").textContent = "Nothing leaves this device";
  byId("level-hint").textContent = "Choose a case:";
  byId("alone").className = "primary";
  byId("submit").replaceWith(byId("alone"), byId("try"));
}

/** Shows the form; with a code from the address (`/j/CODE`) it starts at the team. */
export function showJoin() {
  form.addEventListener("change", ({ target }) => {
    if (target.name === "team") Object.assign(state, { team: target.value, seat: -1 });
    if (target.name === "seat") state.seat = Number(target.value);
    if (state.seat >= seatWords().length) state.seat = -1;
    if (target.id === "understood") byId("join-error").textContent = "";
    draw();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(() => join(state.session.code, state.team, state.seat));
  });
  byId("code").addEventListener("input", typed);
  byId("reroll").addEventListener("click", reroll);
  prepareChoices();
  if (alone) offerPracticeOnly();
  drawnChoices = drawChoices().catch(fail);
  byId("create").addEventListener("click", () => once(openForOthers));
  byId("alone").addEventListener("click", () => {
    if (understood()) once(practiseAlone);
  });
  byId("try").addEventListener("click", () => {
    if (understood()) once(tryStation);
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
