// What this device remembers: settings for good, the seat for as long as the tab lives.

const PREFIX = "resus.";
const TICKET = `${PREFIX}ticket`;

// Storage can be switched off or full; the game then plays on and forgets.
function safely(act, otherwise) {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

export const settings = {
  get: (name, otherwise = "") => safely(() => localStorage.getItem(PREFIX + name), null) ?? otherwise,
  set: (name, value) => safely(() => localStorage.setItem(PREFIX + name, value)),
};

// What the device itself says, until the player has chosen: reduced motion; and the letters on its keys, by
// `event.code`, where the browser tells them.
let caps = "";
navigator.keyboard?.getLayoutMap?.().then((map) => (caps = JSON.stringify(Object.fromEntries(map)))).catch(() => {});
const DEVICE = {
  calm: () => (globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ? "on" : ""),
  caps: () => caps,
};

/** A setting as chosen, else as the device has it, else `otherwise`. */
export const settingOf = (name, otherwise) => settings.get(name, DEVICE[name]?.()) || otherwise;

let ticket = safely(() => JSON.parse(sessionStorage.getItem(TICKET)), null);

export const seat = {
  /** {code, team, seat, role, name, token, level}, or null before joining. */
  get: () => ticket,
  set(value) {
    ticket = value;
    safely(() => (value ? sessionStorage.setItem(TICKET, JSON.stringify(value)) : sessionStorage.removeItem(TICKET)));
  },
};
