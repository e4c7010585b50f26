import { describe, expect, test } from "vitest";
import { jsonText } from "../src/jsonText.js";

describe("JSON", () => {
  const value = { b: [1, [], {}, null, "x\n", undefined], a: { c: true, d: undefined, e: [{ f: 1e-7 }] }, é: "" };

  test("is what JSON.stringify makes of plain data, indented or in one line", () => {
    expect(jsonText(value)).toBe(JSON.stringify(value, null, 2));
    expect(jsonText(value, 0)).toBe(JSON.stringify(value));
    for (const simple of [[], {}, 1, "a", true, null]) expect(jsonText(simple)).toBe(JSON.stringify(simple, null, 2));
  });

  test("keeps -0, and has NaN and infinities as strings", () => {
    expect(jsonText([-0, Number.NaN, Infinity, -Infinity], 0)).toBe('[-0.0,"NaN","Infinity","-Infinity"]');
    expect(JSON.parse(jsonText({ last: { alignment: -0 } }))).toEqual({ last: { alignment: -0 } }); // toEqual tells -0 from 0
  });
});
