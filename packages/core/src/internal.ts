// What the other packages of this repository need of the core, and users do not: no promise holds from one version to the next.
export { ArenaPlan, denseScratchBytes, mostKernelBytes } from "@steepest/kernels";
export { carrying } from "./carry/carrier.js";
export { keepState, putBackState } from "./carry/state.js";
export { foreignWord, namesOfForeign, writtenAs } from "./check/foreignWords.js";
export { type KnownKeys, refuseUnknownKeys } from "./check/knownKeys.js";
export { nearest } from "./check/nearest.js";
export { requireInteger } from "./check/require.js";
export { polarExpressPolynomials } from "./direction/polarExpress.js";
export { brandError } from "./error/errors.js";
export { packError, type SentError, unpackError } from "./error/sentError.js";
export { nestingOf } from "./json/nesting.js";
export { checkData, hasTargets } from "./network/data.js";
export { checkInit } from "./network/init.js";
export { boundByCones } from "./norm/boundByCones.js";
export { moduleId } from "./norm/moduleNorm.js";
export { type PytorchForm, pytorchForms } from "./norm/pytorch/forms.js";
export { polarFactor } from "./norm/pytorch/singular.js";
export { pytorchTensors } from "./norm/pytorch/tensors.js";
export { productError, splitter } from "./number/productError.js";
export { admitOptimizer } from "./optimizer/admitOptimizer.js";
export { describedOptimizer, type PlainFacts } from "./optimizer/plainOptimizer.js";
export { factories } from "./parts/factories.js";
export { memberOf, type PartSource, sourceOf } from "./parts/source.js";
export { fillNormal, fillUniform } from "./random/draw.js";
export { isLoaded, keepPart, type LoadedPart, loadedPart } from "./recipe/loadedPart.js";
export { recorded } from "./recipe/recipe.js";
export { type RecordFile, recordFiles } from "./record/files.js";
export { parseJson } from "./record/json.js";
export { parseRunName, requirePlainName, runName } from "./record/name.js";
export { changedRunHint, refuseChanged } from "./record/refuseChanged.js";
export { type RecordedRow, type RowsFile, RowsParser, type RunningHash, rowLine } from "./record/row.js";
export {
  parseSealedOutcome,
  requireUnchanged,
  type Seal,
  type SealedOutcome,
  sealOutcome,
  type TextHash,
} from "./record/seal.js";
export { largestBoundedC } from "./step/marginPaced.js";
export { measurements } from "./train/measurement/registry.js";
export { checkStart, checkStepRule, checkStepSees, checkTrainOptions, trainOptionKeys } from "./train/options.js";
export { mostRecordPoints } from "./train/recordPoints.js";
export { closedRun, PointReaders } from "./train/run.js";
export { scoreRisk } from "./train/scoreRisk.js";
export { askedNorm, normIdOf } from "./train/trackedNorms.js";
