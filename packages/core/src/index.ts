export type { KernelFactory, Kernels, Span } from "@steepest/kernels";
export type { Activation, ActivationExpression, ActivationFamily, Kink } from "./activation/activation.js";
export { activation } from "./activation/choice.js";
export { type ActivationChoice, type ActivationId, activations } from "./activation/registry.js";
export type { Carrier, Carrying, CarryingFunction, Plain } from "./carry/carrier.js";
export type { KeptState } from "./carry/state.js";
export type { BoundDirection, Decomposition, Direction } from "./direction/direction.js";
export { directionOf } from "./direction/directionOf.js";
export type { DirectionExpression } from "./direction/expression.js";
export { type NewtonSchulzOptions, newtonSchulz } from "./direction/newtonSchulz.js";
export type { PolarExpressOptions } from "./direction/polarExpress.js";
export type { OddQuintic } from "./direction/polynomial.js";
export type { RandomSpectrumOptions } from "./direction/randomSpectrum.js";
export { type DirectionForm, directionForms, directions } from "./direction/registry.js";
export {
  ArenaFullError,
  DataError,
  DefinitionError,
  type DefinitionIssue,
  DimensionError,
  isSteepestError,
  KernelLoadError,
  SteepestError,
  type SteepestErrorDetails,
} from "./error/errors.js";
export type { SampleMargins } from "./head/sampleMargins.js";
export { canonicalJson, decodeJson, encodeNumber } from "./json/canonicalJson.js";
export { type KktResidual, type KktResidualInput, kktResidual } from "./kkt/kktResidual.js";
export type { Layer, LayerEntry, LayerMember } from "./layer/layer.js";
export * from "./layer/registry.js";
export {
  type Loss,
  type LossFacts,
  type MarginLoss,
  meanReduction,
  type PytorchLoss,
  type Residuals,
  type TargetLoss,
} from "./loss/loss.js";
export * from "./loss/registry.js";
export { type AlignmentInput, alignment } from "./margin/alignment.js";
export { marginOf } from "./margin/margin.js";
export { supportSamples } from "./margin/supportSamples.js";
export { type ArrayHiddenLayer, type ArrayNetwork, arrayNetwork } from "./network/arrayNetwork.js";
export { type Contradictions, contradictionsOf, contradictionText } from "./network/contradictions.js";
export { type LabelledData, type SampleShape, type Samples, type SupervisedData, sampleShapeOf, type TargetData } from "./network/data.js";
export type { HiddenLayer } from "./network/hiddenLayers.js";
export { type Init, type InitLaw, initialise, type LayerLaw } from "./network/init.js";
export type { Block, Layout } from "./network/layout.js";
export type {
  BatchTrainer,
  KinkedSlot,
  Network,
  NetworkMember,
  RangeLoss,
  Scorer,
  Trainer,
  TrainerOptions,
  WeightResponse,
} from "./network/network.js";
export { normShape } from "./network/normShape.js";
export type { PytorchForward } from "./network/pytorchForward.js";
export * from "./network/registry.js";
export { type ArrayNorm, arrayNorm, type BlocksOf } from "./norm/arrayNorm.js";
export { type BoundNorm, bindNorm, bindNormIn, normScratch, planNorm } from "./norm/boundNorm.js";
export { l2Of, maxOf, sumOf } from "./norm/combine.js";
export type { ConeProgram } from "./norm/cones.js";
export type { NormExpression } from "./norm/expression.js";
export type { NormFacts, NormInvariance, PytorchFunction, PytorchNorm } from "./norm/facts.js";
export { type NormForm, normForms } from "./norm/forms.js";
export { lp } from "./norm/lp.js";
export type { ModuleNormExpression, ModuleNormFacts } from "./norm/moduleNorm.js";
export type { FlatPiece, LinearMap, MatrixBlock, Norm, NormFunctions, NormShape, RankOneNorm, SmoothDirection } from "./norm/norm.js";
export { type ModuleNorms, type NormChoice, normExpressionFromText, normFrom, normFromText, normOf } from "./norm/normOf.js";
export type { PlainNorm } from "./norm/plainFunctions.js";
export { plainNorm } from "./norm/plainNorm.js";
export type { Limit, PolytopeProgram, ScaledEntry } from "./norm/polytope.js";
export { type PythonSnippet, pythonSnippet } from "./norm/pythonSnippet.js";
export { type NormId, norms, smoothedNorms } from "./norm/registry.js";
export { weighted } from "./norm/weighted.js";
export type { Scaled, ScaledVector } from "./number/scaledNumber.js";
export { type ArrayOptimizer, arrayOptimizer } from "./optimizer/arrayOptimizer.js";
export { byLayer, type LayerOptimizer } from "./optimizer/byLayer.js";
export type { Epsilon } from "./optimizer/epsilon.js";
export type { EpsilonPlacement } from "./optimizer/epsilonPlacement.js";
export { type OptimizerIdentity, optimizerIdentities } from "./optimizer/identities.js";
export { type FrameMove, type LossFrame, lossFrame } from "./optimizer/lossFrame.js";
export type { OptimizerMember } from "./optimizer/member.js";
export type { BoundOptimizer, Expectation, Optimizer, OptimizerContext, StepSize } from "./optimizer/optimizer.js";
export type { PlainMemory, PlainOptimizer, PlainStep } from "./optimizer/plainFunctions.js";
export { plainOptimizer } from "./optimizer/plainOptimizer.js";
export * from "./optimizer/registry.js";
export { type Draw, drawNormal, drawSubset, drawUniform, streams } from "./random/draw.js";
export type { ModuleSource } from "./recipe/loadedPart.js";
export type { Member } from "./recipe/member.js";
export { type Recipe, recipeOf } from "./recipe/recipe.js";
export * from "./step/registry.js";
export type { Judged, StepContext, StepControl, StepRule, StepRuleMember } from "./step/stepRule.js";
export type { QuasiHomogeneity } from "./tape/exponents.js";
export type { FeatureShape } from "./tape/featureShape.js";
export type { BoundOperation, Operation } from "./tape/operation.js";
export type { Place, Recorder, WantedBlock } from "./tape/recorder.js";
export type { RecordedLayer, Tape, TapeNode, WeightBlock } from "./tape/tape.js";
export type { BatchRule, BatchSizes, FreshBatches, VarianceReduction } from "./train/batches.js";
export type { Condition } from "./train/condition.js";
export type { Descent } from "./train/descentWatch.js";
export { EndedTraining } from "./train/endedTraining.js";
export type { Health } from "./train/health.js";
export type { SampleSpread } from "./train/homogeneity.js";
export type { Measurement } from "./train/measurement/registry.js";
export type { StopRule, TrainHost, TrainOptions } from "./train/options.js";
export type { RunOutcome } from "./train/outcome.js";
export type { Phase } from "./train/pilot.js";
export { type ExpectedSamples, trainingBytes } from "./train/planTraining.js";
export type { TrainPoint } from "./train/point.js";
export { type RecordSchedule, recordPoints } from "./train/recordPoints.js";
export type { PointOptions, Run } from "./train/run.js";
export { type Driven, type DriveOptions, drive, type Told, type TrainEvent, train } from "./train/train.js";
export { Training } from "./train/training.js";
export type { TrainWarning, WarningFacts } from "./train/warnings.js";
