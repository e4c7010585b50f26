export type { Atoms } from "./atoms/atoms.js";
export { linearAtoms } from "./atoms/linearAtoms.js";
export { matrixAtoms } from "./atoms/matrixAtoms.js";
export { RowProducts } from "./atoms/rowProducts.js";
export { type BoundedNorm, boundedNorm } from "./bound/boundedNorm.js";
export { lowerBound, upperBound } from "./bound/provenBounds.js";
export { type Certification, type CertifyOptions, certify } from "./certificate/certify.js";
export {
  type CertifiableRun,
  type CertifyRunOptions,
  certifyRun,
  type RunCertificateOptions,
  type RunCertification,
} from "./certificate/certifyRun.js";
export { isCheckedNorm } from "./certificate/checkedNorm.js";
export {
  type CertificateDocument,
  type CertificateEntry,
  certificateFormat,
  type DirectionBasis,
  type DocumentDirection,
  type SupportMember,
} from "./certificate/document.js";
export type { Enclosure } from "./certificate/enclosure.js";
export { endsMeet } from "./certificate/endsMeet.js";
export { requireCertifiable } from "./certificate/requireCertifiable.js";
export { type GivenWeights, parseWeights, type WeightsFile, weightsFormat, weightsText } from "./certificate/weightsFile.js";
export { type MaxReluMargin, type MaxReluMarginOptions, maxReluMargin } from "./global/maxReluMargin.js";
export { type Polished, type PolishOptions, polish } from "./local/polish.js";
export { type MaxMargin, type MaxMarginOptions, maxMargin } from "./oracle/maxMargin.js";
export type { NegativeMargin } from "./oracle/negativeMargin.js";
export type { Uniqueness } from "./oracle/uniqueness.js";
export type { Rest } from "./solver/proposal.js";
export { type Bracket, type CombinationOptions, smallestCombination } from "./solver/smallestCombination.js";
export type { NetworkPoint } from "./tangent/tangentProblem.js";
