export type {
  ActivationKernels,
  ConvolutionArguments,
  ConvolutionKernels,
  HeadKernels,
  KernelFactory,
  KernelFunctions,
  Kernels,
  LayerKernels,
  LossKernels,
  MatrixKernels,
  NormKernels,
  Pointer,
  PoolingArguments,
  PoolingKernels,
  RandomKernels,
  ScalarKernels,
  VectorKernels,
} from "./abi.js";
export { Arena, ArenaPlan, mostKernelBytes } from "./arena.js";
export { binaryUrl } from "./binaryUrl.js";
export { canCompile } from "./canCompile.js";
export { type Conv2dSizes, conv2dOutputs, conv2dScratchBytes } from "./conv2dScratch.js";
export {
  ArenaFullError,
  brandError,
  DefinitionError,
  type DefinitionIssue,
  isSteepestError,
  KernelLoadError,
  refusedMemory,
  SteepestError,
  type SteepestErrorDetails,
} from "./errors.js";
export { abiVersion, type KernelSource, loadKernels } from "./instantiate.js";
export { requireIntact } from "./integrity.js";
export { bytes, type Cut, entryOf, largestOf, type Pieces, partOf, type Region, Scratch, type Sized } from "./region.js";
export { kernelsFrom, requireFactory, requireKernels } from "./requireKernels.js";
export { blocking, classScratchBytes, denseScratchBytes, sparsePanel, sparseScratchBytes, svdScratchBytes } from "./scratch.js";
export { shown } from "./shown.js";
export type { IndexSpan, Span } from "./span.js";
