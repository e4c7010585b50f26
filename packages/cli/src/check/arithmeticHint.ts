import { type ArithmeticOptions, arithmeticOf, type Sides } from "@steepest/laws";
import type { Checked } from "./family.js";

/** float32 rounds by so many times as much as float64: 2^-24 against 2^-53. */
const f32Slack = arithmeticOf({ precision: "f32" }).unitRoundoff / arithmeticOf({ precision: "f64" }).unitRoundoff;

/** Ranges whose squares are numbers of the precision. */
const squarable = { f64: "1e-150,1e150", f32: "1e-18,1e18" } as const;

/**
 * Options that ask a subject about what it can do, where its violations look like another arithmetic: sides that agree as far as float32 does, and sides
 * that overflow or vanish. A wrong subject gets the hint too; with the option its violations stay.
 */
export function arithmeticHints(violated: readonly Checked[], { precision = "f64", range }: ArithmeticOptions): string[] {
  const rounded = precision === "f64" ? violated.filter(({ worstSlack }) => worstSlack <= f32Slack) : [];
  const outside = range === undefined ? violated.filter(({ sides }) => sides !== undefined && leavesRange(sides)) : [];
  const some = (count: number) => `${count} of ${violated.length} ${violated.length === 1 ? "violation" : "violations"}`;
  return [
    ...(rounded.length > 0
      ? [
          `hint: the rounding of float32 would explain ${some(rounded.length)}: check a subject that computes in float32 with --precision f32`,
        ]
      : []),
    ...(outside.length > 0
      ? [
          `hint: overflow and underflow would explain ${some(outside.length)}: check a subject that squares entries with --range ${squarable[precision]}`,
        ]
      : []),
  ];
}

/** True if one side is 0 or infinite and the other is not, if both are infinite, or if a side is NaN and the other a number. */
function leavesRange({ left, right, relation }: Sides): boolean {
  const isLost = (x: number) => x === 0 || !Number.isFinite(x);
  if (Number.isNaN(left) && Number.isNaN(right)) return false;
  if (relation === ">") return left === 0 || left === Number.POSITIVE_INFINITY;
  if (Math.abs(left) === Number.POSITIVE_INFINITY && Math.abs(right) === Number.POSITIVE_INFINITY) return true;
  return isLost(left) !== isLost(right);
}
