import { expect, test } from "vitest";
import { originals, readMutants, watchMemory } from "./support/mutants.js";

const seed = Number(process.env.STEEPEST_SEED ?? 20_260_101);
const largest = watchMemory();
const formats = await import("../src/index.js"); // behind the watch, which it must see

test.each(Object.keys(originals))("some mutants of %s are read or refused: no crash, no hang, no memory beyond the cap", async (format) => {
  const { read, refused } = await readMutants(formats, format, 400, { seed, largest });
  expect(read + refused).toBe(400);
  expect(refused).toBeGreaterThan(4);
});

test("the watch sees an allocation of a reader", async () => {
  largest();
  await formats.readTable({ name: "a.csv", bytes: new TextEncoder().encode("1,2\n3,4\n") });
  expect(largest()).toBeGreaterThan(0);
});
