import { expect, test } from "vitest";
import { tiny } from "../support/tiny.js";

test("no string is evaluated on the way from a definition to a checked one", async () => {
  const original = globalThis.Function;
  const evaluated: unknown[][] = [];
  const note = (parts: unknown[]): void => {
    evaluated.push(parts);
  };
  globalThis.Function = new Proxy(original, {
    construct(target, parts) {
      note(parts);
      return Reflect.construct(target, parts);
    },
  });
  try {
    const { parseDefinition } = await import("../../src/index.js");
    parseDefinition(tiny);
    expect(() => parseDefinition({ ...tiny, seeds: [] })).toThrow("seeds");
  } finally {
    globalThis.Function = original;
  }
  expect(evaluated).toEqual([]);
});
