import type { NormChoice, Run } from "@steepest/core";
import { requireInteger } from "@steepest/core/internal";
import { type Polished, polish } from "../local/polish.js";
import { type Certification, type CertifyOptions, certify } from "./certify.js";

/** Options of a certificate of a run, all of them with a default. */
export interface RunCertificateOptions
  extends Pick<CertifyOptions, "kinks" | "tolerance" | "networkDefinition" | "definitionHash" | "signal"> {
  /** Most programmes that raise the margin from where the run stands, as `polish` does; the answer then holds where they lead. Default: none are solved. */
  readonly polish?: number;
}

/** The answer about a run: `certify`'s, and the point that `polish` reaches from there where that was asked for. */
export type RunCertification = Certification & { readonly polished?: Polished };

/** A run that gives certificates, as those of engines do, on Node and in browsers. */
export interface CertifiableRun extends Run {
  /**
   * The certificate of the weights that the run has reached, with the best multipliers: how near they are to a KKT point of the margin problem, between bounds
   * that other programs can check. `kktResidual` has the multipliers of the training instead, which cost nothing.
   *
   * @param norm     any norm, its text ("linf", "lp(3)"), its expression ({ lp: 3 }), or the id of one that the run tracks
   * @param options  kinks, tolerance, programmes of a polish, how definitions write the network, a signal; all have defaults
   * @returns `document` and `text`, the file's content; or `noMargin` with the sample whose margin is not positive
   * @throws as `certify`; DefinitionError for a text that is no norm, and after `close`
   */
  certificate(norm: NormChoice, options?: RunCertificateOptions): Promise<RunCertification>;
}

/** A question about a run: of `certify`, but for the weights, which are the run's. */
export type CertifyRunOptions = Omit<CertifyOptions, "weights"> & Pick<RunCertificateOptions, "polish">;

/**
 * The certificate, with the best multipliers, of the weights that a run has reached, on whatever host it trains.
 *
 * @param run      of an engine, open
 * @param options  the network and data of the run, norm and kernels, and programmes of a polish
 * @returns as `certify`, and with `polish` the point that was reached
 * @throws as `certify`; DefinitionError for a number of programmes that is none, and as `Run.parameters` of a run that was closed
 * @example
 * const certification = await certifyRun(run, { network, data, norm: norms.linf, kernels: engine.kernels });
 */
export async function certifyRun(
  run: Pick<Run, "parameters">,
  { polish: steps, ...question }: CertifyRunOptions,
): Promise<RunCertification> {
  if (steps !== undefined) requireInteger("polish", steps, 1);
  const asked = { ...question, weights: await run.parameters() };
  const certification = await certify(asked);
  if (steps === undefined || certification.kind === "noMargin") return certification;
  const { definitionHash: _, ...point } = asked; // polished weights are of no run
  return { ...certification, polished: await polish({ ...point, steps }) };
}
