import type { Run } from "@steepest/core";
import { type Certification, type CertifyOptions, certify } from "./certify.js";

/**
 * The certificate, with the best multipliers, of the weights that a run has reached, on whatever host it trains. `Run.certificate` has the multipliers of the
 * training instead, which cost nothing, and with them a lower bound of κ.
 *
 * @param run      of an engine, open
 * @param options  the network and data of the run, norm and kernels
 * @returns as `certify`
 * @throws as `certify`, and as `Run.parameters` of a run that was closed
 * @example
 * const certification = await certifyRun(run, { network, data, norm: norms.linf, kernels: engine.kernels });
 */
export async function certifyRun(run: Pick<Run, "parameters">, options: Omit<CertifyOptions, "weights">): Promise<Certification> {
  return certify({ ...options, weights: await run.parameters() });
}
