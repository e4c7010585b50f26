import type { Column } from "../../src/index.js";

const numbers = Float64Array.of(0.1, -0, 0, Number.NaN, Infinity, -Infinity, 5e-324, -1.7976931348623157e308, 1e21);
const texts = ["gradient", "sign", "ärm", "𝒳", "", "NaN", 'with "quotes", and\nlines', "sign", "sign"];
const missing = Uint8Array.from([0, 1, 0, 0, 0, 1, 0, 0, 0]);

/** A table of what writers get wrong; test/golden/written.parquet holds it. */
export const written: readonly Column[] = [
  { name: "arm", values: texts },
  { name: "margin.l2", values: numbers },
  { name: "gap", values: numbers, missing },
  { name: "words", values: texts, missing },
];

/** A table without rows; test/golden/written-empty.parquet holds it. */
export const writtenEmpty: readonly Column[] = [
  { name: "arm", values: [] },
  { name: "x", values: new Float64Array(0) },
];
