import { KernelLoadError } from "@steepest/core";

// Functions, so that importing evaluates no URL; literals, so that Vite and webpack see them and emit the files. Both lie beside this module in dist/, which is
// why it stands in none of the rooms.

export function shippedWorker(): URL {
  return shipped("worker", "worker.js", () => new URL("./worker.js", import.meta.url));
}

export function shippedBinary(): URL {
  return shipped("wasm", "steepest.wasm", () => new URL("./steepest.wasm", import.meta.url));
}

export function shippedCertificates(): URL {
  return shipped("certificates", "certificates.js", () => new URL("./certificates.js", import.meta.url));
}

export function shippedSolver(): URL {
  return shipped("solver", "highs.wasm", () => new URL("./highs.wasm", import.meta.url));
}

/** URL of the classic script that runs this module; the browser tells it only during the script's first run. */
const script: string | undefined =
  typeof document === "object" && document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : undefined;

/** URL of a file that ships with the package. @throws KernelLoadError  in a bundle that does not know its own URL */
function shipped(option: string, file: string, besideModule: () => URL): URL {
  if (typeof import.meta.url === "string") return installed(besideModule());
  if (script) return new URL(file, script); // bundles that are no ES modules have nothing left of import.meta.url
  throw new KernelLoadError(`createEngine: this bundle does not know where it lies, so neither where ${file} does`, {
    path: `createEngine.${option}`,
    hint: `pass createEngine({ ${option}: new URL("${file}", location.href) }) with the address of ${file} of @steepest/browser, or build an ES module`,
  });
}

/** The URL beside the installed package: development servers of Vite before 8 serve this module from their cache, without the files beside it. */
function installed(url: URL): URL {
  url.pathname = url.pathname.replace("/node_modules/.vite/deps/", "/node_modules/@steepest/browser/dist/");
  return url;
}
