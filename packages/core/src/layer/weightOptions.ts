import { requireBoolean, requireText } from "../check/require.js";

/** Options that every layer with weights has. */
export interface WeightOptions {
  /** true: adds a bias per unit or channel. The network stays homogeneous where every part of the sum has one degree: in the first layer. Default false. */
  readonly bias?: boolean | undefined;
  /** true: the layer keeps its initial weights. Default false. */
  readonly frozen?: boolean | undefined;
  /** A name for the weight matrix; layers that name the same one share it. Default: a matrix of its own. */
  readonly weights?: string | undefined;
}

/**
 * Checks the options that every layer with weights has.
 *
 * @throws DefinitionError
 */
export function requireWeightOptions(owner: string, { bias = false, frozen = false, weights }: WeightOptions): void {
  requireBoolean(`${owner}.bias`, bias);
  requireBoolean(`${owner}.frozen`, frozen);
  if (weights !== undefined) requireText(`${owner}.weights`, weights);
}
