import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { npyFile, types } from "../../../formats/test/support/npyFile.js";
import { readNpy } from "../../src/data/npy.js";
import { runs } from "../fuzz.js";
import { refused } from "./refused.js";

const f8 = (...values: number[]): Uint8Array => new Uint8Array(Float64Array.from(values).buffer);
const good = { descr: "'<f8'", shape: "(2, 2)", body: f8(1, 0, 2, 1) };

describe("an array of NumPy, from bytes written by hand", () => {
  test("the smallest file, byte by byte", () => {
    const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }";
    const bytes = [0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0, ...Buffer.from(header), 9, 0, 8, 1];
    expect(readNpy(Uint8Array.from(bytes)).samples).toEqual({ kind: "points", inputs: [[9], [8]], labels: [-1, 1], constant: 1 });
  });

  test.each(Object.keys(types))("%s in either byte order, C and Fortran order, every version", (name) => {
    const { size, write, range } = types[name]!;
    const value = fc.integer({ min: range[0], max: range[1] });
    const values = fc
      .tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, inputs]) => fc.array(fc.array(value, { minLength: inputs, maxLength: inputs }), { minLength: rows, maxLength: rows }));
    const layout = fc.record({ little: fc.boolean(), isFortran: fc.boolean(), version: fc.constantFrom(1, 2, 3) });
    fc.assert(
      fc.property(values, layout, (inputs, { little, isFortran, version }) => {
        const rows = inputs.map((row, i) => [...row, i === 0 ? 0 : 1]);
        const columns = rows[0]!.length;
        const body = new Uint8Array(rows.length * columns * size);
        rows.forEach((row, r) => {
          row.forEach((entry, c) => {
            write(new DataView(body.buffer), size * (isFortran ? c * rows.length + r : r * columns + c), entry, little);
          });
        });
        const order = size === 1 ? "|" : little ? "<" : ">";
        const file = npyFile({ descr: `'${order}${name}'`, shape: `(${rows.length}, ${columns})`, isFortran, version, body });
        const shifted = new Uint8Array(file.length + 3); // a view that begins within its buffer
        shifted.set(file, 3);
        const labels = rows.map((_, i) => (i === 0 ? -1 : 1));
        expect(readNpy(shifted.subarray(3)).samples).toStrictEqual({ kind: "points", inputs, labels, constant: 1 });
      }),
      runs(60),
    );
  });

  test("every double comes back with its bits", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const { inputs } = readNpy(npyFile({ ...good, body: f8(value, 0, 2, 1) })).samples;
        expect(Object.is(inputs[0]![0], value)).toBe(true);
      }),
      runs(200),
    );
  });

  test.each([
    ["no magic", Uint8Array.of(1, 2, 3), "the file does not begin with \\x93NUMPY"],
    ["nothing but magic", npyFile(good).subarray(0, 6), "the file has version missing of the .npy format"],
    ["version 4", npyFile({ ...good, version: 4 as 3 }), "the file has version 4 of the .npy format"],
    ["a cut header", npyFile(good).subarray(0, 50), "the file ends within its header"],
    ["a cut length", npyFile(good).subarray(0, 9), "the file ends within its header"],
    ["a cut array", npyFile(good).subarray(0, -1), "the file holds 31 bytes of values, its header promises 32"],
    ["more than an array", npyFile({ ...good, body: f8(1, 0, 2, 1, 5) }), "the file holds 40 bytes of values, its header promises 32"],
    ["half precision", npyFile({ ...good, descr: "'<f2'" }), "the array's type is '<f2'"],
    ["complex numbers", npyFile({ ...good, descr: "'<c16'" }), "the array's type is '<c16'"],
    ["objects", npyFile({ ...good, descr: "'|O'" }), "the array's type is '|O'"],
    ["text", npyFile({ ...good, descr: "'<U3'" }), "the array's type is '<U3'"],
    ["a name of an object's own", npyFile({ ...good, descr: "'<constructor'" }), "the array's type is '<constructor'"],
    ["records", npyFile({ ...good, descr: "[('x', '<f8'), ('y', '<i4')]" }), "the array's type is [('x', '<f8'), ('y', '<i4')]"],
    ["one dimension", npyFile({ ...good, shape: "(4,)" }), "the array's shape is (4,)"],
    ["no dimension", npyFile({ ...good, shape: "()" }), "the array's shape is ()"],
    ["three dimensions", npyFile({ ...good, shape: "(2, 2, 1)" }), "the array's shape is (2, 2, 1)"],
    ["a negative size", npyFile({ ...good, shape: "(-2, 2)" }), "the array's shape is (-2, 2)"],
    ["one column", npyFile({ ...good, shape: "(4, 1)" }), "the file has 1 column"],
    ["one sample", npyFile({ ...good, shape: "(1, 4)" }), "the file has 1 sample, at least 2 are needed"],
    ["too many samples", npyFile({ ...good, shape: "(5001, 2)" }), "the file has more than 5000 samples"],
    ["more samples than there are atoms", npyFile({ ...good, shape: `(${"9".repeat(90)}, 2)` }), "the file has more than 5000 samples"],
    ["too many columns", npyFile({ ...good, shape: "(2, 10001)" }), "the file has more than 10000 columns"],
    ["one class", npyFile({ ...good, body: f8(1, 0, 2, 0) }), "the last column holds 1 different label"],
    ["not a number", npyFile({ ...good, body: f8(1, 0, Number.NaN, 1) }), "row 1, column 0 (counted from 0) holds NaN"],
    ["infinity", npyFile({ ...good, body: f8(1, 0, 2, -Infinity) }), "row 1, column 1 (counted from 0) holds -Infinity"],
  ])("%s is refused", (_, bytes, message) => {
    expect(refused(() => readNpy(bytes)).message).toBe(message);
  });

  test("an integer that no double holds is refused", () => {
    const body = new Uint8Array(BigInt64Array.of(1n, 0n, 2n ** 53n + 1n, 1n).buffer);
    const file = npyFile({ ...good, descr: "'<i8'", body });
    expect(refused(() => readNpy(file)).message).toBe("row 1, column 0 (counted from 0) holds 9007199254740993");
  });

  test("a header that lacks a key is refused", () => {
    const file = npyFile(good);
    file.set(Buffer.from("'scrap'"), 11);
    expect(refused(() => readNpy(file)).message).toMatch(/^the header has no readable descr: /);
  });
});

const script = `
import sys, io, base64, json, numpy as np
from numpy.lib import format as f
files = []
for name in ["f8", "f4", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "?"]:
    for order in ["<", ">"]:
        for fortran in [False, True]:
            for version in [(1, 0), (2, 0), (3, 0)]:
                a = (np.arange(21).reshape(7, 3) * 5 % 2 if name == "?" else np.arange(21).reshape(7, 3) * 5 % 19)
                a[:, 2] = np.arange(7) % 2
                a = np.array(a, dtype=order + name, order="F" if fortran else "C")
                out = io.BytesIO()
                f.write_array(out, a, version=version)
                files.append([str(a.dtype.str), base64.b64encode(out.getvalue()).decode(), a.astype(float).tolist()])
json.dump(files, sys.stdout)
`;

function filesOfNumPy(): readonly (readonly [string, string, readonly (readonly number[])[]])[] | undefined {
  try {
    return JSON.parse(execFileSync("python3", ["-c", script], { stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1e8 }).toString());
  } catch {
    return undefined;
  }
}

const files = filesOfNumPy();

describe("an array of NumPy, from files that NumPy wrote", () => {
  test.skipIf(!files)(files ? "every type, order and version" : "SKIPPED: python3 with numpy is not here", () => {
    expect(files).toHaveLength(11 * 2 * 2 * 3);
    for (const [type, base64, rows] of files!) {
      const { inputs, labels } = readNpy(new Uint8Array(Buffer.from(base64, "base64"))).samples;
      expect(inputs, type).toEqual(rows.map((row) => row.slice(0, 2)));
      expect(labels, type).toEqual(rows.map((row) => 2 * row[2]! - 1));
    }
  });
});
