// Names and short texts of the page's HTML; what the canvas says is in assets/words.

/** By seat number. `look` names the badge picture and the colour. */
export const ROLES = [
  { name: "Compressor", short: "Compressor", act: "pump", look: "comp" },
  { name: "Airway", short: "Airway", act: "breathe", look: "air" },
  { name: "Meds + Defib", short: "Meds", act: "treat", look: "meds" },
  { name: "Leader", short: "Leader", act: "decide", look: "lead" },
];

const EVERY_SEAT = [
  ["R", "heard, next step"],
  ["0", "STOP! Do not shock"],
];

export const KEYS = [
  [["Space", "push and hold, let go"], ["S", "tiring: ask a switch"], ["P", "feel for a pulse"], ...EVERY_SEAT],
  [["Space", "squeeze the bag"], ["D", "extraglottic airway"], ["S", "yes to a switch"], ...EVERY_SEAT],
  [["C", "charge"], ["V", "say clear"], ["X", "hold: shock"], ["G", "hold: give"], ...EVERY_SEAT],
  [["1", "start, then check"], ["2", "resume"], ["3–6", "orders"], ["R", "confirm"], ["0", "STOP! Compress"]],
];

/** Players are mammals, teams are birds: no name is in both lists. */
export const MAMMALS = [
  "Badger", "Beaver", "Bison", "Dormouse", "Elk", "Ferret", "Fox", "Gazelle", "Genet", "Hare", "Hedgehog", "Ibex",
  "Lemming", "Lemur", "Lynx", "Marmot", "Marten", "Mole", "Moose", "Okapi", "Otter", "Panda", "Polecat", "Puma",
  "Seal", "Shrew", "Stoat", "Tapir", "Vole", "Weasel", "Wombat", "Yak",
];
