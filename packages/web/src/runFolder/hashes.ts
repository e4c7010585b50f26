import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { RunningHash, TextHash } from "@steepest/core/internal";

/** SHA-256 of a text in UTF-8, in hex. */
export const textHash: TextHash = (text) => bytesToHex(sha256(new TextEncoder().encode(text)));

/** SHA-256 of bytes that come in pieces. */
export function runningHash(): RunningHash {
  const hash = sha256.create();
  return { update: (bytes) => void hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
}
