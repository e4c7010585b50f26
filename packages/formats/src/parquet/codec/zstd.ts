import { ZSTDDecoder } from "zstddec";
import { refuse } from "../../check/refuse.js";
import type { Unpack } from "./codec.js";

/**
 * The decoder of Zstandard, which is the library itself as WebAssembly.
 *
 * @returns a function that unpacks pages
 * @throws an error of the engine where WebAssembly is not allowed
 */
export async function startedZstd(): Promise<Unpack> {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  return (name, bytes, size) => {
    if (size === 0) return new Uint8Array(0); // with which the decoder would believe the page
    const unpacked = decoder.decode(bytes, size); // of no length where it is not intact: ZSTD_decompress gives a negative number then
    if (unpacked.length === size) return unpacked;
    const what = `a page of ${bytes.length} bytes is not Zstandard that unpacks to the ${size} bytes that its header promises`;
    return refuse(name, what, "the file is corrupt; write or download it again", size);
  };
}
