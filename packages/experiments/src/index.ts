export { armRun } from "./armRun.js";
export { catalog } from "./catalog/catalog.js";
export type { CatalogEntry } from "./catalog/entry.js";
export { refuseContradictions } from "./contradictions.js";
export type {
  DatasetFiles,
  DatasetHost,
  DatasetMember,
  DatasetSizes,
  DrawData,
  DrawnData,
  HashedBytes,
  ImageShape,
  ImportedModule,
} from "./dataset/dataset.js";
export type { Generator, SampleDrawer, SamplePart } from "./dataset/generator.js";
export type { ImageCollection, ImageParts, ImageSet } from "./dataset/imageCollection.js";
export { labelled } from "./dataset/labelled.js";
export type { PointsChoice } from "./dataset/points.js";
export {
  type DatasetDefinition,
  datasetSizes,
  datasets,
  drawData,
  type FreshSamples,
  filesReadBy,
  freshSamples,
  isLabelled,
  type LabelledDataset,
  needsFiles,
  pathsReadBy,
  pixelsOf,
  planeConstant,
  type SamplesOf,
  type WithContradictions,
} from "./dataset/registry.js";
export type { ArmDefinition } from "./definition/arm.js";
export type { Choice, OneOf, OptionsOf, ValueOf } from "./definition/choice.js";
export type { Claim } from "./definition/claim.js";
export type { Presentation, WrittenDefinition } from "./definition/definition.js";
export { definitionJsonSchema, type ExperimentDefinition } from "./definition/definition.js";
export { lossTexts } from "./definition/loss.js";
export { didYouMean, suggestion } from "./definition/nearest.js";
export { parseDefinition } from "./definition/parse.js";
export type { Path } from "./definition/path.js";
export { pathText } from "./definition/path.js";
export type { PhaseDefinition } from "./definition/phase.js";
export { deepestNesting, plainTree } from "./definition/plainTree.js";
export { resolveDefinition } from "./definition/resolve.js";
export type { ReadonlyTree } from "./definition/schema.js";
export { visible } from "./definition/text.js";
export { type FigureOptions, figure } from "./figure/figure.js";
export type { FigureSpec } from "./figure/figureSpec.js";
export { type FiguredRun, type ProbeFigure, type ProbeFigureOptions, probeFigure } from "./figure/probeFigure.js";
export { type ArmStyle, armStyles } from "./figure/style.js";
export type { BranchesChoice } from "./layer/branches.js";
export type { LayerMember } from "./layer/member.js";
export { type EntryChoice, layerKinds, plainLayers } from "./layer/registry.js";
export { admitModules } from "./module/admit.js";
export { loadModules } from "./module/load.js";
export { type ModulePlace, moduleNormsIn, modulePlaces } from "./module/places.js";
export type { ModuleOptimizerChoice, ModuleOptimizerFacts } from "./module/schema.js";
export { bareNetwork, givenNetwork, type NetworkAndData } from "./network/given.js";
export { type GivenInit, type InitChoice, initLaw, isGiven } from "./network/init.js";
export { homogeneityNote, isHomogeneous, type NetworkOfDefinition, notExpected } from "./network/isHomogeneous.js";
export type { NetworkEnds, NetworkMember } from "./network/member.js";
export { type NetworkChoice, networks } from "./network/registry.js";
export { type ConventionFinding, conventionFindings, conventionsOf, conventionTexts } from "./optimizer/conventions.js";
export { expectationTexts } from "./optimizer/expectationTexts.js";
export { firstStep, fittingStep, rulesFor, stepStarts } from "./optimizer/fittingStep.js";
export type { MenuEntry, OptimizerFacts, OptimizerMember } from "./optimizer/member.js";
export { optimizerMenu, optimizerProposals } from "./optimizer/menu.js";
export { moduleParts } from "./optimizer/module.js";
export { normText } from "./optimizer/normText.js";
export {
  buildOptimizer,
  type OptimizerChoice,
  optimizerFacts,
  optimizerName,
  optimizers,
} from "./optimizer/registry.js";
export type { BestRatioOracle, CertifiedPlace } from "./probe/bestRatio.js";
export type { LargestMargin, LargestMarginOracle, LargestMarginReadings } from "./probe/largestMargin.js";
export type { LinearReadings } from "./probe/linearCompanion.js";
export { logMeanRisk } from "./probe/logMeanRisk.js";
export type { Better } from "./probe/measured.js";
export type { MeasuredPoint } from "./probe/measuredPoint.js";
export { paperMargin, paperSymbol } from "./probe/paperNotation.js";
export { probeOf, probes, symbolOf } from "./probe/probe.js";
export type { Probe } from "./probe/probeFacts.js";
export { probeLabel, probeName } from "./probe/probeLabel.js";
export type { TeacherReadings } from "./probe/teacherRisk.js";
export { type PytorchOptions, pytorchProgram } from "./pytorch/pytorchProgram.js";
export { type PlannedRun, parseRun, type RunDefinition, runsOf } from "./record/definition.js";
export { type DecodedFiles, type DescribedRun, parseDescribedRun, recordedRows } from "./record/describedRun.js";
export { parseEnd, type RunEnd, type SealedEnd } from "./record/end.js";
export { type DecisiveContent, decisiveMembers, runHash } from "./record/name.js";
export { parseRows, type Row, readRow } from "./record/row.js";
export type { Recording, RunRecord } from "./record/runRecord.js";
export { type ExecuteOptions, execute, type RunEvent, type RunHost, type RunSources, trainOptions } from "./run.js";
export { isBeginningOf, type Rest, type RunState } from "./runState.js";
export type { StepChange, StepFacts, StepRemedy, StepRuleMember } from "./step/member.js";
export { buildStepRule, type StepChoice, stepFacts, stepRules } from "./step/registry.js";
export { type ExpectationFinding, expectationFindings } from "./verdict/expectation.js";
export { verdicts } from "./verdict/judge.js";
export { numberText } from "./verdict/numberText.js";
export { type PublishedFinding, type PublishedPoint, publishedFindings } from "./verdict/published.js";
export type { RunFailure, Verdict } from "./verdict/verdict.js";
export { initialWeights } from "./weights/initialWeights.js";
export { measureWeights, networkOfRun, type WeightReadings, type WeightsQuestion } from "./weights/measuredWeights.js";
export { type PlacedTensor, type PlacedWeights, placedWeights } from "./weights/placedWeights.js";
export { type BestRule, isBetter, type SaveRule, savedRows, saveRule } from "./weights/saveRule.js";
export { weightTensors } from "./weights/weightTensors.js";
