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

let ticket = safely(() => JSON.parse(sessionStorage.getItem(TICKET)), null);

export const seat = {
  /** {code, team, seat, role, name, token, level}, or null before joining. */
  get: () => ticket,
  set(value) {
    ticket = value;
    safely(() => (value ? sessionStorage.setItem(TICKET, JSON.stringify(value)) : sessionStorage.removeItem(TICKET)));
  },
};
