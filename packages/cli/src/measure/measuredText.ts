import { numberText, type PlacedTensor, type WeightReadings } from "@steepest/experiments";
import { table } from "../table.js";

/** Digits of a number in the tables; JSON has all of them. */
const digits = 6;

/** The measurements of weights for people: where each block came from, the numbers without a norm, and those in every norm. */
export function measuredText(places: readonly PlacedTensor[], { scalars, inNorms }: WeightReadings): string {
  const kinds = Object.keys(Object.values(inNorms)[0] ?? {});
  return [
    table(
      ["block", "array", "shape"],
      places.map(({ block, tensor, shape }) => [block, tensor, shape.join(" x ")]),
    ),
    table(
      ["probe", "value"],
      Object.entries(scalars).map(([name, value]) => [name, text(value)]),
    ),
    table(
      ["norm", ...kinds],
      Object.entries(inNorms).map(([norm, readings]) => [norm, ...kinds.map((kind) => text(readings[kind]!))]),
      { names: 1 },
    ),
  ].join("\n\n");
}

const text = (value: number): string => (Number.isNaN(value) ? "-" : numberText(value, digits));
