import type { NetworkPoint } from "@steepest/certificates";
import type { ModuleNorms } from "@steepest/core";

/** Weights to certify, wherever they come from. */
export interface CertifiedPoint extends NetworkPoint {
  /** The name of what was given, as the user wrote it. */
  readonly target: string;
  /** The network as definitions write it. */
  readonly networkDefinition: unknown;
  /** wᵢ of the training at these weights. */
  readonly sampleWeights?: Float64Array;
  /** The norm of the optimiser that made them. */
  readonly ownNorm?: string;
  readonly definitionHash?: string;
  /** The norms of modules of its definition. */
  readonly modules?: ModuleNorms;
}
