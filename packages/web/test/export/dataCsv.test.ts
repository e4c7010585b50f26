import fc from "fast-check";
import { expect, test } from "vitest";
import { readTable } from "../../src/data/readTable.js";
import { dataCsv } from "../../src/export/dataCsv.js";

const value = fc.double({ noNaN: true, noDefaultInfinity: true });

test("data as a table are read back with the same bits, with the bias coordinate or without one", () => {
  const samples = fc
    .integer({ min: 1, max: 4 })
    .chain((width) =>
      fc.tuple(fc.constant(width), fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 9 })),
    );
  fc.assert(
    fc.property(samples, fc.constantFrom(0, 1, 0.1), ([width, points], constant) => {
      const rows = constant === 0 ? points : points.map((point) => [...point, constant]);
      const labels = points.map((_, i) => (i % 2 === 0 ? -1 : 1));
      const shown = { inputs: Float64Array.from(rows.flat()), labels, inputDim: rows[0]!.length };
      const text = dataCsv(shown, constant);
      expect(text.split("\n")[0]).toBe([...Array.from({ length: width }, (_, k) => `x${k + 1}`), "bias", "label"].join());
      expect(readTable("data.csv", new TextEncoder().encode(text))).toEqual({ kind: "points", inputs: points, labels, constant });
    }),
  );
});
