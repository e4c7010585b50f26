import { KernelLoadError } from "./errors.js";

/** The custom section at the end of the binary, whose content is the start of the SHA-256 of all bytes before it, in hexadecimal. */
const name = "steepest.build";
const stampLength = 16;
/** Id of custom sections, size of the content, length of the name: one byte each. */
const header: readonly number[] = [0, 1 + name.length + stampLength, name.length];
const sectionLength: number = header.length + name.length + stampLength;

const text = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

/** True if the bytes end with the stamp that the build writes at the end of its binary. */
export function hasStamp(bytes: Uint8Array): boolean {
  const start = bytes.length - sectionLength;
  const nameStart = start + header.length;
  return start > 0 && header.every((byte, i) => byte === bytes[start + i]) && text(bytes, nameStart, nameStart + name.length) === name;
}

/**
 * Compares the bytes of the binary with the hash that its build wrote at their end: a bit that a disk or a transport has flipped changes results without
 * a word. Where the host has no `crypto.subtle`, as browsers on pages without TLS, nothing is compared.
 *
 * @param bytes   the binary as it was read
 * @param who     the caller, first words of the message
 * @param origin  path or URL of the bytes, for the error
 * @throws KernelLoadError  if they have another hash, or no stamp
 */
export async function requireIntact(bytes: Uint8Array<ArrayBuffer>, who: string, origin: string): Promise<void> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return;
  if (!hasStamp(bytes)) {
    throw new KernelLoadError(
      `${who}: the binary of ${origin} does not end with the stamp of its build, expected steepest.wasm as it was built`,
      {
        path: origin,
        value: bytes.length,
        hint: `tools that strip custom sections must keep ${name}; otherwise steepest.wasm is truncated or damaged: install it again`,
      },
    );
  }
  const stamp = text(bytes, bytes.length - stampLength, bytes.length);
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes.subarray(0, bytes.length - sectionLength)));
  const found = Array.from(digest.subarray(0, stampLength / 2), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found === stamp) return;
  throw new KernelLoadError(
    `${who}: the binary of ${origin} is damaged: its SHA-256 begins with ${found}, that of its build with ${stamp}`,
    {
      path: origin,
      value: found,
      hint: "a bit of steepest.wasm has changed since it was built: install it again, and if that does not help, check disk and memory of the machine",
    },
  );
}
