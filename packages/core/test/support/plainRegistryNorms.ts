import { singularValues } from "../../../laws/test/support/plainSvd.js";
import type { PlainMatrix } from "./plainNetwork.js";

type Value = (matrices: readonly PlainMatrix[]) => number;

const entries = (matrices: readonly PlainMatrix[]): number[] => matrices.flatMap(({ values }) => [...values].map(Math.abs));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const largest = (values: readonly number[]): number => Math.max(0, ...values);
const euclidean = (values: readonly number[]): number => Math.hypot(...values);

const rows = (matrices: readonly PlainMatrix[]): number[] =>
  matrices.flatMap((one) =>
    Array.from({ length: one.rows }, (_, r) => euclidean([...one.values.slice(r * one.columns, (r + 1) * one.columns)])),
  );
const columns = (matrices: readonly PlainMatrix[]): number[] =>
  matrices.flatMap((one) =>
    Array.from({ length: one.columns }, (_, c) => euclidean([...one.values].filter((_, i) => i % one.columns === c))),
  );
const singular = (matrices: readonly PlainMatrix[]): number[] =>
  matrices.flatMap((one) => [...singularValues(one.values, one.rows, one.columns).sigma]);

const pair = (sizes: (matrices: readonly PlainMatrix[]) => number[]): [norm: Value, dual: Value] => [
  (matrices) => largest(sizes(matrices)),
  (matrices) => sum(sizes(matrices)),
];
const [linf, l1] = pair(entries);
const [rowMax, rowSum] = pair(rows);
const [colMax, colSum] = pair(columns);
const [spectral, nuclear] = pair(singular);
const l2: Value = (matrices) => euclidean(entries(matrices));

/** Value and dual value of norms of the registry in plain arithmetic, by id. */
export const plainRegistryNorms: Readonly<Partial<Record<string, { readonly norm: Value; readonly dual: Value }>>> = {
  l1: { norm: l1, dual: linf },
  l2: { norm: l2, dual: l2 },
  linf: { norm: linf, dual: l1 },
  spectral: { norm: spectral, dual: nuclear },
  nuclear: { norm: nuclear, dual: spectral },
  rowMax: { norm: rowMax, dual: rowSum },
  rowSum: { norm: rowSum, dual: rowMax },
  colMax: { norm: colMax, dual: colSum },
  colSum: { norm: colSum, dual: colMax },
};
