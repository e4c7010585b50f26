export interface NpyFile {
  readonly descr: string;
  readonly shape: string;
  readonly isFortran?: boolean;
  readonly version?: 1 | 2 | 3;
  readonly body: Uint8Array;
}

/** A file as the NumPy reference describes it: magic, version, length of the header, header, padding to a multiple of 64, values. */
export function npyFile({ descr, shape, isFortran = false, version = 1, body }: NpyFile): Uint8Array {
  const dictionary = `{'descr': ${descr}, 'fortran_order': ${isFortran ? "True" : "False"}, 'shape': ${shape}, }`;
  const before = version === 1 ? 10 : 12;
  const header = `${dictionary.padEnd(Math.ceil((before + dictionary.length + 1) / 64) * 64 - before - 1)}\n`;
  const bytes = new Uint8Array(before + header.length + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  if (version === 1) view.setUint16(8, header.length, true);
  else view.setUint32(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), before);
  bytes.set(body, before + header.length);
  return bytes;
}

type Writer = (view: DataView, at: number, value: number, little: boolean) => void;

/** Supported types: the size in bytes, the writer of one value, and the range of whole numbers that it holds exactly. */
export const types: Readonly<Record<string, { readonly size: number; readonly write: Writer; readonly range: readonly [number, number] }>> =
  {
    f8: { size: 8, write: (view, at, value, little) => view.setFloat64(at, value, little), range: [-(2 ** 53), 2 ** 53] },
    f4: { size: 4, write: (view, at, value, little) => view.setFloat32(at, value, little), range: [-(2 ** 24), 2 ** 24] },
    i8: { size: 8, write: (view, at, value, little) => view.setBigInt64(at, BigInt(value), little), range: [-(2 ** 53), 2 ** 53] },
    i4: { size: 4, write: (view, at, value, little) => view.setInt32(at, value, little), range: [-(2 ** 31), 2 ** 31 - 1] },
    i2: { size: 2, write: (view, at, value, little) => view.setInt16(at, value, little), range: [-(2 ** 15), 2 ** 15 - 1] },
    i1: { size: 1, write: (view, at, value) => view.setInt8(at, value), range: [-128, 127] },
    u8: { size: 8, write: (view, at, value, little) => view.setBigUint64(at, BigInt(value), little), range: [0, 2 ** 53] },
    u4: { size: 4, write: (view, at, value, little) => view.setUint32(at, value, little), range: [0, 2 ** 32 - 1] },
    u2: { size: 2, write: (view, at, value, little) => view.setUint16(at, value, little), range: [0, 2 ** 16 - 1] },
    u1: { size: 1, write: (view, at, value) => view.setUint8(at, value), range: [0, 255] },
    b1: { size: 1, write: (view, at, value) => view.setUint8(at, value), range: [0, 1] },
  };
