export type { Atoms } from "./atoms/atoms.js";
export { matrixAtoms } from "./atoms/matrixAtoms.js";
export { type BoundedNorm, boundedNorm } from "./bound/boundedNorm.js";
export { lowerBound, upperBound } from "./bound/provenBounds.js";
export { type Bracket, type CombinationOptions, smallestCombination } from "./solver/smallestCombination.js";
