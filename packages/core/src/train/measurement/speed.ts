import type { MeterMember } from "./meter.js";

/** The fall of the log risk per step since the record point before, (log R_before - log R) / steps. NaN at the first point. */
export const speed: MeterMember = {
  bind: () => {
    let [before, last]: ({ readonly step: number; readonly logRisk: number } | undefined)[] = [];
    return {
      read: ({ step, full: { logRisk } }) => {
        if (last?.step !== step) [before, last] = [last, { step, logRisk }];
        return { "speed.logRisk": before ? (before.logRisk - logRisk) / (step - before.step) : Number.NaN };
      },
    };
  },
};
