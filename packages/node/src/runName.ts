import { DefinitionError } from "@steepest/core";

const hashDigits = 12;
const segment = /^[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,198}[A-Za-z0-9])?$/;

/**
 * The folder of one run: `<arm>-s<seed>-<first 12 hex digits of hash>`.
 *
 * @param hash  hex SHA-256 of everything that decides the run's numbers
 * @param run  arm, seed and hash of the run
 * @returns a path segment
 * @throws DefinitionError  if the arm cannot be part of a file name
 */
export function runName({ arm, seed, hash }: { readonly arm: string; readonly seed: number; readonly hash: string }): string {
  return requireSegment("arm", `${requireSegment("arm", arm)}-s${seed}-${hash.slice(0, hashDigits)}`);
}

/**
 * The name, if it is one path segment on every file system. @throws DefinitionError  unless it consists of letters, digits, and . _ + - between them, no ".."
 */
export function requireSegment(path: string, name: string): string {
  if (segment.test(name) && !name.includes("..")) return name;
  throw new DefinitionError(`${path}: must be a plain file name, got "${name}"`, {
    path,
    value: name,
    hint: 'use letters and digits, with ".", "_", "+" or "-" between them',
  });
}
