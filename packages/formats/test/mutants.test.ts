import { expect, test } from "vitest";
import { originals, readMutants } from "./support/mutants.js";
import { watchMemory } from "./support/watchMemory.js";

const seed = Number(process.env.STEEPEST_SEED ?? 20_260_101);
const largest = watchMemory();
const formats = await import("../src/index.js"); // behind the watch, which it must see

test.each(Object.keys(originals))("some mutants of %s are read or refused: no crash, no hang, no memory beyond the cap", async (format) => {
  const count = format.startsWith("weights") ? 10_000 : 400;
  const { read, refused } = await readMutants(formats, format, count, { seed, largest });
  expect(read + refused).toBe(count);
  expect(refused).toBeGreaterThan(count / 100);
});

test("the watch sees an allocation of a reader", async () => {
  largest();
  await formats.readTable({ name: "a.csv", bytes: new TextEncoder().encode("1,2\n3,4\n") });
  expect(largest()).toBeGreaterThan(0);
});
