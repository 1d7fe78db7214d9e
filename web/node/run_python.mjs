// Runs a Python script in the very interpreter of the bundle, with the bundle's own game/ and levels/ on the path.
//
// usage: node web/node/run_python.mjs [--bare[=PACKAGE]] SCRIPT.py [ARGUMENT...]
//
// The script sees the current folder as /cwd and starts there, so relative paths work as on the host. Its output and
// exit code are passed on. --bare: Pyodide as npm installed it, without a bundle (the build itself uses this), and modules
// come from the current folder; with the name of another package, such as pyodide-python-3.14, that one's Python.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const site = join(root, "build", "web");

function bundlePaths() {
  const { files } = JSON.parse(readFileSync(join(site, "manifest.json"), "utf8"));
  const wasm = files.find(({ path }) => path.endsWith("/pyodide.asm.wasm")).path;
  const app = files.find(({ path }) => path.endsWith(".apk")).path;
  return { runtime: join(site, dirname(wasm)), app: join(site, app) };
}

async function run(bare, script, args) {
  const { runtime, app } = bare ? { runtime: join(root, "node_modules", bare), app: null } : bundlePaths();
  const { loadPyodide } = await import(join(runtime, "pyodide.mjs"));
  const python = await loadPyodide({ indexURL: runtime, args: [], env: { HOME: "/cwd", PYTHONDONTWRITEBYTECODE: "1" }, fsInit: (FS) => FS.mkdirTree("/cwd") });
  python.mountNodeFS("/cwd", process.cwd());
  if (app) python.unpackArchive(new Uint8Array(readFileSync(app)), "zip", { extractDir: "/app" });
  const options = python.toPy({ script: join("/cwd", script), argv: [script, ...args], modules: app ? "/app/assets" : "/cwd" });
  return python.runPython(
    `
import os, runpy, sys, traceback
os.chdir("/cwd")
sys.path.insert(0, modules)
sys.argv = argv
code = 0
try:
    runpy.run_path(script, run_name="__main__")
except SystemExit as stop:
    code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
except BaseException:
    traceback.print_exc()
    code = 1
code
`,
    { globals: options },
  );
}

const [, flag, named] = process.argv[2]?.match(/^(--bare)(?:=(.+))?$/) ?? [];
const bare = flag && (named ?? "pyodide");
const [script, ...args] = process.argv.slice(bare ? 3 : 2);
if (!script) {
  console.error("usage: node web/node/run_python.mjs [--bare[=PACKAGE]] SCRIPT.py [ARGUMENT...]");
  process.exit(2);
}
process.exit(await run(bare, script, args));
