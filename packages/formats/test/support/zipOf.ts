import { crc32, deflateRawSync } from "node:zlib";

/** Faults that a zip archive is written with. */
export interface ZipFaults {
  /** The unpacked length that the directory promises. */
  readonly size?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
  /** true: sizes stand in the extra field of zip64. */
  readonly wide?: boolean;
  /** true: every entry of the directory points at the first member. */
  readonly overlapping?: boolean;
}

/** A zip archive of deflated members, written by the description of the format. */
export function zipOf(
  members: Readonly<Record<string, Uint8Array>>,
  { size, crc, flags = 0, method = 8, wide = false, overlapping = false }: ZipFaults = {},
): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30);
    locals.push(local, packed);
    const extra = wide ? 4 + 24 : 0;
    const entry = Buffer.alloc(46 + name.length + extra);
    const promised = size ?? content.length;
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc ?? crc32(content), 16);
    const at = overlapping ? 0 : offset;
    for (const [place, value] of [
      [20, packed.length],
      [24, promised],
      [42, at],
    ] as const)
      entry.writeUInt32LE(wide ? 0xffffffff : value, place);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(extra, 30);
    entry.write(name, 46);
    if (wide) {
      entry.writeUInt16LE(1, 46 + name.length);
      entry.writeUInt16LE(24, 48 + name.length);
      for (const [k, value] of [promised, packed.length, at].entries()) entry.writeBigUInt64LE(BigInt(value), 50 + name.length + 8 * k);
    }
    entries.push(entry);
    offset += local.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...locals, directory, end]));
}
