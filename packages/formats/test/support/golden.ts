import { readFileSync } from "node:fs";
import type { NamedBytes } from "../../src/index.js";

/** Size of the table in the golden files. */
export const [goldenRows, goldenColumns] = [6, 4];

/** A golden file; test/golden/README.md says who wrote it. */
export const golden = (name: string): NamedBytes => ({
  name,
  bytes: new Uint8Array(readFileSync(new URL(`../golden/${name}`, import.meta.url))),
});

const table = (cell: (row: number, column: number) => number): number[] =>
  Array.from({ length: goldenRows * goldenColumns }, (_, i) => cell(Math.floor(i / goldenColumns), i % goldenColumns));

/** The numbers of the golden tables, row by row: sums, products and quotients that IEEE 754 fixes. */
export const doubles: readonly number[] = table((i, j) => (i - 2.5) / 3 + j * 0.1);

/** The whole numbers of the golden tables, row by row. */
export const whole: readonly number[] = table((i, j) => 7 * i - 3 * j);

/** The labels of the golden tables, and their names. */
export const labels: readonly number[] = Array.from({ length: goldenRows }, (_, i) => i % 2);
export const names: readonly string[] = labels.map((label) => (label === 1 ? "rock" : "mine"));
