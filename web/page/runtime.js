// Loads the interpreter and starts the game behind the join form. Nothing comes from anywhere but our own server.

import { bootMark, resus } from "./shim.js";

// Shares of the wait in percent, for the progress bar: files as they arrive, then steps as they are done.
const SHARES = {
  "pyodide.asm.js": 6,
  "pyodide.asm.wasm": 30,
  "python_stdlib.zip": 16,
  ".whl": 10,
  ".apk": 8,
  python: 15,
  first_frame: 15,
};

class Progress {
  #left = new Map(Object.entries(SHARES));
  #done = 0;
  #tell;

  constructor(tell) {
    this.#tell = tell;
  }

  reached(name) {
    const share = [...this.#left.keys()].find((end) => name.endsWith(end));
    if (share === undefined) return;
    this.#done += this.#left.get(share);
    this.#left.delete(share);
    this.#tell(this.#done);
  }
}

async function archive(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: HTTP ${answer.status}`);
  return answer.arrayBuffer();
}

async function text(url) {
  return (await fetch(url)).text();
}

/** Starts everything; `tell(percent)` hears of progress, and `fail(text)` when it cannot go on. */
export async function start({ runtime, app, canvas, tell, fail }) {
  const progress = new Progress(tell);
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) progress.reached(name);
  }).observe({ type: "resource", buffered: true });
  window.shim.fail = (reason) => {
    console.error(reason);
    fail(String(reason));
  };
  try {
    const packed = archive(app);
    const prelude = text(new URL("./prelude.py", import.meta.url));
    packed.catch(() => {});
    prelude.catch(() => {});
    const base = new URL(runtime, location.href).href;
    const { loadPyodide } = await import(`${base}pyodide.mjs`);
    const python = await loadPyodide({
      indexURL: base,
      packageBaseUrl: base,
      packages: ["pygame-ce"],
      convertNullToNone: true,
      stdin: () => null,
      stdout: (line) => console.log(line),
      stderr: (line) => console.warn(line),
    });
    bootMark("python");
    progress.reached("python");
    python.canvas.setCanvas2D(canvas);
    python.unpackArchive(await packed, "zip", { extractDir: "/app" });
    bootMark("unpacked");
    python.runPython(await prelude, { filename: "prelude.py" });
    bootMark("running");
    resus.python = python;
  } catch (error) {
    window.shim.fail(error);
  }
}
