import type { TrainPoint } from "@steepest/core";
import type { LinearReadings } from "./linearCompanion.js";
import type { TeacherReadings } from "./teacherRisk.js";

/** A record point, with the readings of a run that asks for them. */
export type MeasuredPoint = TrainPoint & {
  readonly teacher?: TeacherReadings;
  readonly companion?: LinearReadings;
  /** Readings beside the largest margins there are, by the name of the probe. */
  readonly largest?: Readonly<Record<string, number>>;
  /** Readings of certificates, by the name of the probe; absent at points without one. */
  readonly certified?: Readonly<Record<string, number>>;
};
