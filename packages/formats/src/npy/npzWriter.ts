import { zipSync } from "fflate";
import { type Column, hasGaps, type TableWriter } from "../write/column.js";

/**
 * An archive of NumPy, as `numpy.savez_compressed` writes it: one array per column, numbers as '<f8', texts as '<U'. Where a column lacks values, they are NaN or
 * empty, and the booleans NAME.missing tell them from others: `numpy.ma.array(file[name], mask=file[name + ".missing"])`.
 */
export const npzWriter: TableWriter = {
  id: "npz",
  title: "an archive of NumPy (.npz)",
  extension: "npz",
  write: async (columns) => {
    const arrays = columns.flatMap((column) => {
      const values = [column.name, valuesFile(column)] as const;
      return hasGaps(column) ? [values, [`${column.name}.missing`, npyBytes("|b1", column.missing!)] as const] : [values];
    });
    const mtime = new Date(1980, 0, 1); // on any day and in any time zone the first that zip can tell, as NumPy has it
    return zipSync(Object.fromEntries(arrays.map(([name, file]) => [`${name}.npy`, [file, { mtime }]])));
  },
};

function valuesFile({ values, missing }: Column): Uint8Array {
  if (values instanceof Float64Array) {
    const view = new DataView(new ArrayBuffer(8 * values.length));
    for (const [i, value] of values.entries()) view.setFloat64(8 * i, missing?.[i] ? Number.NaN : value, true);
    return npyBytes("<f8", new Uint8Array(view.buffer), values.length);
  }
  const points = pointsOf(values, missing);
  const length = points.reduce((most, text) => Math.max(most, text.length), 1);
  const view = new DataView(new ArrayBuffer(4 * length * values.length));
  for (const [i, text] of points.entries()) {
    for (const [k, point] of text.entries()) view.setUint32(4 * (i * length + k), point, true);
  }
  return npyBytes(`<U${length}`, new Uint8Array(view.buffer), values.length);
}

/** Code points of texts; equal texts share theirs. */
function pointsOf(texts: readonly string[], missing: Uint8Array | undefined): readonly (readonly number[])[] {
  const known = new Map<string, readonly number[]>();
  return texts.map((text, i) => {
    const shown = missing?.[i] ? "" : text;
    const points = known.get(shown) ?? Array.from(shown, (char) => char.codePointAt(0)!);
    known.set(shown, points);
    return points;
  });
}

/** Bytes that the elements begin at a multiple of, by the format. */
const alignment = 64;

/**
 * An .npy file of version 1.0 with one dimension. Source: NumPy reference, numpy.lib.format.
 *
 * @param descr     type of the elements
 * @param elements  their bytes
 * @param count     their number
 */
function npyBytes(descr: string, elements: Uint8Array, count: number = elements.length): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${count},), }`;
  const start = alignment * Math.ceil((10 + text.length + 1) / alignment);
  const header = `${text.padEnd(start - 11)}\n`;
  const bytes = new Uint8Array(start + elements.length);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length % 256, Math.floor(header.length / 256)]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(elements, start);
  return bytes;
}
