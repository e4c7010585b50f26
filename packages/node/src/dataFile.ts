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

async function unpack(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await promisify(gunzip)(bytes);
  } catch (cause) {
    throw new DataError(`${name}: is not an intact gzip file: ${(cause as Error).message}`, {
      path: name,
      cause,
      hint: "the file is truncated or corrupt, or something was appended to it; download it again",
    });
  }
}
