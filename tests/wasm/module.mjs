// Loads one of our wasm modules under node: a reactor whose only world is its memory.

import { readFileSync } from "node:fs";

/** Traps on the first use of anything that a pure module must not need; answers "no such thing" before. */
function closedWorld() {
  const refuse = (name) => () => {
    if (name === "proc_exit") throw new Error("the module ended itself");
    return 52; // ENOSYS
  };
  return new Proxy({}, { get: (_, name) => refuse(name), has: () => true });
}

/** The exports of the module in `path`, initialised, with helpers to move bytes in and out. */
export async function load(path) {
  const compiled = await WebAssembly.compile(readFileSync(path));
  const imports = Object.fromEntries(
    WebAssembly.Module.imports(compiled).map(({ module }) => [module, closedWorld()]));
  const { exports } = await WebAssembly.instantiate(compiled, imports);
  exports._initialize?.();
  const alloc = exports.alloc ?? exports.tasdiq_alloc;
  const release = exports.release ?? exports.tasdiq_release;
  return {
    exports,
    imports: WebAssembly.Module.imports(compiled).map(({ name }) => name),
    /** Calls `use` with the addresses of copies of `arrays`, and frees them afterwards. */
    withBytes(arrays, use) {
      const places = arrays.map((bytes) => {
        const place = alloc(Math.max(bytes.length, 1));
        new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
        return place;
      });
      try {
        return use(...places);
      } finally {
        places.forEach((place) => release(place));
      }
    },
    /** A copy of `size` bytes at `place`. */
    read: (place, size) => new Uint8Array(exports.memory.buffer, place, size).slice(),
  };
}
