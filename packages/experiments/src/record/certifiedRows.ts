import type { CarryingFunction } from "@steepest/core";
import { carrying } from "@steepest/core/internal";
import { probeOf } from "../probe/probe.js";
import type { RunDefinition } from "./definition.js";
import type { Row } from "./row.js";

/**
 * The decision at which record points of a run the probes of certificates are read.
 *
 * @param logRisks  log risks, at the first point below each of which they are; undefined: at every point
 * @returns a function of the log risks of the points, in their order; it carries which of them are ahead
 */
export function certifiedBelow(logRisks: readonly number[] | undefined): CarryingFunction<(logRisk: number) => boolean> {
  const own = { ahead: logRisks };
  return carrying(
    (logRisk) => {
      const { ahead } = own;
      if (ahead === undefined) return true;
      own.ahead = ahead.filter((bound) => !(logRisk < bound));
      return own.ahead.length < ahead.length;
    },
    (carrier) => carrier.values(own),
  );
}

/**
 * The rows in which a run has read a probe: of a probe of certificates, those at its log risks.
 *
 * @param rows   rows of a run, from the first on
 * @param probe  a recorded probe
 * @param record the part of the definition that says what is recorded
 * @returns all rows, or some of them
 */
export function rowsWith(rows: readonly Row[], probe: string, { certifyBelow }: RunDefinition["record"]): readonly Row[] {
  if (certifyBelow === undefined || !probeOf(probe)?.needsCertificate) return rows;
  const isCertified = certifiedBelow(certifyBelow);
  return rows.filter(({ logRisk = Number.NaN }) => isCertified(logRisk));
}
