import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createGunzip } from "node:zlib";
import { DataError, isSteepestError } from "@steepest/core";
import { exhausted } from "./exhausted.js";

/** Name in messages of bytes that have no path. */
const givenBytes = "the given bytes";

/** Gzip makes a thousandth of zeros: a file may unpack to so many times the size that its own header promises, and is refused then, not before. */
const mostTimes = 10;

/** A rule that reads the length of a file of a format from its beginning. */
export interface Header {
  /** Bytes at the beginning that hold the length. */
  readonly length: number;
  /** Bytes of the whole file. @throws DataError  if it is not of this format */
  sizeOf(head: Uint8Array, name: string): number;
}

/**
 * The bytes of a data file, unpacked if they are gzipped, under any name. Unpacking holds no more than the header promises, and stops at ten times that.
 *
 * @throws DataError  if the file cannot be read, the gzip stream is corrupt or truncated, something follows it, or it unpacks to far too much
 * @throws ResourceError
 */
export async function readDataFile(source: string | URL | Uint8Array, header: Header): Promise<{ bytes: Uint8Array; name: string }> {
  if (source instanceof Uint8Array) return { bytes: await unpack(source, givenBytes, header), name: givenBytes };
  const name = source instanceof URL ? fileURLToPath(source) : source;
  return { bytes: await unpack(await read(name), name, header), name };
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const usedUp = exhausted(path, cause);
    if (usedUp) throw usedUp;
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw DataError.at(path, `${missing ? "does not exist" : `cannot be read: ${(cause as Error).message}`}`, {
      cause,
      hint: missing ? "check the path of the data file" : "expected a readable file",
    });
  }
}

async function unpack(bytes: Uint8Array, name: string, header: Header): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const collected = new Unpacked(name, header);
  try {
    await pipeline(Readable.from([bytes]), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) collected.push(chunk);
    });
  } catch (cause) {
    if (isSteepestError(cause)) throw cause;
    throw DataError.at(name, `is not an intact gzip file: ${(cause as Error).message}`, {
      cause,
      hint: "the file is truncated or corrupt, or something was appended to it; download it again",
    });
  }
  return collected.finish();
}

/** The unpacked content of a gzip stream, as far as the header says that it is wanted; the rest is only counted. */
class Unpacked {
  readonly #name: string;
  readonly #header: Header;
  #chunks: Buffer[] = [];
  #length = 0;
  #promised: number | undefined;

  constructor(name: string, header: Header) {
    this.#name = name;
    this.#header = header;
  }

  /** Takes a chunk of the stream. @throws DataError */
  push(chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#promised === undefined) {
      this.#chunks.push(chunk);
      if (this.#length < this.#header.length) return;
      const whole = Buffer.concat(this.#chunks);
      this.#chunks = [whole];
      this.#promised = this.#header.sizeOf(whole, this.#name);
    } else if (this.#length - chunk.length < this.#promised) this.#chunks.push(chunk);
    if (this.#length > mostTimes * this.#promised) this.#refuse(`unpacks to more than ${mostTimes} times`, this.#promised);
  }

  /** The unpacked bytes. @throws DataError  if there are more than the header promises */
  finish(): Uint8Array {
    if (this.#promised !== undefined && this.#length > this.#promised)
      this.#refuse(`unpacks to ${this.#length} bytes, more than`, this.#promised);
    return Buffer.concat(this.#chunks, this.#length);
  }

  #refuse(what: string, promised: number): never {
    throw DataError.at(this.#name, `${what} the ${promised} bytes that its header promises`, {
      value: promised,
      hint: "the file is not what it says, or something was appended to it; download it again",
    });
  }
}
