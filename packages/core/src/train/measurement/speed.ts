import type { MeterMember } from "./meter.js";

/** A record point. */
type Reached = { readonly step: number; readonly logRisk: number };

/** The fall of the log risk per step since the record point before, (log R_before - log R) / steps. NaN at the first point. */
export const speed: MeterMember = {
  bind: () => {
    const own: { before: Reached | undefined; last: Reached | undefined } = { before: undefined, last: undefined };
    return {
      carry: (carrier) => carrier.values(own),
      read: ({ step, full: { logRisk } }) => {
        if (own.last?.step !== step) [own.before, own.last] = [own.last, { step, logRisk }];
        const { before } = own;
        return { "speed.logRisk": before ? (before.logRisk - logRisk) / (step - before.step) : Number.NaN };
      },
    };
  },
};
