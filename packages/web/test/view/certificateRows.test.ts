import type { CertificateEntry } from "@steepest/certificates";
import { expect, test } from "vitest";
import { certificateRows, entryNote, sampleMultipliers, shortBound } from "../../src/view/certificateRows.js";

const entry: CertificateEntry = {
  kinks: 0.01,
  kappa: [0.12345678951, 0.12345678951],
  dualNorm: [1, 1],
  fenchelYoungGap: [0.01, 0.012341],
  slackness: [0, 0],
  support: [
    { sample: 4, multiplier: 0.25 },
    { sample: 4, multiplier: 0.25, slopes: [[0, 1, 0.5]] },
    { sample: 2, multiplier: 0.5 },
  ],
  direction: { from: "theta", entries: [] },
};

test("bounds are rounded outwards, so that what is read holds", () => {
  expect(certificateRows(entry).map(([, label, value]) => `${label} ${value}`)).toEqual([
    "κ at least 0.123456789",
    "κ at most 0.123456790",
    "Fenchel–Young gap at most 0.0124",
    "slackness at most 0",
    "support 2 samples",
  ]);
  expect([shortBound(21.36, -1), shortBound(21.31, 1), shortBound(21.3, 1), shortBound(21.3, -1)]).toEqual([
    "21.3",
    "21.4",
    "21.3",
    "21.3",
  ]);
  expect([shortBound(9.991, 1), shortBound(-1.234, 1), shortBound(-1.234, -1), shortBound(0, 1)]).toEqual(["10", "−1.23", "−1.24", "0"]);
  expect([shortBound(1.2341e-12, 1), shortBound(9.999e-7, -1)]).toEqual(["1.24e-12", "9.90e-7"]);
});

test("bounds that did not meet, and one that is not stated, are remarked on", () => {
  expect(entryNote(entry)).toBeUndefined();
  expect(entryNote({ ...entry, kappa: [0.5, 0.6] })).toMatch(/the search stopped before they met/);
  expect(entryNote({ ...entry, kappa: [0.5, null] })).toMatch(/not proven/);
  expect(certificateRows({ ...entry, kappa: [0.5, null] })[1]).toEqual(["certificate", "κ at most", "not known"]);
});

test("a sample's multiplier is the sum of its pairs and sides of kinks", () => {
  expect([...sampleMultipliers(entry)]).toEqual([
    [4, 0.5],
    [2, 0.5],
  ]);
});
