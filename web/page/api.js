// The server's HTTP API, as far as the page needs it. A refusal is an Error whose message is a sentence for people.

export class Refusal extends Error {
  constructor(sentence, status = 0) {
    super(sentence);
    this.status = status;
  }
}

async function call(path, body) {
  const options = body && {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Refusal("The server cannot be reached. Is this device still in the network?");
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(data.error ?? `The server answered ${answer.status}.`, answer.status);
  return data;
}

const session = (code) => `/api/sessions/${encodeURIComponent(code)}`;

export const playable = () => call("/api/levels");

/** What this page can play by itself, with the words of each case: packed with the page, no server is asked. */
export async function practisable() {
  carried ??= await call(new URL("./offer.json", import.meta.url));
  return carried;
}
let carried;
export const createSession = (wish) => call("/api/sessions", wish);
export const describeSession = (code) => call(session(code));
export const joinSession = (code, wish) => call(`${session(code)}/join`, { ...wish, understood: true });
export const qrOf = (code) => `${session(code)}/qr.svg`;
