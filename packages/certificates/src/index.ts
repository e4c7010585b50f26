export type { Atoms } from "./atoms/atoms.js";
export { linearAtoms } from "./atoms/linearAtoms.js";
export { matrixAtoms } from "./atoms/matrixAtoms.js";
export { type BoundedNorm, boundedNorm } from "./bound/boundedNorm.js";
export { lowerBound, upperBound } from "./bound/provenBounds.js";
export { type MaxMargin, type MaxMarginOptions, maxMargin } from "./oracle/maxMargin.js";
export type { NegativeMargin } from "./oracle/negativeMargin.js";
export { type Bracket, type CombinationOptions, smallestCombination } from "./solver/smallestCombination.js";
