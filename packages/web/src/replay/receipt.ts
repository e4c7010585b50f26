import { sha256 } from "@noble/hashes/sha2.js";
import type { Row } from "@steepest/experiments";
import type { Receipt } from "../setup/raceSetup.js";
import { base64url } from "./base64url.js";

/** Rows of every arm, in the order of their steps. */
export type RowsOfArms = readonly (readonly Row[])[];

/** The bits of the rows of every arm at one step: arm, step, then each value as binary64, little endian; every NaN is the same one. */
function bitsAt(step: number, arms: RowsOfArms, probes: readonly string[]): Uint8Array {
  const rows = arms.flatMap((rowsOfArm, arm) =>
    rowsOfArm.filter((row) => row.step === step).map((row) => [arm, step, ...probes.map((probe) => row[probe]!)]),
  );
  const view = new DataView(new ArrayBuffer(8 * rows.reduce((sum, row) => sum + row.length, 0)));
  rows.flat().forEach((value, i) => {
    view.setFloat64(8 * i, Number.isNaN(value) ? Number.NaN : value, true);
  });
  return new Uint8Array(view.buffer);
}

/** The steps up to `at` at which some arm has a row. */
function stepsUpTo(at: number, arms: RowsOfArms): number[] {
  const steps = new Set(arms.flatMap((rows) => rows.map(({ step }) => step)));
  return [...steps].filter((step) => step <= at).sort((a, b) => a - b);
}

/**
 * The receipt of a race up to a step, in a few hundred characters:
 *
 *   h₀ = SHA-256(""),  hₖ = SHA-256(hₖ₋₁ ‖ bits of the rows at the k-th recorded step)
 *
 * `hash` is the last of them, `trace` the first 12 bits of each.
 */
export function receiptOf(at: number, arms: RowsOfArms, probes: readonly string[]): Receipt {
  let chained = sha256(new Uint8Array(0));
  let trace = "";
  for (const step of stepsUpTo(at, arms)) {
    const bits = bitsAt(step, arms, probes);
    const message = new Uint8Array(32 + bits.length);
    message.set(chained);
    message.set(bits, 32);
    chained = sha256(message);
    trace += base64url(chained).slice(0, 2);
  }
  return { at, hash: base64url(chained), trace };
}

export type Comparison =
  | { readonly kind: "same"; readonly rows: number }
  /** The first recorded step with other rows; undefined if the recorded steps themselves differ in number, or the trace was cut. */
  | { readonly kind: "differs"; readonly step: number | undefined };

/** The comparison of rows with a receipt, bit for bit. */
export function compareWith(theirs: Receipt, arms: RowsOfArms, probes: readonly string[]): Comparison {
  const ours = receiptOf(theirs.at, arms, probes);
  const steps = stepsUpTo(theirs.at, arms);
  if (ours.hash === theirs.hash) return { kind: "same", rows: steps.length };
  if (theirs.trace === "") return { kind: "differs", step: undefined };
  const first = steps.findIndex((_, k) => ours.trace.slice(2 * k, 2 * k + 2) !== theirs.trace.slice(2 * k, 2 * k + 2));
  return { kind: "differs", step: 2 * first < theirs.trace.length ? steps[first] : undefined }; // where theirs ends nothing is known
}
