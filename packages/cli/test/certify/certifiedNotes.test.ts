import type { CertificateEntry, Certification } from "@steepest/certificates";
import { expect, test } from "vitest";
import { certifiedNotes } from "../../src/certify/certifiedNotes.js";

/** A certificate with these ends of κ, one entry for each. */
function certified(...ends: readonly CertificateEntry["kappa"][]): Certification {
  const entries = ends.map((kappa, k): CertificateEntry => {
    const direction = { from: "theta", entries: [] } as const;
    return { kinks: [0, 0.01][k]!, kappa, dualNorm: [1, 2], fenchelYoungGap: [0, 0], slackness: [0, 0], support: [], direction };
  });
  const shared = { theta: "", data: "", network: null, norm: "spectral", degree: 2, scale: { weights: 0, inputs: 0 } };
  const sizes = { minMargin: [1, 1], size: [1, 1], rounding: "proven" } as const;
  return { kind: "certified", text: "", document: { format: "steepest-certificate-1", ...shared, ...sizes, entries } };
}

test("ends of kappa that did not meet are said, at their kinks; those that met, or of which one is not stated, are not", () => {
  const note = "mine.json: the ends of kappa in spectral at kinks within 0.01 hold, but the search stopped before they met";
  const notesOf = (certification: Certification) => certifiedNotes("mine.json", "spectral", { certification });
  expect(notesOf(certified([0.5, 0.5 * (1 + 1e-6)], [0.5, 0.5 * (1 + 4e-6)]))).toEqual([note]);
  expect(notesOf(certified([0.9, 0.9], [0.2, 0.9]))).toEqual([note]);
  expect(notesOf(certified([0.5, 0.5 + 1e-7], [0.4, null]))).toEqual([]);
});

test("rounding without a known bound, the margin that was left, and a margin that is not positive are said", () => {
  const certification = certified([0.5, 0.5]);
  if (certification.kind !== "certified") throw new Error("certified");
  const estimated: Certification = { ...certification, document: { ...certification.document, rounding: "estimated" } };
  const polished = { weights: new Float64Array(1), before: 1, after: 1.25, steps: 7, certification };
  expect(certifiedNotes("mine.json", "l2", { certification: estimated, polished })).toEqual([
    "mine.json: 7 programmes raise the margin in l2 from 1.00000 to 1.25000: 20.0 % of that were left",
    "mine.json: the rounding errors of the network, or of l2, have no known bound; the ends of kappa allow for them",
  ]);
  expect(certifiedNotes("mine.json", "rowMax", { certification })).toEqual([
    "mine.json: the checkers of certificates do not know rowMax, and reject this one",
  ]);
  expect(certifiedNotes("mine.json", "l2", { certification: { kind: "noMargin", minMargin: [-2, -1], sample: 4 } })).toEqual([
    "mine.json: no certificate in l2: the margin of sample 4 is at most -1.000, and KKT points of max-margin have none that is not positive",
  ]);
});
