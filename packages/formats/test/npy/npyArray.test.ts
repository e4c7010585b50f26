import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { npyArray } from "../../src/npy/npyArray.js";
import { runs } from "../support/fuzz.js";
import { npyFile, types } from "../support/npyFile.js";
import { refused } from "../support/refused.js";

const f8 = (...values: number[]): Uint8Array => new Uint8Array(Float64Array.from(values).buffer);
const good = { descr: "'<f8'", shape: "(2, 2)", body: f8(1, 0, 2, 1) };
const most = 2 ** 20;
const numbersOf = (bytes: Uint8Array): number[] => {
  const array = npyArray("a.npy", bytes, most);
  return [...array.numbers(Array.from({ length: array.columns }, (_, k) => k))];
};

describe("an array of NumPy, from bytes written by hand", () => {
  test("the smallest file, byte by byte", () => {
    const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }";
    const bytes = [0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0, ...Buffer.from(header), 9, 0, 8, 1];
    expect(numbersOf(Uint8Array.from(bytes))).toEqual([9, 0, 8, 1]);
  });

  test.each(Object.keys(types))("%s in either byte order, C and Fortran order, of one to four dimensions, every version", (name) => {
    const { size, write, range } = types[name]!;
    const arrays = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((shape) => {
      const count = shape.reduce((product, length) => product * length, 1);
      const value = fc.integer({ min: range[0], max: range[1] });
      return fc.record({ shape: fc.constant(shape), values: fc.array(value, { minLength: count, maxLength: count }) });
    });
    const layout = fc.record({ little: fc.boolean(), isFortran: fc.boolean(), version: fc.constantFrom(1, 2, 3) });
    fc.assert(
      fc.property(arrays, layout, ({ shape, values }, { little, isFortran, version }) => {
        const body = new Uint8Array(values.length * size);
        for (const [i, value] of values.entries()) {
          // the index of each dimension of element i in C order, and its place in Fortran order
          let [rest, place, stride] = [i, 0, 1];
          const index = shape.toReversed().map((length) => {
            const one = rest % length;
            rest = Math.floor(rest / length);
            return one;
          });
          for (const [k, length] of shape.entries()) {
            place += index[shape.length - 1 - k]! * stride;
            stride *= length;
          }
          write(new DataView(body.buffer), size * (isFortran ? place : i), value, little);
        }
        const order = size === 1 ? "|" : little ? "<" : ">";
        const file = npyFile({ descr: `'${order}${name}'`, shape: `(${shape.join(", ")},)`, isFortran, version, body });
        const shifted = new Uint8Array(file.length + 3); // a view that begins within its buffer
        shifted.set(file, 3);
        expect(numbersOf(shifted.subarray(3))).toEqual(values);
      }),
      runs(60),
    );
  });

  test("every finite double comes back with its bits", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Object.is(numbersOf(npyFile({ ...good, body: f8(value, 0, 2, 1) }))[0], value)).toBe(true);
      }),
      runs(200),
    );
  });

  test.each([
    ["no magic", Uint8Array.of(1, 2, 3), "byte 0: does not begin with \\x93NUMPY"],
    ["nothing but magic", npyFile(good).subarray(0, 6), "byte 6: version missing of the .npy format"],
    ["version 4", npyFile({ ...good, version: 4 as 3 }), "byte 6: version 4 of the .npy format"],
    ["a cut header", npyFile(good).subarray(0, 50), "ends at byte 50, within its header, which goes on to byte 128"],
    ["a cut length", npyFile(good).subarray(0, 9), "ends at byte 9, within its header"],
    [
      "a cut array",
      npyFile(good).subarray(0, -1),
      "holds 31 bytes of elements from byte 128 on, its header promises 32 for 2 x 2 elements",
    ],
    [
      "more",
      npyFile({ ...good, body: f8(1, 0, 2, 1, 5) }),
      "holds 40 bytes of elements from byte 128 on, its header promises 32 for 2 x 2 elements",
    ],
    ["complex numbers", npyFile({ ...good, descr: "'<c16'" }), "the elements are of type '<c16'"],
    ["objects", npyFile({ ...good, descr: "'|O'" }), "the elements are of type '|O'"],
    ["objects as NumPy writes them", npyFile({ ...good, descr: "'|O8'" }), "holds Python objects ('|O')"],
    ["a name of an object's own", npyFile({ ...good, descr: "'<constructor'" }), "the elements are of type '<constructor'"],
    ["records", npyFile({ ...good, descr: "[('x', '<f8')]" }), "the elements are of type [('x', '<f8')]"],
    ["no dimension", npyFile({ ...good, shape: "()", body: f8(1) }), "holds a single element"],
    ["a negative size", npyFile({ ...good, shape: "(-2, 2)" }), "the header has the shape (-2, 2)"],
    [
      "more samples than there are atoms",
      npyFile({ ...good, shape: `(${"9".repeat(90)}, 2)` }),
      `the header has the shape (${"9".repeat(59)}`,
    ],
    [
      "a header that promises more than memory",
      npyFile({ ...good, shape: "(99999999999, 99)" }),
      "holds 32 bytes of elements from byte 128 on, its header promises 79199999999208 for 99999999999 x 99 elements",
    ],
    [
      "channels last",
      npyFile({ descr: "'|u1'", shape: "(1, 5, 5, 3)", body: new Uint8Array(75) }),
      "has the shape 1 x 5 x 5 x 3, with its channels last",
    ],
    ["not a number", npyFile({ ...good, body: f8(1, 0, Number.NaN, 1) }), "row 1, column 0 (counted from 0; byte 144) holds NaN"],
    ["infinity", npyFile({ ...good, body: f8(1, 0, 2, -Infinity) }), "row 1, column 1 (counted from 0; byte 152) holds -Infinity"],
  ])("%s is refused", async (_, bytes, message) => {
    expect((await refused(() => numbersOf(bytes))).message).toBe(`a.npy: ${message}`);
  });

  test("an integer that no double holds is refused", async () => {
    const body = new Uint8Array(BigInt64Array.of(1n, 0n, 2n ** 53n + 1n, 1n).buffer);
    const file = npyFile({ ...good, descr: "'<i8'", body });
    expect((await refused(() => numbersOf(file))).message).toContain("row 1, column 0 (counted from 0; byte 144) holds 9007199254740993");
  });

  test("more numbers than may be are refused before they are read", async () => {
    const file = npyFile({ descr: "'|u1'", shape: "(2, 100)", body: new Uint8Array(200) });
    expect((await refused(() => npyArray("a.npy", file, 1599))).message).toBe(
      "a.npy: 2 x 100 numbers take 1600 bytes, at most 1599 are read",
    );
  });

  test("a header that lacks a key is refused", async () => {
    const file = npyFile(good);
    file.set(Buffer.from("'scrap'"), 11);
    expect((await refused(() => numbersOf(file))).message).toMatch(/^a.npy: the header has no readable descr: /);
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
      expect(numbersOf(new Uint8Array(Buffer.from(base64, "base64"))), type).toEqual(rows.flat());
    }
  });
});
