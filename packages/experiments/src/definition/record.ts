import { recordedNorms } from "../optimizer/normSchema.js";
import { normProbePattern, probes } from "../probe/probe.js";
import { distinct, expecting, field, integer, z } from "./schema.js";

/** More would record every step below 4000 and ten thousand more up to 40 000: `at` is for steps that matter. */
const mostPerDecade = 10_000;
const pointsPerDecade = (): z.ZodNumber =>
  expecting(`must be an integer from 1 to ${mostPerDecade}`, (error) => z.number(error).int(error).min(1, error).max(mostPerDecade, error));

/** Any text for the command, which knows norms of expressions too; their form for editors. */
const probe = z.string().meta({ anyOf: [{ enum: [...probes.keys()] }, { pattern: normProbePattern }] });

export const recordSchema = z.strictObject({
  probes: distinct(
    field(z.array(probe).min(1), "Numbers that a row holds (see steepest list probes).", { example: ["logRisk", "margin.linf"] }),
    "a probe",
  ),
  pointsPerDecade: field(pointsPerDecade(), "Recorded steps per factor of ten of the step.", { unit: "points", example: 24 }),
  at: field(z.array(integer(0)), "Further steps to record.", { unit: "steps", example: [100, 500] }).optional(),
  norms: recordedNorms().optional(),
  certifyBelow: distinct(
    field(
      z.array(z.number()).min(1),
      "Log risks, at the first recorded step below each of which probes of certificates, such as kkt.bestTangentMarginRatio.l2, are read; they are NaN elsewhere. Absent: at every recorded step.",
      { unit: "log risk", example: [-100, -1000] },
    ),
    "a log risk",
  ).optional(),
});
