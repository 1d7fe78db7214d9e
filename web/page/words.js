// Names and short texts of the page's HTML; what the canvas says is in assets/words.

/** By the server's word for a seat. `look` names the badge picture and the colour. */
const ROLES = {
  compressor: { name: "Compressor", short: "Compressor", act: "pump", look: "comp" },
  airway: { name: "Airway", short: "Airway", act: "breathe", look: "air" },
  meds: { name: "Meds + Defib", short: "Meds", act: "treat", look: "meds" },
  leader: { name: "Leader", short: "Leader", act: "decide", look: "lead" },
};

/** The four seats of a full team, before a session tells its own. */
export const FULL_TEAM = Object.keys(ROLES);

/** The roles that a seat holds, by its word ("meds+leader"). */
export const rolesOf = (word) => word.split("+").map((each) => ROLES[each]);

/** What a seat is called; one that holds several roles is called by all of them. */
export function roleOf(word) {
  const roles = rolesOf(word);
  if (roles.length === 1) return roles[0];
  const all = (key, between) => roles.map((role) => role[key]).join(between);
  return { name: all("short", " + "), act: all("act", ", "), look: roles[0].look };
}

const HEARD = ["R", "heard, next step"];
const TURN = ["`", "turn to the next role"];
const STOP = ["0", "STOP! Do not shock"];

const KEYS = {
  compressor: [["Space", "push and hold, let go"], ["S", "ask for a switch"], ["P", "feel for a pulse"]],
  airway: [["F, J", "hold: seal the mask"], ["Space", "squeeze the bag"], ["S", "yes to a switch"]],
  meds: [["C", "charge"], ["V", "say clear"], ["X", "hold: shock"], ["G", "hold: give"]],
  leader: [["1", "start, then check"], ["2", "resume"], ["3–6", "orders"]],
};

/** The five or six keys to know first, of all roles that a seat holds. */
export function keysOf(word) {
  const roles = word.split("+");
  if (roles.length === 1) return [...KEYS[word], HEARD, STOP];
  return [...roles.flatMap((role) => KEYS[role].slice(0, 4 / roles.length)), TURN, STOP];
}

/** How much a team sees, and how well bots play, by the server's words. */
export const SIGHTS = { open: "all see all", real: "each their own", blind: "Leader without monitor" };
export const BOTS = { expert: "expert", trainee: "trainee", distracted: "distracted" };

/** How fast room time goes where one plays alone. */
export const PACES = { "": "as it is", slow: "slower (0.75x)" };

/** Players are mammals, teams are birds: no name is in both lists. */
export const MAMMALS = [
  "Badger", "Beaver", "Bison", "Dormouse", "Elk", "Ferret", "Fox", "Gazelle", "Genet", "Hare", "Hedgehog", "Ibex",
  "Lemming", "Lemur", "Lynx", "Marmot", "Marten", "Mole", "Moose", "Okapi", "Otter", "Panda", "Polecat", "Puma",
  "Seal", "Shrew", "Stoat", "Tapir", "Vole", "Weasel", "Wombat", "Yak",
];
