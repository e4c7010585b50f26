import { integer, positive } from "./choice.js";
import { z } from "./zod.js";

/**
 * Where on an arm's recorded curve a number is read. A number: the last row at or before that step (so a frozen arm repeats its last row).
 * "peak": the largest recorded value. { peakOf }: the row where another probe peaks.
 */
export type Moment = number | "end" | "peak" | { readonly peakOf: string };

export interface Quantity {
  readonly arm: string;
  readonly probe: string;
  readonly at: Moment;
}

/** `left` against `factor` times `right`, for every seed. */
export interface ComparisonClaim {
  readonly left: Quantity;
  readonly relation: ">" | ">=" | "<" | "<=";
  readonly right: Quantity | number;
  readonly factor?: number | undefined;
}

/** A published number against the mean over seeds: within `relative` of it, or within a `factor` up or down. */
export interface ReferenceClaim {
  readonly quantity: Quantity;
  readonly published: number;
  readonly within: { readonly relative: number } | { readonly factor: number };
}

/** A curve that never falls (by more than `relativeSlack` of its value) from a condition on, at the recorded points, for every seed. */
export interface MonotoneClaim {
  readonly arm: string;
  readonly probe: string;
  readonly after: "perfectAccuracy" | "separation" | { readonly logRiskBelow: number };
  readonly relation: "nondecreasing";
  readonly relativeSlack: number;
}

/** This arm has the largest value of all arms, or of it and those `among`, for every seed. */
export interface BestClaim {
  readonly best: string;
  readonly of: string;
  readonly at: Moment;
  readonly among?: readonly string[] | undefined;
}

export type Claim = ComparisonClaim | ReferenceClaim | MonotoneClaim | BestClaim;

const moment: z.ZodType<Moment> = z.union([integer(0), z.enum(["end", "peak"]), z.strictObject({ peakOf: z.string() })], {
  error: 'must be a step, "end", "peak" or { "peakOf": probe }',
});
const quantity: z.ZodType<Quantity> = z.strictObject({ arm: z.string(), probe: z.string(), at: moment });

const comparison: z.ZodType<ComparisonClaim> = z.strictObject({
  left: quantity,
  relation: z.enum([">", ">=", "<", "<="]),
  right: z.union([quantity, z.number()]),
  factor: positive().optional(),
});

const reference: z.ZodType<ReferenceClaim> = z.strictObject({
  quantity,
  published: z.number(),
  within: z.union([z.strictObject({ relative: positive() }), z.strictObject({ factor: z.number().gt(1) })]),
});

const monotone: z.ZodType<MonotoneClaim> = z.strictObject({
  arm: z.string(),
  probe: z.string(),
  after: z.union([z.enum(["perfectAccuracy", "separation"]), z.strictObject({ logRiskBelow: z.number() })]),
  relation: z.literal("nondecreasing"),
  relativeSlack: z.number().min(0),
});

const best: z.ZodType<BestClaim> = z.strictObject({
  best: z.string(),
  of: z.string(),
  at: moment,
  among: z.array(z.string()).min(1).optional(),
});

export const claimSchema: z.ZodType<Claim> = z.union([comparison, reference, monotone, best]);

/** Every arm and probe that a claim mentions. */
export function mentions(claim: Claim): { readonly arms: string[]; readonly probes: string[] } {
  const ofQuantity = ({ arm, probe, at }: Quantity) => ({ arms: [arm], probes: typeof at === "object" ? [probe, at.peakOf] : [probe] });
  const parts =
    "left" in claim
      ? [claim.left, ...(typeof claim.right === "object" ? [claim.right] : [])].map(ofQuantity)
      : "published" in claim
        ? [ofQuantity(claim.quantity)]
        : "best" in claim
          ? [claim.best, ...(claim.among ?? [])].map((arm) => ofQuantity({ arm, probe: claim.of, at: claim.at }))
          : [{ arms: [claim.arm], probes: typeof claim.after === "object" ? [claim.probe, "logRisk"] : [claim.probe] }];
  return { arms: parts.flatMap((part) => part.arms), probes: parts.flatMap((part) => part.probes) };
}
