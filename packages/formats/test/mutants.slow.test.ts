import { expect, test } from "vitest";
import { originals, readMutants } from "./support/mutants.js";
import { watchMemory } from "./support/watchMemory.js";

const seed = Number(process.env.STEEPEST_SEED ?? 20_260_101);
const largest = watchMemory();
const formats = await import("../src/index.js"); // behind the watch, which it must see

test.each(Object.keys(originals))(
  "10 000 mutants of %s are read or refused: no crash, no hang, no memory beyond the cap",
  { timeout: 600_000 },
  async (format) => {
    const { read, refused } = await readMutants(formats, format, 10_000, { seed, largest });
    console.log(`${format}: ${read} read, ${refused} refused, seed ${seed}`);
    expect(refused).toBeGreaterThan(100);
  },
);
