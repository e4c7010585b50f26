import fc from "fast-check";
import { expect, test } from "vitest";
import { readTable } from "../../src/data/readTable.js";
import { dataCsv } from "../../src/export/dataCsv.js";
import { hardLimits } from "../../src/setup/limits.js";

const value = fc.double({ noNaN: true, noDefaultInfinity: true });

test("data as a table are read back with the same bits, with the bias coordinate or without one", async () => {
  const samples = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.tuple(fc.constant(width), fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 9 })),
    );
  await fc.assert(
    fc.asyncProperty(samples, fc.constantFrom(0, 1, 0.1), async ([width, points], constant) => {
      const rows = constant === 0 ? points : points.map((point) => [...point, constant]);
      const labels = points.map((_, i) => (i % 2 === 0 ? -1 : 1));
      const shown = { inputs: Float64Array.from(rows.flat()), labels, inputDim: rows[0]!.length };
      const text = dataCsv(shown, constant).join("");
      expect(text.split("\n")[0]).toBe([...Array.from({ length: width }, (_, k) => `x${k + 1}`), "bias", "label"].join());
      expect((await readTable("data.csv", new TextEncoder().encode(text))).samples).toEqual({
        kind: "points",
        inputs: points,
        labels,
        constant,
      });
    }),
  );
});

test.each([
  ["without a bias", hardLimits.inputDim, 0],
  ["with one", hardLimits.inputDim, 1],
])("samples of as many coordinates as the page allows, %s, are read back", async (_, inputDim, constant) => {
  const inputs = Float64Array.from({ length: 2 * inputDim }, (_value, i) =>
    i % inputDim === inputDim - 1 && constant !== 0 ? constant : i,
  );
  const text = dataCsv({ inputs, labels: [-1, 1], inputDim }, constant).join("");
  const { inputs: rows, constant: read } = (await readTable("data.csv", new TextEncoder().encode(text))).samples;
  expect([...rows[0]!, ...(read === 0 ? [] : [read])]).toEqual([...inputs.subarray(0, inputDim)]);
  const wider = text.replaceAll("\n", "\n7,").replace(/7,$/, "");
  await expect(readTable("data.csv", new TextEncoder().encode(`more,${wider}`))).rejects.toThrow(
    constant === 0 ? "more than 10002 columns" : "have 10001 coordinates with the bias",
  );
});
