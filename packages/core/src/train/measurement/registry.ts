import { alignments } from "./alignments.js";
import { averageMultipliers } from "./averageMultipliers.js";
import { direction } from "./direction.js";
import { effectiveSupport } from "./effectiveSupport.js";
import { frankWolfeGap } from "./frankWolfeGap.js";
import { gradient } from "./gradient.js";
import { kkt } from "./kkt.js";
import type { MeterMember } from "./meter.js";
import { pathLength } from "./pathLength.js";
import { sandwich } from "./sandwich.js";
import { softMarginGrowth } from "./softMarginGrowth.js";
import { speed } from "./speed.js";
import { update } from "./update.js";

const members = {
  alignment: alignments as MeterMember,
  kkt: kkt as MeterMember,
  averageMultipliers: averageMultipliers as MeterMember,
  effectiveSupport: effectiveSupport as MeterMember,
  sandwich: sandwich as MeterMember,
  softMarginGrowth: softMarginGrowth as MeterMember,
  update: update as MeterMember,
  direction: direction as MeterMember,
  pathLength: pathLength as MeterMember,
  gradient: gradient as MeterMember,
  speed: speed as MeterMember,
  frankWolfeGap: frankWolfeGap as MeterMember,
};

/** Every measurement whose numbers are `TrainPoint.measured`, by its id. Adding one: its file and a line here. */
export const meterMembers: Readonly<typeof members> = members;

/** Measurements that points hold only where a run asks for them. */
export type Measurement = "eulerDefect" | "homogenizedMargin" | keyof typeof members;

export const measurements: readonly Measurement[] = [
  "eulerDefect",
  "homogenizedMargin",
  ...(Object.keys(members) as (keyof typeof members)[]),
];
