import { type Arena, ArenaPlan } from "@steepest/kernels";
import type { TrainHost } from "./train/options.js";

/**
 * Fresh kernel memory for parts of the core that are used alone, such as an optimiser without a training: `plan` says what `bind` will take.
 *
 * @throws ArenaFullError  if `bind` takes more than was planned, or the memory would not be addressable
 */
export function inKernelMemory<Bound>(host: TrainHost, plan: (plan: ArenaPlan) => void, bind: (arena: Arena) => Bound): Bound {
  const planned = new ArenaPlan();
  plan(planned);
  return bind(planned.allocate(host.kernels));
}
