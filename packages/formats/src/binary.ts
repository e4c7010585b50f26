/*
 * The formats of bytes alone, which import nothing of others: a program that reads these, and is bundled, has no reader of tables in it.
 */
export { type Cifar10Images, cifar10FileBytes, parseCifar10 } from "./cifar10/parseCifar10.js";
export { type IdxArray, idxFileBytes, idxHeaderBytes, parseIdx, parseIdxOf } from "./idx/parseIdx.js";
export { parseSafetensors, type Safetensors, safetensorsBytes, type Tensor } from "./safetensors/safetensors.js";
