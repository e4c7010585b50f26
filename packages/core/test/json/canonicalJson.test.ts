import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, decodeJson, encodeNumber } from "../../src/index.js";
import { lawOptions } from "../support/profile.js";

const runs = (numRuns: number) => ({ seed: lawOptions.seed, numRuns });
const refusal = (path?: string) => expect.objectContaining({ code: "DEFINITION", ...(path !== undefined && { path }) });

const special = ["NaN", "Infinity", "-Infinity", "-0"];
const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, -0, 0, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE, 2 ** -1022),
);
const anyText = fc.oneof(
  fc.string({ unit: "binary" }).filter((text) => !special.includes(text)),
  fc.constantFrom("toString", "__proto__", "nan", "0"),
);
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    anyNumber,
    anyText,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "10", "9", "NaN", "constructor")), tie("value"), { maxKeys: 4 }),
  ),
}));

/** A value whose objects have their keys in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.create(null);
  for (const [key, member] of Object.entries(value).reverse()) copy[key] = reversed(member);
  return copy;
}

describe("numbers", () => {
  test("read back as the same double, and as decimals where JSON has them", () =>
    fc.assert(
      fc.property(anyNumber, (x) => {
        expect(decodeJson(encodeNumber(x))).toBe(x);
        if (Number.isFinite(x)) expect(JSON.parse(encodeNumber(x))).toBe(x);
      }),
      runs(1000),
    ));

  test("are written with the shortest decimals, and as strings where JSON has none", () => {
    const written = [0.1, 1e21, 5e-324, 0, -0, Number.NaN, Infinity, -Infinity].map(encodeNumber);
    expect(written).toEqual(["0.1", "1e+21", "5e-324", "0", "-0.0", '"NaN"', '"Infinity"', '"-Infinity"']);
  });
});

test("-0 is a number, and is read where it is a string as in older files", () => {
  expect(canonicalJson({ a: -0 })).toBe('{"a":-0.0}');
  for (const text of ['{"a":"-0"}', '{"a":-0}', '{"a":-0.0}']) expect(decodeJson(text)).toEqual({ a: -0 }); // toEqual tells -0 from 0
});

describe("canonical JSON", () => {
  test("reads back as the value it was written from", () =>
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(isDeepStrictEqual(decodeJson(canonicalJson(value)), plain(value))).toBe(true); // toStrictEqual stumbles over a key "constructor"
      }),
      runs(1000),
    ));

  test("does not depend on the order of the keys", () =>
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
      runs(1000),
    ));

  test("is a fixed point: reading and writing again gives the same text", () =>
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(decodeJson(text))).toBe(text);
      }),
      runs(200),
    ));

  test("sorts keys by code units, leaves out undefined and has no white space", () => {
    expect(canonicalJson({ b: [1, { z: -0, a: null }], 10: true, 9: "x", a: undefined, é: 1, B: Number.NaN })).toBe(
      '{"10":true,"9":"x","B":"NaN","b":[1,{"a":null,"z":-0.0}],"é":1}',
    );
  });

  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  test.each([
    ["a function", { a: { b: () => 1 } }, "$.a.b"],
    ["a bigint", { a: [1n] }, "$.a[0]"],
    ["undefined in an array", [undefined], "$[0]"],
    ["a hole in an array", new Array(1), "$[0]"],
    ["a class instance", { at: new Date(0) }, "$.at"],
    ["a typed array", { theta: new Float64Array(2) }, "$.theta"],
    ["a cycle", cyclic, "$.self"],
    ["a string that stands for a number", { label: "NaN" }, "$.label"],
  ])("refuses %s and says where it is", (_, value, path) => expect(() => canonicalJson(value)).toThrow(refusal(path)));

  test("a thousand levels are written and read, one more is refused by both", () => {
    const nested = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
    const text = canonicalJson(nested(1000));
    expect(canonicalJson(decodeJson(text))).toBe(text);
    expect(() => canonicalJson(nested(1001))).toThrow(refusal());
    expect(() => decodeJson(`[${text}]`)).toThrow(SyntaxError);
    expect(decodeJson(JSON.stringify(["[".repeat(2000), '"{'.repeat(2000)]))).toHaveLength(2); // brackets in texts
  });

  test("the same object twice is not a cycle", () => {
    const shared = { x: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"x":1},{"x":1}]');
  });
});

/** A copy with ordinary prototypes: fast-check's dictionaries have none; the rest is compared strictly. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
