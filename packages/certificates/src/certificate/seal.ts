import { canonicalJson, KernelLoadError } from "@steepest/core";
import type { CertificateDocument } from "./document.js";

/**
 * SHA-256 of bytes.
 *
 * @param bytes  any
 * @returns lower-case hex
 * @throws KernelLoadError  where the host has no `crypto.subtle`, as browsers on pages without TLS
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = (globalThis as { crypto?: { subtle?: SubtleCrypto } }).crypto?.subtle;
  if (!subtle) {
    throw new KernelLoadError("certify: this host has no SHA-256", {
      hint: "browsers have it on pages from https or a loopback address",
    });
  }
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Numbers as little-endian f64. */
export function f64Bytes(...lists: readonly ArrayLike<number>[]): Uint8Array {
  const count = lists.reduce((sum, list) => sum + list.length, 0);
  const view = new DataView(new ArrayBuffer(8 * count));
  let at = 0;
  for (const list of lists) for (let i = 0; i < list.length; i++, at += 8) view.setFloat64(at, list[i]!, true);
  return new Uint8Array(view.buffer);
}

/**
 * The text of a certificate: canonical JSON after a first member `seal`, the SHA-256 of the text without that member, and a line feed.
 *
 * @param document  the certificate
 * @returns the file's content
 */
export async function sealedText(document: CertificateDocument): Promise<string> {
  const text = canonicalJson(document);
  const seal = await sha256(new TextEncoder().encode(text));
  return `{"seal":"${seal}",${text.slice(1)}\n`;
}
