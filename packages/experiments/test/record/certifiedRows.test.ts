import { expect, test } from "vitest";
import { certifiedBelow, rowsWith } from "../../src/record/certifiedRows.js";
import type { Row } from "../../src/record/row.js";

const rows: Row[] = [1, -5, -12, -9, -40, -200, -300].map((logRisk, step) => ({ step, logRisk }));
const taken = (certifyBelow: number[] | undefined, probe: string) =>
  rowsWith(rows, probe, { probes: [], pointsPerDecade: 1, ...(certifyBelow && { certifyBelow }) }).map(({ step }) => step);

test("the first row below each log risk is read, one that is below several once, and one at a log risk not", () => {
  expect(taken([-10, -30, -100], "kkt.bestTangentMarginRatio.own")).toEqual([2, 4, 5]);
  expect(taken([-100, -10, -13, -14, -1000], "kkt.bestTangentMarginRatio.linf")).toEqual([2, 4, 5]);
  expect(taken([-300, -5], "kkt.bestTangentMarginRatio.max(1*spectral,0.5*linf)")).toEqual([2]);
});

test("every row is read of other probes, and where no log risks are given", () => {
  expect(taken([-10], "kkt.tangentMarginRatio.own")).toHaveLength(rows.length);
  expect(taken(undefined, "kkt.bestTangentMarginRatio.own")).toHaveLength(rows.length);
  expect([3, Number.NaN, -1].map(certifiedBelow(undefined))).toEqual([true, true, true]);
});
