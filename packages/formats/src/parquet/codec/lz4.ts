import { refuse } from "../../check/refuse.js";

const hint = "the file is corrupt; write or download it again";

/** A part of a page that is compressed by itself, and the bytes that it unpacks to. */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

/**
 * Unpacks a page that is one block of LZ4. The function of hyparquet-compressors gives zeros where a block is cut.
 * Source: lz4/lz4, doc/lz4_Block_format.md.
 *
 * @param name   the name of the file and of the column, for messages
 * @param bytes  the compressed page
 * @param size   bytes that it must unpack to
 * @returns the unpacked page
 * @throws DataError  if it is not intact
 */
export function unlz4(name: string, bytes: Uint8Array, size: number): Uint8Array {
  const unpacked = new Uint8Array(size);
  unpackBlock(name, bytes, { start: 0, end: bytes.length, size }, unpacked);
  return unpacked;
}

/**
 * Unpacks a page of the older kind of LZ4: blocks, each behind its unpacked and its packed length as Hadoop writes them, or one block without them.
 * Source: Apache Parquet, "Compression", LZ4; Apache Arrow, cpp/src/arrow/util/compression_lz4.cc.
 *
 * @param name   the name of the file and of the column, for messages
 * @param bytes  the compressed page
 * @param size   bytes that it must unpack to
 * @returns the unpacked page
 * @throws DataError  if it is not intact
 */
export function unlz4OfHadoop(name: string, bytes: Uint8Array, size: number): Uint8Array {
  const blocks = blocksOfHadoop(bytes, size);
  if (!blocks) return unlz4(name, bytes, size);
  const unpacked = new Uint8Array(size);
  let at = 0;
  for (const block of blocks) {
    unpackBlock(name, bytes, block, unpacked.subarray(at, at + block.size));
    at += block.size;
  }
  return unpacked;
}

/** The blocks behind their lengths; undefined where these do not add up. */
function blocksOfHadoop(bytes: Uint8Array, size: number): readonly Block[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks: Block[] = [];
  let [at, made] = [0, 0];
  while (at + 8 <= bytes.length) {
    const [unpacked, packed] = [view.getUint32(at), view.getUint32(at + 4)];
    const start = at + 8;
    at = start + packed;
    made += unpacked;
    if (at > bytes.length || made > size) return undefined;
    blocks.push({ start, end: at, size: unpacked });
  }
  return at === bytes.length && made === size ? blocks : undefined;
}

/** Unpacks a block to the beginning of `into`. */
function unpackBlock(name: string, bytes: Uint8Array, { start, end, size }: Block, into: Uint8Array): void {
  let [at, length] = [start, 0];
  const fault = (what: string): never => refuse(name, `byte ${at} of a compressed page: ${what}`, hint, at);
  const byte = (): number => (at < end ? bytes[at++]! : fault("a sequence goes on behind the end"));
  const counted = (nibble: number): number => {
    let count = nibble;
    if (nibble === 15) for (let more = 255; more === 255; count += more) more = byte();
    return count;
  };
  while (at < end) {
    const token = byte();
    const literals = counted(token >> 4);
    if (literals > end - at) fault(`${literals} bytes, of which ${end - at} are there`);
    if (literals > size - length) fault(`${literals} bytes, where ${size - length} are left`);
    into.set(bytes.subarray(at, at + literals), length);
    at += literals;
    length += literals;
    if (at === end) break; // the last sequence has no copy
    const distance = byte() + 256 * byte();
    const count = counted(token & 15) + 4;
    if (distance < 1 || distance > length) fault(`a copy from ${distance} bytes before, of ${length}`);
    if (count > size - length) fault(`${count} bytes, where ${size - length} are left`);
    for (let k = length; k < length + count; k++) into[k] = into[k - distance]!;
    length += count;
  }
  if (length !== size) fault(`${length} bytes, its header promises ${size}`);
}
