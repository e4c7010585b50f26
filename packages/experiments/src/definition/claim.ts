import { distinct, field, integer, positive, type ReadonlyTree, ruled, z } from "./schema.js";

const moment = z.union(
  [
    integer(0),
    z.enum(["end", "peak"]),
    z.strictObject({ peakOf: field(z.string(), "Recorded probe at whose peak the row is taken.", { example: "margin.linf" }) }),
    z.strictObject({
      logRiskBelow: field(z.number(), "The first row with a log risk below this is taken.", { unit: "log risk", example: -100 }),
    }),
  ],
  {
    error: 'must be a step, "end", "peak", { "peakOf": probe } or { "logRiskBelow": number }',
  },
);
const momentField = () => field(moment, "Row that is read.", { unit: "steps", example: "end" });
const quantity = z.strictObject({
  arm: field(z.string(), "Arm that is read.", { example: "sign" }),
  probe: field(z.string(), "Recorded probe that is read.", { example: "margin.linf" }),
  at: momentField(),
});

const bySeed = z.strictObject({
  bySeed: field(z.record(z.string().regex(/^\d+$/), z.number()), "A number for each seed, such as the exact optimum on its data.", {
    unit: "probe",
    example: { "0": 1, "1": 1.5 },
  }),
});

const comparison = z.strictObject({
  left: field(quantity, "What is compared.", { example: { arm: "sign", probe: "margin.linf", at: "end" } }),
  relation: field(z.enum([">", ">=", "<", "<="]), "How left stands to factor times right, for every seed.", { example: ">" }),
  right: field(z.union([quantity, z.number(), bySeed]), "What it is compared with: a quantity, a number, or a number for each seed.", {
    unit: "probe",
    example: 1,
  }),
  factor: field(positive(), "Factor of right; 1 without.", { unit: "1", example: 0.5 }).optional(),
});

const reference = z.strictObject({
  quantity: field(quantity, "What is measured, as the mean over the seeds.", {
    example: { arm: "sign", probe: "margin.linf", at: "peak" },
  }),
  published: field(z.number(), "The published value.", { unit: "probe", example: 877 }),
  within: field(
    z.union([
      z.strictObject({
        relative: field(positive(), "Largest difference, as a share of the published value.", { unit: "1", example: 0.1 }),
      }),
      z.strictObject({ factor: field(z.number().gt(1), "Largest factor between the two, up or down.", { unit: "1", example: 2 }) }),
    ]),
    "How far apart they may be.",
    { example: { factor: 2 } },
  ),
});

const monotone = z.strictObject({
  arm: field(z.string(), "Arm whose curve it is.", { example: "sign" }),
  probe: field(z.string(), "Recorded probe that never falls.", { example: "margin.linf" }),
  after: field(
    z.union([
      z.enum(["perfectAccuracy", "separation"]),
      z.strictObject({
        logRiskBelow: field(z.number(), "From the first row with a log risk below this on.", { unit: "log risk", example: -5 }),
      }),
    ]),
    "From where on it never falls.",
    { example: "perfectAccuracy" },
  ),
  relation: field(z.literal("nondecreasing"), "The curve never falls from one recorded point to the next, for every seed.", {
    example: "nondecreasing",
  }),
  relativeSlack: field(z.number().min(0), "Share of its value by which it may fall all the same.", { unit: "1", example: 1e-3 }),
});

const best = z.strictObject({
  best: field(z.string(), "Arm that has the largest value, for every seed.", { example: "sign" }),
  of: field(z.string(), "Recorded probe whose values are compared.", { example: "margin.linf" }),
  at: momentField(),
  among: distinct(
    field(z.array(z.string()).min(1), "Arms that it is compared with, at least one besides itself; all without.", {
      example: ["gradient"],
    }),
    "an arm",
  ).optional(),
});

const slope = z.strictObject({
  arm: field(z.string(), "Arm whose curves they are.", { example: "gradient" }),
  slopeOf: ruled(
    field(z.record(z.string().regex(/^[A-Za-z]/), z.number()), "Recorded probes with a factor each: their weighted sum is fitted.", {
      unit: "1",
      example: { logRisk: 1 },
    }),
    {
      json: { minProperties: 1 },
      problems: (probes) => (Object.keys(probes).length === 0 ? [{ path: [], message: "must hold a probe" }] : []),
    },
  ),
  from: field(integer(1), "First step of the fit, which goes on to the end.", { unit: "steps", example: 1000 }),
  near: field(z.number(), "Expected slope over the natural logarithm of the step, as the mean over the seeds.", {
    unit: "probe",
    example: -0.35,
  }),
  within: field(positive(), "Largest difference from it.", { unit: "probe", example: 0.05 }),
  published: field(z.number(), "The published slope.", { unit: "probe", example: -0.33 }).optional(),
});

const exponent = z.strictObject({
  arm: field(z.string(), "Arm whose curves they are.", { example: "sign" }),
  exponentOf: field(z.string(), "Recorded probe that tends to a limit by a power of the depth -log R.", {
    example: "kkt.stationarity.own",
  }),
  limit: field(z.number(), "Limit of the probe; 0 without.", { unit: "probe", example: 1 }).optional(),
  from: field(
    z.strictObject({
      logRiskBelow: field(z.number().max(-1), "Log risk that the first row of the fit is below.", { unit: "log risk", example: -100 }),
    }),
    "First row of the fit, which goes on to the end.",
    { example: { logRiskBelow: -100 } },
  ),
  near: field(z.number(), "Expected exponent, as the mean over the seeds.", { unit: "1", example: -0.5 }),
  within: field(positive(), "Largest difference from it.", { unit: "1", example: 0.1 }),
});

export const claimSchema = z.union([comparison, reference, monotone, best, slope, exponent]);

/**
 * The row of an arm's recorded curve at which a number is read. A number: the last row at or before that step (so a frozen arm repeats its last row).
 * "peak": the largest recorded value. { peakOf }: the row where another probe peaks. { logRiskBelow }: the first row with a log risk below it.
 */
export type Moment = ReadonlyTree<z.output<typeof moment>>;

export type Quantity = ReadonlyTree<z.output<typeof quantity>>;

/** A number for each seed. */
export type NumbersBySeed = ReadonlyTree<z.output<typeof bySeed>>;

/** `left` against `factor` times `right`, for every seed. */
export type ComparisonClaim = ReadonlyTree<z.output<typeof comparison>>;

/** A published number against the mean over seeds: within `relative` of it, or within a `factor` up or down. */
export type ReferenceClaim = ReadonlyTree<z.output<typeof reference>>;

/** A curve that never falls (by more than `relativeSlack` of its value) from a condition on, at the recorded points, for every seed. */
export type MonotoneClaim = ReadonlyTree<z.output<typeof monotone>>;

/** This arm has the largest value of all arms, or of it and those `among`, for every seed. */
export type BestClaim = ReadonlyTree<z.output<typeof best>>;

/**
 * The slope of a sum of probes over the logarithm of the step is near a number, by least squares over the rows from a step on and as the mean over the
 * seeds. Of a log risk it is the exponent of a power law, times -1.
 */
export type SlopeClaim = ReadonlyTree<z.output<typeof slope>>;

/**
 * The exponent a of |probe - limit| ~ (-log R)^a is near a number: the slope of the logarithm of one over that of the other, by least squares over the rows
 * from a log risk on and as the mean over the seeds.
 */
export type ExponentClaim = ReadonlyTree<z.output<typeof exponent>>;

export type Claim = ReadonlyTree<z.output<typeof claimSchema>>;

/** The probes that say which row a moment means. */
function probesOfMoment(at: Moment): string[] {
  if (typeof at !== "object") return [];
  return ["peakOf" in at ? at.peakOf : "logRisk"];
}

/** Every arm and probe that a claim mentions. */
export function mentions(claim: Claim): { readonly arms: string[]; readonly probes: string[] } {
  const ofQuantity = ({ arm, probe, at }: Quantity) => ({ arms: [arm], probes: [probe, ...probesOfMoment(at)] });
  const parts =
    "left" in claim
      ? [claim.left, ...(typeof claim.right === "object" && "arm" in claim.right ? [claim.right] : [])].map(ofQuantity)
      : "quantity" in claim
        ? [ofQuantity(claim.quantity)]
        : "best" in claim
          ? [claim.best, ...(claim.among ?? [])].map((arm) => ofQuantity({ arm, probe: claim.of, at: claim.at }))
          : "slopeOf" in claim
            ? [{ arms: [claim.arm], probes: Object.keys(claim.slopeOf) }]
            : "exponentOf" in claim
              ? [{ arms: [claim.arm], probes: [claim.exponentOf, "logRisk"] }]
              : [{ arms: [claim.arm], probes: typeof claim.after === "object" ? [claim.probe, "logRisk"] : [claim.probe] }];
  return { arms: parts.flatMap((part) => part.arms), probes: parts.flatMap((part) => part.probes) };
}
