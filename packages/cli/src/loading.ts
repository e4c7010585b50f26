import type { exitCode } from "./exitCode.js";

/*
 * Imported before everything else, like the signals, and loads nothing: it speaks where the rest could not be loaded.
 */

const environment: (typeof exitCode)["environment"] = 5;

const moreFiles = "this process may open no more files; raise the limit (ulimit -n)";

const missing = "a part of steepest is missing; install it again";

/** Remedies by the code of the error. */
const hints: Readonly<Record<string, string>> = {
  EMFILE: moreFiles,
  ENFILE: "this machine may open no more files; close some programs",
  ENOMEM: "the system gives no more memory",
  EAGAIN: "no more threads or processes may be started; raise the limit (ulimit -u, or that of the container)",
  ERR_MODULE_NOT_FOUND: missing,
  ERR_UNSUPPORTED_DIR_IMPORT: missing, // where the manifest of a package could not be opened
};

/** Says why the program could not be loaded. @returns its exit code  @throws the error, unless the machine or the installation caused it */
export function loadingCode(error: unknown): number {
  const { code, message } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : hints[code];
  if (known === undefined) throw error;
  const hint = known === missing && mayOpenFewFiles() ? moreFiles : known;
  process.stderr.write(`error steepest cannot be loaded: ${message}\nhint: ${hint}\n`);
  return environment;
}

/** True if few files may be open: Node's loader opens hundreds at once, and reports those that it may not open as missing. */
function mayOpenFewFiles(): boolean {
  const report = process.report.getReport() as unknown as { readonly userLimits?: { readonly open_files?: { readonly soft?: unknown } } };
  const limit = report.userLimits?.open_files?.soft;
  return typeof limit === "number" && limit < 512;
}
