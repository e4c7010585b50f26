// Functions, so that importing evaluates no URL; literals, so that Vite and webpack see them and emit the files. Both lie beside this module in dist/.

export function shippedWorker(): URL {
  return new URL("./worker.js", import.meta.url);
}

export function shippedBinary(): URL {
  return new URL("./steepest.wasm", import.meta.url);
}
