import type { KernelFactory } from "@steepest/kernels";
import { headKernels } from "./head/headKernels.js";
import { activationKernels } from "./layer/activationKernels.js";
import { convolutionKernels } from "./layer/conv2d.js";
import { layerKernels } from "./layer/layerKernels.js";
import { poolingKernels } from "./layer/poolingKernels.js";
import { lossKernels } from "./loss/lossKernels.js";
import { matrixKernels } from "./matrix/svd.js";
import { arenaBase, createMemory } from "./memory.js";
import { normKernels } from "./norm/normKernels.js";
import { randomKernels } from "./random/randomKernels.js";
import { scalarKernels } from "./scalar/scalarKernels.js";
import { vectorKernels } from "./vector/vectorKernels.js";

/** Every kernel in plain TypeScript over an ordinary buffer: the same interface, the same bits, no WebAssembly. */
export const referenceKernels: KernelFactory = (byteLength) => {
  const memory = createMemory(byteLength);
  return {
    ...scalarKernels,
    ...vectorKernels(memory),
    ...layerKernels(memory),
    ...activationKernels(memory),
    ...poolingKernels(memory),
    ...convolutionKernels(memory),
    ...matrixKernels(memory),
    ...headKernels(memory),
    ...lossKernels(memory),
    ...normKernels(memory),
    ...randomKernels(memory),
    buffer: memory.buffer,
    arenaBase,
  };
};
