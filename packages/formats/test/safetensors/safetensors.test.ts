import { DataError } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { parseSafetensors, safetensorsBytes } from "../../src/index.js";
import { integers } from "../support/mutations.js";
import { refused, utf8 } from "../support/refused.js";

const most = 2 ** 20;

/** A file as the specification says: the length of the header, the header, the data. */
function file(header: string, data: readonly number[], length = utf8(header).length): Uint8Array {
  const text = utf8(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

/** 1.5 as F64, F32, F16 and BF16, little-endian. */
const oneAndAHalf = { F64: [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], F32: [0, 0, 0xc0, 0x3f], F16: [0, 0x3e], BF16: [0xc0, 0x3f] };

const content = {
  metadata: { format: "pt", kühl: "ünï" },
  tensors: {
    "b.weight": { shape: [2, 2], values: Float64Array.of(1, -0, Number.NaN, Number.NEGATIVE_INFINITY) },
    "a.bias": { shape: [], values: Float64Array.of(5e-324) },
    empty: { shape: [0, 3], values: new Float64Array(0) },
  },
};

describe("a safetensors file", () => {
  test("reads back what was written, bit for bit", () => {
    const bytes = safetensorsBytes(content);
    expect(bytes.length % 8).toBe(0);
    expect(parseSafetensors("x", bytes, most)).toEqual(content);
    const { metadata, tensors } = content;
    const turned = {
      metadata: Object.fromEntries(Object.entries(metadata).reverse()),
      tensors: Object.fromEntries(Object.entries(tensors).reverse()),
    };
    expect(safetensorsBytes(turned)).toEqual(bytes);
  });

  test("is laid out as the specification says", () => {
    const bytes = safetensorsBytes({ metadata: { a: "1" }, tensors: { w: { shape: [1], values: Float64Array.of(1.5) } } });
    const header = '{"__metadata__":{"a":"1"},"w":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}';
    const padded = header.padEnd(80, " ");
    expect(bytes).toEqual(file(padded, oneAndAHalf.F64));
  });

  test.each(Object.entries(oneAndAHalf))("with numbers of type %s gives the doubles that they are", (dtype, data) => {
    const header = `{"w":{"dtype":"${dtype}","shape":[1],"data_offsets":[0,${data.length}]}}`;
    expect(parseSafetensors("x", file(header, data), most)).toEqual({
      metadata: {},
      tensors: { w: { shape: [1], values: Float64Array.of(1.5) } },
    });
  });

  const w = (changes: string, data = oneAndAHalf.F64): Uint8Array => file(`{"w":{${changes}}}`, data);
  const cases: readonly (readonly [what: string, bytes: Uint8Array, message: string])[] = [
    ["nothing", new Uint8Array(3), "has 3 bytes, expected at least the 8"],
    ["a header beyond the limit", file("{}", [], 2 ** 40), "promise a header of 1099511627776 bytes, at most 100000000"],
    ["a header beyond the end", file("{}", [], 30), "ends at byte 10 within its header, which goes to byte 38"],
    ["no object", file("[]", []), 'byte 8 is 91, expected 123, the "{"'],
    ["no JSON", file("{]", []), "its header is not JSON"],
    ["metadata that is none", file('{"__metadata__":[]}', []), "__metadata__ is no object"],
    ["metadata of numbers", file('{"__metadata__":{"a":1}}', []), '__metadata__ has "a" that is no text'],
    ["a tensor that is none", file('{"w":3}', []), 'the tensor "w" is no object'],
    ["integers", w('"dtype":"I64","shape":[1],"data_offsets":[0,8]'), 'the tensor "w" is of type "I64"'],
    ["a type of the prototype", w('"dtype":"toString","shape":[1],"data_offsets":[0,8]'), 'is of type "toString"'],
    ["a negative size", w('"dtype":"F64","shape":[-1],"data_offsets":[0,8]'), 'the tensor "w" has no shape'],
    ["no place", w('"dtype":"F64","shape":[1]'), 'the tensor "w" has no data_offsets'],
    [
      "a place beyond the end",
      w('"dtype":"F64","shape":[2],"data_offsets":[0,16]'),
      "lies at bytes 0 to 16 of the data, of which there are 8",
    ],
    ["another size than its place", w('"dtype":"F64","shape":[2],"data_offsets":[0,8]'), "of shape 2 takes 16 bytes, its place has 8"],
    ["a size beyond all integers", w('"dtype":"F64","shape":[9e15,9e15],"data_offsets":[0,8]'), "its place has 8"],
    [
      "a tensor twice",
      w(`"dtype":"F64","shape":[1],"data_offsets":[0,8]},"\\u0077" :{"dtype":"F32","shape":[2],"data_offsets":[0,8]`),
      'has the key "w" twice',
    ],
    ["a field twice", w('"dtype":"F32","shape":[1],"shape":[2],"data_offsets":[0,8]'), 'has the key "shape" twice'],
    ["a hole", w('"dtype":"F32","shape":[1],"data_offsets":[4,8]'), 'the tensor "w" begins at byte 4 of the data, expected 0'],
    ["data of no tensor", file("{}", [1]), "has 1 bytes of data, its tensors take 0"],
  ];
  test.each(cases)("with %s is refused, and said where", async (_, bytes, message) => {
    expect((await refused(() => parseSafetensors("start.safetensors", bytes, most))).message).toContain(message);
  });

  test("of more numbers than the cap is refused before they are allocated", async () => {
    const bytes = safetensorsBytes(content);
    expect((await refused(() => parseSafetensors("x", bytes, 32))).message).toContain("take 40 bytes, at most 32 are read");
  });

  const seed = Number(process.env.STEEPEST_SEED ?? 20_260_101);
  test(`of 10000 mutants is read or refused, seed ${seed}`, () => {
    const pick = integers(seed);
    const bytes = safetensorsBytes(content);
    let read = 0;
    for (let round = 0; round < 10_000; round++) {
      const mutant = pick(4) === 0 ? bytes.slice(0, pick(bytes.length)) : bytes.slice();
      for (let k = pick(5); k >= 0 && mutant.length > 0; k--) mutant[pick(mutant.length)]! ^= 1 << pick(8);
      try {
        const { tensors } = parseSafetensors("x", mutant, most);
        read += Object.keys(tensors).length > 0 ? 1 : 0;
      } catch (error) {
        expect(error).toBeInstanceOf(DataError);
      }
    }
    expect(read).toBeGreaterThan(100);
  });
});
