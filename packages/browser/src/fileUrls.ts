// Functions, so that importing evaluates no URL; literals, so that Vite and webpack see them and emit the files. Both lie beside this module in dist/.

export function shippedWorker(): URL {
  return installed(new URL("./worker.js", import.meta.url));
}

export function shippedBinary(): URL {
  return installed(new URL("./steepest.wasm", import.meta.url));
}

/** Development servers of Vite before 8 serve this module from their cache, and the two files from where the package is installed. */
function installed(url: URL): URL {
  url.pathname = url.pathname.replace("/node_modules/.vite/deps/", "/node_modules/@steepest/browser/dist/");
  return url;
}
