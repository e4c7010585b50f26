import type { ArmDefinition } from "../definition/arm.js";
import type { Claim, Moment, Quantity } from "../definition/claim.js";
import { initLaw } from "../network/init.js";
import type { CatalogEntry } from "./entry.js";
import { algorithms, marginProbes, tenDimensional } from "./teacherStudentParts.js";

const scales = [0.03, 0.1, 0.3, 1] as const;
/** Without the smallest: from there sign descent with short steps comes to very different margins, seed by seed. */
const settled = scales.slice(1);
/** Step sizes: those of gradient descent are about thirty times as long as those of sign descent, with which both take about as many steps. */
const sizes = { sign: [0.0003, 0.001, 0.003, 0.01], gradient: [0.01, 0.03, 0.1, 0.3] } as const;
type Algorithm = keyof typeof sizes;

/** Log risk at which every arm ends, so that margins are compared at one risk. */
const endLogRisk = -300;

const armOf = (scale: number, size: number): string => `init-${scale}-step-${size}`;

function grid(algorithm: Algorithm): Readonly<Record<string, ArmDefinition>> {
  const { optimizer } = algorithms[algorithm];
  const { law } = initLaw(tenDimensional.network.init);
  return Object.fromEntries(
    scales.flatMap((scale, color) =>
      sizes[algorithm].map((size, dash): [string, ArmDefinition] => [
        armOf(scale, size),
        {
          label: `initialisation ${scale}, step ${size}`,
          look: { color, dash },
          optimizer,
          init: { law, scale },
          step: { rule: "constant", size },
        },
      ]),
    ),
  );
}

const read = (probe: string, scale: number, size: number, at: Moment = "end"): Quantity => ({ arm: armOf(scale, size), probe, at });

/** Every arm reaches the risk at which they are compared; the longest steps end furthest from stationarity of the soft margin. */
const common = (algorithm: Algorithm): Claim[] => {
  const [finest, , , longest] = sizes[algorithm];
  return [
    ...scales.flatMap((scale) =>
      sizes[algorithm].map((size): Claim => ({ left: read("logRisk", scale, size), relation: "<", right: endLogRisk })),
    ),
    ...settled.map(
      (scale): Claim => ({ left: read("alignment", scale, longest), relation: "<=", right: read("alignment", scale, finest), factor: 0.8 }),
    ),
  ];
};

function entry(
  algorithm: Algorithm,
  own: string,
  text: { readonly id: string; readonly question: string },
  claims: readonly Claim[],
): CatalogEntry {
  return {
    definition: {
      ...text,
      source:
        "JMLR 27 (2026), section 4, varies initialisation scale and learning rate; the grid on a ten-dimensional instance, at one risk, is ours",
      ...tenDimensional,
      arms: grid(algorithm),
      seeds: [0, 1, 2, 3, 4],
      stop: { steps: 30_000, logRiskBelow: endLogRisk },
      record: { probes: [...marginProbes, "alignment"], pointsPerDecade: 16 },
      claims: [...common(algorithm), ...claims],
      figure: [
        { probe: own, scale: "linear", from: 0 },
        { probe: "alignment", scale: "linear", from: 0 },
        { probe: "testAccuracy", scale: "linear", from: 0.7 },
        { probe: "logRisk", scale: "linear" },
      ],
    },
    losesMargin: true,
    quick: { seeds: [0] },
  };
}

const linf = (scale: number, size: number, at: Moment = "end"): Quantity => read("margin.linf", scale, size, at);
const [flow, short, , long] = sizes.sign;

/**
 * Sign descent: a large start costs margin for long, by a half at step 1000 and still by 5 to 40 % at the end; so do long steps, which chatter between the
 * signs of small entries and stay far from stationarity. The two shortest steps agree from the larger starts.
 */
export const initAndStepSize: CatalogEntry = entry(
  "sign",
  "margin.linf",
  {
    id: "init-and-step-size",
    question: "how do the margin and the stationarity of sign descent depend on initialisation and step size?",
  },
  [
    ...[flow, short].map((size): Claim => ({ left: linf(0.1, size), relation: ">", right: linf(1, size), factor: 1.05 })),
    { left: linf(0.1, short, 1000), relation: ">", right: linf(1, short, 1000), factor: 1.5 },
    ...settled.map((scale): Claim => ({ left: linf(scale, long), relation: "<=", right: linf(scale, short), factor: 0.9 })),
    ...[0.3, 1].flatMap((scale): Claim[] => [
      { left: linf(scale, flow), relation: ">=", right: linf(scale, short), factor: 0.95 },
      { left: linf(scale, short), relation: ">=", right: linf(scale, flow), factor: 0.95 },
    ]),
  ],
);

const [finest] = sizes.gradient;
const l2 = (scale: number, size: number): Quantity => read("margin.l2", scale, size);

/**
 * Gradient descent: at that risk no start and no step costs more than a tenth of its margin, although long steps keep its gradient from being aligned with
 * the weights.
 */
export const initAndStepSizeGradient: CatalogEntry = entry(
  "gradient",
  "margin.l2",
  {
    id: "init-and-step-size-gradient",
    question: "how do the margin and the stationarity of gradient descent depend on initialisation and step size?",
  },
  scales.flatMap((scale) =>
    sizes.gradient
      .filter((size) => scale !== 0.1 || size !== finest)
      .map((size): Claim => ({ left: l2(scale, size), relation: ">=", right: l2(0.1, finest), factor: 0.9 })),
  ),
);
