import type { Row } from "@steepest/experiments";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareWith, type RowsOfArms, receiptOf } from "../../src/replay/receipt.js";
import { runs } from "../fuzz.js";

const probes = ["logRisk", "margin.l2", "alignment"];

/** Rows of two to four arms, each at some of the same steps. */
const race: fc.Arbitrary<RowsOfArms> = fc
  .tuple(
    fc.uniqueArray(fc.nat({ max: 5000 }), { minLength: 1, maxLength: 12 }),
    fc.integer({ min: 2, max: 4 }),
    fc.infiniteStream(fc.double()),
  )
  .map(([chosen, arms, values]) => {
    const steps = chosen.sort((a, b) => a - b);
    const next = (): number => values.next().value;
    return Array.from({ length: arms }, (_, arm) =>
      steps
        .filter((step) => arm === 0 || (step + arm) % 3 !== 0)
        .map((step): Row => Object.fromEntries([["step", step], ...probes.map((probe) => [probe, next()])]) as Row),
    );
  });

const lastStep = (arms: RowsOfArms): number => Math.max(...arms.flatMap((rows) => rows.map(({ step }) => step)));

/** The double with one bit of it turned. */
function turned(value: number, bit: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setUint8(bit >> 3, view.getUint8(bit >> 3) ^ (1 << (bit & 7)));
  return view.getFloat64(0);
}

describe("a receipt", () => {
  test("is the same for the same rows, of whatever objects", () => {
    fc.assert(
      fc.property(race, (arms) => {
        const receipt = receiptOf(lastStep(arms), arms, probes);
        expect(receiptOf(lastStep(arms), structuredClone(arms), probes)).toEqual(receipt);
        expect(compareWith(receipt, structuredClone(arms), probes)).toEqual({ kind: "same", rows: receipt.trace.length / 2 });
        expect(receipt.hash).toMatch(/^[A-Za-z0-9_-]{43}$/);
      }),
      runs(100),
    );
  });

  test("of one bit turned in one value anywhere is another one from that step on, and the step is found", () => {
    const place = fc.record({ arm: fc.nat(), row: fc.nat(), probe: fc.nat(), bit: fc.nat({ max: 63 }) });
    fc.assert(
      fc.property(race, place, (arms, { arm, row, probe, bit }) => {
        const rows = arms.filter(({ length }) => length > 0);
        const changed = structuredClone(rows);
        const chosen = changed[arm % changed.length]!;
        const target = chosen[row % chosen.length]!;
        const name = probes[probe % probes.length]!;
        const before = target[name]!;
        const after = turned(before, bit);
        fc.pre(!(Number.isNaN(before) && Number.isNaN(after)));
        Object.assign(target, { [name]: after });
        const at = lastStep(rows);
        const [ours, theirs] = [receiptOf(at, rows, probes), receiptOf(at, changed, probes)];
        expect(theirs.hash).not.toBe(ours.hash);
        const steps = [...new Set(rows.flatMap((all) => all.map(({ step }) => step)))].sort((a, b) => a - b);
        const first = steps.indexOf(target.step);
        expect(theirs.trace.slice(0, 2 * first)).toBe(ours.trace.slice(0, 2 * first));
        // The trace keeps 12 bits per step: one in 4096 is equal by chance, all that follow hardly ever.
        const isSeen = theirs.trace.slice(2 * first, 2 * first + 2) !== ours.trace.slice(2 * first, 2 * first + 2);
        const found = compareWith(theirs, rows, probes);
        expect(found.kind).toBe("differs");
        if (isSeen) expect(found).toEqual({ kind: "differs", step: target.step });
        // Up to a step before the change both are the same.
        if (first > 0) expect(receiptOf(steps[first - 1]!, changed, probes)).toEqual(receiptOf(steps[first - 1]!, rows, probes));
      }),
      runs(400),
    );
  });

  test("does not tell one NaN from another, but 0 from -0", () => {
    const rows = (value: number): RowsOfArms => [[{ step: 0, logRisk: value, "margin.l2": 1, alignment: 1 } as Row]];
    const other = new Float64Array(new BigUint64Array([0xfff8_0000_0000_0123n]).buffer)[0]!;
    expect(Number.isNaN(other)).toBe(true);
    expect(receiptOf(0, rows(other), probes)).toEqual(receiptOf(0, rows(Number.NaN), probes));
    expect(receiptOf(0, rows(-0), probes).hash).not.toBe(receiptOf(0, rows(0), probes).hash);
  });

  test("knows which arm had a row", () => {
    const row = { step: 3, logRisk: 1, "margin.l2": 1, alignment: 1 } as Row;
    expect(receiptOf(3, [[row], []], probes).hash).not.toBe(receiptOf(3, [[], [row]], probes).hash);
  });

  test("of no rows is that of the empty message", () => {
    expect(receiptOf(0, [[], []], probes)).toEqual({ at: 0, hash: "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", trace: "" });
  });

  test("leaves out what came after the step", () => {
    const row = (step: number): Row => ({ step, logRisk: step, "margin.l2": 1, alignment: 1 }) as Row;
    const upTo5 = [[row(0), row(5)], [row(0)]];
    expect(receiptOf(5, [[...upTo5[0]!, row(6)], upTo5[1]!], probes)).toEqual(receiptOf(5, upTo5, probes));
  });
});

test("a trace has two characters of every recorded step, those of the chained hash", () => {
  const rows = [0, 1, 2].map((step) => ({ step, logRisk: step, "margin.l2": 1, alignment: 1 }) as Row);
  const receipts = rows.map((_, last) => receiptOf(last, [rows], probes));
  for (const [last, { hash, trace }] of receipts.entries()) {
    expect(trace).toHaveLength(2 * (last + 1));
    expect(hash.startsWith(trace.slice(-2))).toBe(true);
  }
});

describe("a comparison", () => {
  const row = (step: number, value = 1): Row => ({ step, logRisk: value, "margin.l2": 1, alignment: 1 }) as Row;
  const theirs = receiptOf(9, [[row(0), row(4), row(9)]], probes);

  test("finds a row that is missing", () => {
    expect(compareWith(theirs, [[row(0), row(9)]], probes)).toEqual({ kind: "differs", step: 9 });
  });

  test("cannot name the step where the last row is missing", () => {
    expect(compareWith(theirs, [[row(0), row(4)]], probes)).toEqual({ kind: "differs", step: undefined });
  });

  test("finds a row too many", () => {
    expect(compareWith(theirs, [[row(0), row(4), row(9), row(5)]], probes)).toEqual({ kind: "differs", step: 5 });
  });

  test("cannot name a step behind the end of a trace that was cut", () => {
    const cut = { ...theirs, trace: theirs.trace.slice(0, 2) };
    expect(compareWith(cut, [[row(0), row(4), row(9, 2)]], probes)).toEqual({ kind: "differs", step: undefined });
  });

  test("without a trace says that they differ", () => {
    expect(compareWith({ ...theirs, trace: "" }, [[row(0), row(4, 2), row(9)]], probes)).toEqual({ kind: "differs", step: undefined });
    expect(compareWith({ ...theirs, trace: "" }, [[row(0), row(4), row(9)]], probes)).toEqual({ kind: "same", rows: 3 });
  });
});
