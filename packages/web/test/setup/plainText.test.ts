import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPlain, writePlain } from "../../src/setup/plainText.js";
import { runs } from "../fuzz.js";

const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/).filter((name) => name !== "__proto__");
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(..."!'(),:=&%#+.-e1") }),
  fc.constantFrom("true", "false", "null", "NaN", "Infinity", "1e5", "-", "", "'", "!'", "!", "!(", "a-b", "a.b", "-1"),
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((value) => value + 0);
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 5 }, fc.boolean(), number, text, tie("list"), tie("object")),
  list: fc.array(tie("value"), { maxLength: 4 }),
  object: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));

describe("plain text", () => {
  test("gives back any value of booleans, finite numbers, strings, lists and objects", () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = writePlain(value);
        const read = readPlain(written);
        expect(read).toStrictEqual(value);
        expect(writePlain(read)).toBe(written);
      }),
      runs(2000),
    );
  });

  test("with very many digits is refused as soon as it is read", () => {
    const digits = "1".repeat(2_000_000); // a pattern that tries every way to divide them would take an hour
    expect(() => readPlain(`${digits}x`)).toThrow(/^expected a number instead of 1{40} /);
    expect(readPlain("-1.e2")).toBe(-100);
  });

  test("of anything is read or refused with a SyntaxError", () => {
    const scrap = fc.string({ unit: fc.constantFrom(..."!'(),:=ab1.-+e true"), maxLength: 24 });
    fc.assert(
      fc.property(scrap, (written) => {
        try {
          expect(readPlain(writePlain(readPlain(written)))).toStrictEqual(readPlain(written));
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
      runs(3000),
    );
  });

  test.each([
    [{ kind: "steepest", norm: { lp: 3 }, normalized: true }, "(kind:steepest,norm:(lp:3),normalized:true)"],
    [[1, -0.5, 1e-8, 1e21], "!(1,-0.5,1e-8,1e+21)"],
    [["it's", "wow!", "true", ""], "!('it!'s','wow!!','true','')"],
    [{ a: undefined, b: 1 }, "(b:1)"],
    [{}, "()"],
    [[], "!()"],
  ])("%j is %s", (value, written) => {
    expect(writePlain(value)).toBe(written);
  });

  test.each([
    ["", "a value at character 1"],
    ["(", "a key at character 2"],
    ["(a", '":" at character 3'],
    ["(a:", "a value at character 4"],
    ["(a:1", '")" at character 5'],
    ["(a:1,", "a key at character 6"],
    ["(a:1,a:2)", "one a only at character 7"],
    ["(__proto__:1)", "a key at character 2"],
    ["(1:1)", "a key at character 2"],
    ["!(1", '")" at character 4'],
    ["!(1,)", "a value at character 5"],
    ["'a", `"'" at character 3`],
    ["'a!", `"'" at character 3`],
    ["'a!b'", `"'" at character 3`],
    ["1 ", "the end at character 2"],
    ["1)", "the end at character 2"],
    ["1.2.3", "a number instead of 1.2.3 at character 6"],
    ["+1", "a number instead of +1 at character 3"],
    ["-", "a number instead of - at character 2"],
    ["1e400", "a number instead of 1e400 at character 6"],
    ["1e-400", "a number instead of 1e-400 at character 7"],
    ["0x10", "a number instead of 0x10 at character 5"],
  ])("%s is refused", (written, expected) => {
    expect(() => readPlain(written)).toThrow(new SyntaxError(`expected ${expected} of ${written}`));
  });

  test("nested deeper than any definition is refused, not a stack overflow", () => {
    expect(() => readPlain("!(".repeat(100_000))).toThrow(/^expected less nesting/);
  });

  test("of a long quoted string is read", () => {
    const long = "x!'".repeat(300_000);
    expect(readPlain(writePlain(long))).toBe(long);
  });

  test.each([[null], [Number.NaN], [Infinity], [undefined], [{ "a b": 1 }], [{ a: [null] }], [1n]])("%s has no form", (value) => {
    expect(() => writePlain(value)).toThrow(TypeError);
  });
});
