// Checks that each symbol a side module imports is offered by Pyodide's core, its JavaScript, or the module itself.
//
// usage: node symbols.mjs MODULE.so pyodide.asm.wasm pyodide.asm.js        exit code 1 names what is missing

import { readFileSync } from "node:fs";

const [modulePath, corePath, scriptPath] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(modulePath));
const core = new WebAssembly.Module(readFileSync(corePath));
const script = readFileSync(scriptPath, "utf8");

const names = (list) => new Set(list.map((entry) => entry.name));
const own = names(WebAssembly.Module.exports(module));
const offered = names(WebAssembly.Module.exports(core));

function inScript(name) {
  const literal = name.replace(/\$/g, "\\$");
  return new RegExp(`(^|[^\\w$])_?${literal}(?![\\w$])`).test(script);
}

const imports = WebAssembly.Module.imports(module);
const missing = imports.filter(({ name }) => !offered.has(name) && !own.has(name) && !inScript(name));
console.log(`   ${imports.length} imports, ${missing.length} missing`);
for (const { name, kind } of missing) console.error(`   missing: ${name} (${kind})`);
process.exit(missing.length === 0 ? 0 : 1);
