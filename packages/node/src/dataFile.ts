import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { DataError } from "@steepest/core";

/** What messages call bytes that have no path. */
const givenBytes = "the given bytes";

/**
 * The bytes of a data file, unpacked if they are gzipped.
 *
 * @throws DataError  if the file cannot be read, the gzip stream is corrupt or truncated, or something follows it
 */
export async function readDataFile(source: string | URL | Uint8Array): Promise<{ bytes: Uint8Array; name: string }> {
  if (source instanceof Uint8Array) return { bytes: await unpack(source, givenBytes), name: givenBytes };
  const name = source instanceof URL ? fileURLToPath(source) : source;
  return { bytes: await unpack(await read(name), name), name };
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new DataError(`${path}: ${missing ? "does not exist" : `cannot be read: ${(cause as Error).message}`}`, {
      path,
      cause,
      hint: missing ? "check the path of the data file" : "expected a readable file",
    });
  }
}

/** zlib's `info: true`, which @types/node describes only for the synchronous functions. */
type GunzipInfo = (bytes: Uint8Array, options: { info: true }) => Promise<{ buffer: Uint8Array; engine: { bytesWritten: number } }>;
const gunzipWithInfo = promisify(gunzip) as unknown as GunzipInfo;

async function unpack(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  let unpacked: Awaited<ReturnType<GunzipInfo>>;
  try {
    unpacked = await gunzipWithInfo(bytes, { info: true });
  } catch (cause) {
    throw new DataError(`${name}: is not an intact gzip file: ${(cause as Error).message}`, {
      path: name,
      cause,
      hint: "the file is truncated or corrupt; download it again",
    });
  }
  const used = unpacked.engine.bytesWritten;
  if (used !== bytes.length) {
    throw new DataError(`${name}: has ${bytes.length - used} bytes after the end of its gzip stream, expected none`, {
      path: name,
      value: bytes.length - used,
      hint: "something was appended to it; download it again",
    });
  }
  return unpacked.buffer;
}
