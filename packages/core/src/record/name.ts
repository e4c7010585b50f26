import { requireInteger, requireObject, requireText } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";

/** The parts of the name of a run folder: "sign-s0-0123456789ab". */
export interface RunName {
  readonly arm: string;
  readonly seed: number;
  /** SHA-256 in hex, or its start, of everything that decides the rows. */
  readonly hash: string;
}

const hashDigits = 12;
const form = new RegExp(`^(?<arm>.+)-s(?<seed>\\d+)-(?<hash>[0-9a-f]{${hashDigits}})$`);
const segment = /^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,198}[A-Za-z0-9])?$/;

/**
 * The folder of one run: `<arm>-s<seed>-<first 12 hex digits of hash>`.
 *
 * @param name  arm, seed and hash of the run
 * @returns a path segment
 * @throws DefinitionError  if the arm cannot be part of a file name, or the seed is no integer >= 0
 */
export function runName(name: RunName): string {
  const { arm, seed, hash } = requireObject("name", name);
  requireInteger("seed", seed, 0);
  requireText("hash", hash);
  return requirePlainName("arm", `${requirePlainName("arm", arm)}-s${seed}-${hash.slice(0, hashDigits)}`);
}

/**
 * Reads the name of a run folder.
 *
 * @param name  name of a folder
 * @returns its parts, `hash` with 12 digits; undefined for any other name
 */
export function parseRunName(name: string): RunName | undefined {
  const { arm, seed, hash } = form.exec(requireText("name", name))?.groups ?? {};
  return arm === undefined ? undefined : { arm, seed: Number(seed), hash: hash! };
}

/**
 * The name, if it is one path segment on every file system.
 *
 * @param path  of the name, for messages
 * @param name  any text
 * @returns `name`
 * @throws DefinitionError  unless it consists of letters, digits, and . _ + - between them, no ".."
 */
export function requirePlainName(path: string, name: string): string {
  requireText("path", path);
  if (segment.test(requireText(path, name)) && !name.includes("..")) return name;
  throw DefinitionError.at(path, `must be a plain file name, got "${name}"`, {
    value: name,
    hint: 'use letters and digits, with ".", "_", "+" or "-" between them',
  });
}
