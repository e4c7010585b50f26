import type { Claim } from "../definition/claim.js";
import type { PanelDefinition } from "../definition/panel.js";
import type { CatalogEntry } from "./entry.js";
import { adamArms, adamClaims, at, ownMarginClaims, pairArms, pairSetting, recordedEpochs } from "./mnistPairParts.js";

/** Read off the vector curves of figure 2 of JMLR 27 (2026), about 1 % on linear and 3 % on logarithmic axes. */
const published = {
  linf: {
    gradient: [7.1, 17.1, 19.5, 21.9, 22.5, 22.9],
    sign: [895, 877, 877, 877, 877, 877],
    "adam-0-0-1e-8": [896, 822, 671, 612, 595, 561],
    "adam-0-0-1e-2": [626, 433, 361, 302, 287, 260],
    "adam-.9-.99-1e-8": [395, 399, 333, 227, 103, 161],
    "adam-.9-.99-1e-2": [323, 703, 715, 727, 550, 417],
  },
  l2: {
    gradient: [0.188, 0.464, 0.531, 0.601, 0.614, 0.628],
    sign: [0.041, 0.053, 0.053, 0.053, 0.053, 0.053],
    "adam-0-0-1e-8": [0.041, 0.075, 0.093, 0.102, 0.105, 0.111],
    "adam-0-0-1e-2": [0.068, 0.164, 0.198, 0.238, 0.252, 0.281],
    "adam-.9-.99-1e-8": [0.02, 0.036, 0.037, 0.041, 0.043, 0.061],
    "adam-.9-.99-1e-2": [0.025, 0.059, 0.063, 0.078, 0.096, 0.136],
  },
} as const;
const publishedPeaks = {
  sign: 895.5,
  "adam-0-0-1e-8": 896,
  "adam-0-0-1e-2": 647,
  "adam-.9-.99-1e-8": 441,
  "adam-.9-.99-1e-2": 733,
} as const;

function publishedCurves(norm: keyof typeof published): NonNullable<PanelDefinition["published"]> {
  return Object.fromEntries(
    Object.entries<readonly number[]>(published[norm]).map(([arm, values]) => [
      arm,
      values.map((value, i) => [recordedEpochs[i]!, value] as const),
    ]),
  );
}

const gradientClaims: Claim[] = (["linf", "l2"] as const).flatMap((norm) =>
  [100, 500, 1000].map((epoch): Claim => {
    const value = published[norm].gradient[recordedEpochs.indexOf(epoch)]!;
    return { quantity: at("gradient", `margin.${norm}`, epoch), published: value, within: { relative: 0.35 } };
  }),
);

const peakClaims: Claim[] = Object.entries(publishedPeaks).map(
  ([arm, peak]): Claim => ({ quantity: at(arm, "margin.linf", "peak"), published: peak, within: { factor: 2.2 } }),
);

/** Figure 2: the margin that each algorithm raises on MNIST, and the step at which Adam leaves sign descent's. */
export const mnist3v6: CatalogEntry = {
  definition: {
    id: "mnist-3v6",
    source:
      "JMLR 27 (2026), figure 2. Not printed there and chosen here: pixels in [0, 1], the sum loss, both layers from U(-0.01/√fan_in, 0.01/√fan_in)",
    question: "which margin does each algorithm raise?",
    dataset: { kind: "mnistPair", digits: [3, 6], trainSize: 100 },
    ...pairSetting,
    arms: pairArms,
    claims: [...ownMarginClaims, ...Object.keys(adamArms).flatMap((arm) => adamClaims(arm)), ...gradientClaims, ...peakClaims],
    figure: [
      { probe: "margin.linf", scale: "log", published: publishedCurves("linf") },
      { probe: "margin.l2", scale: "linear", from: 0, published: publishedCurves("l2") },
      { probe: "margin.l1", scale: "log" },
      { probe: "logRisk", scale: "linear" },
    ],
  },
  quick: { seeds: [0], stop: { steps: 1000 } },
};
