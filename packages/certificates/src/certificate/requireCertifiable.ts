import { DefinitionError, type Network, type Norm, normShape } from "@steepest/core";
import { boundedNorm } from "../bound/boundedNorm.js";
import { withLentMemory } from "../memory/lentMemory.js";
import type { CertifyOptions } from "./certify.js";

/**
 * A refusal of norms in which `certify` cannot search, for callers whose weights cost time: such a norm is found before they are computed.
 *
 * @param norm     the norm
 * @param network  the network whose weights are to be certified
 * @param kernels  what they are certified with
 * @throws DefinitionError  if the norm does not fit the network, or has no projection onto its ball, which a norm of a user's own may lack
 */
export async function requireCertifiable(norm: Norm, network: Network, kernels: CertifyOptions["kernels"]): Promise<void> {
  await withLentMemory(kernels, async (lent) => {
    const { size, projectBall } = boundedNorm(norm, lent, normShape(network.layout).blocks);
    try {
      projectBall(new Float64Array(size), 1, new Float64Array(size));
    } catch (cause) {
      if (!(cause instanceof DefinitionError)) throw cause;
      throw new DefinitionError(`${norm.id}: certificates are searched for with projections: ${cause.message}`, {
        path: cause.path,
        hint: cause.hint ?? "add projectBall(x, radius)",
        cause,
      });
    }
  });
}
