import { type Loss, losses, type Network, type Norm, normShape, type Optimizer, type StepRule } from "@steepest/core";
import { checkInit, checkStart, checkStepRule, checkStepSees } from "@steepest/core/internal";
import { type DatasetDefinition, datasetSizes, freshHint, freshRefusal, isGenerated, isLabelled } from "../dataset/registry.js";
import { endsOf } from "../network/ends.js";
import { type InitChoice, isGiven } from "../network/init.js";
import { buildNetwork } from "../network/registry.js";
import { buildOptimizer } from "../optimizer/registry.js";
import { buildStepRule } from "../step/registry.js";
import type { ArmDefinition } from "./arm.js";
import { attempt } from "./attempt.js";
import { mentions } from "./claim.js";
import type { ExperimentDefinition } from "./definition.js";
import { type Issue, isFormed, isSound } from "./issue.js";
import type { Path } from "./path.js";
import type { BatchDefinition } from "./phase.js";
import { probeIssues } from "./probeIssues.js";

/**
 * Problems that the schema cannot find, found before any run starts: the network, every optimiser and every step rule can be built, and they fit each other. Parts
 * in which the schema found something are left out.
 */
export function consistencyIssues(definition: ExperimentDefinition, found: readonly Issue[]): Issue[] {
  const issues: Issue[] = [];
  const { dataset, network: choice, arms, record } = definition;
  const loss = isSound(found, ["loss"]) ? losses[definition.loss.kind] : undefined;
  const isComplete = isSound(found, ["network"]) && isSound(found, ["dataset"]);
  const built = isComplete ? attempt(issues, ["network"], () => buildNetwork(choice, endsOf(dataset))) : undefined;
  const begun = built && attempt(issues, ["network"], () => initialized(built, choice.init));
  if (isSound(found, ["record", "probes"])) {
    const data = isSound(found, ["dataset"]) ? dataset : undefined;
    const written = isFormed(found, ["arms"]) ? Object.entries(arms) : [];
    const sound = Object.fromEntries(written.filter(([name]) => isSound(found, ["arms", name])));
    issues.push(...probeIssues(record.probes, { dataset: data, network: built, loss, arms: sound }));
  }
  if (built?.isHomogeneous === false) issues.push(...unpromisedGrowth(definition, found));
  if (isSound(found, ["dataset"])) issues.push(...moreClassesThanSamples(dataset));
  const hasLabels = isSound(found, ["dataset"]) ? isLabelled(dataset) : undefined;
  if (loss && hasLabels === false && loss.sees !== "targets") issues.push(lossOfMargins(loss, dataset));
  const never = eventsThatNeverCome(loss, hasLabels);
  for (const [i, claim] of isFormed(found, ["claims"]) ? (definition.claims ?? []).entries() : []) {
    if (!isSound(found, ["claims", i]) || !("after" in claim)) continue;
    issues.push(...never(["claims", i, "after"], claim.after));
  }
  for (const [name, arm] of isFormed(found, ["arms"]) ? Object.entries(arms) : []) {
    const path = ["arms", name];
    if (!isSound(found, path)) continue;
    checkArm(issues, path, arm, { network: built, loss, never });
    const init = begun && (arm.init ?? choice.init);
    if (init && !isGiven(init)) attempt(issues, path, () => checkStart(begun, init, buildStepRule(arm.step)));
    if (arm.batch && isSound(found, ["dataset"])) issues.push(...batchIssues([...path, "batch"], arm.batch, dataset));
  }
  return issues;
}

/** Issues of claims about the fall of a margin that theory lets grow on homogeneous networks only: there is no such number. */
function unpromisedGrowth({ claims = [] }: ExperimentDefinition, found: readonly Issue[]): Issue[] {
  const probe = "health.softMarginFall";
  return (isFormed(found, ["claims"]) ? claims : []).flatMap((claim, i): Issue[] => {
    if (!isSound(found, ["claims", i]) || !mentions(claim).probes.includes(probe)) return [];
    const hint = "claim softMargin.own itself, or homogenizedMargin.own";
    return [
      {
        path: ["claims", i],
        text: `${probe} has no value where theory promises no growth: the network is not homogeneous`,
        value: probe,
        hint,
      },
    ];
  });
}

function batchIssues(path: Path, batch: BatchDefinition, dataset: DatasetDefinition): Issue[] {
  if ("fresh" in batch) {
    return isGenerated(dataset) ? [] : [{ path: [...path, "fresh"], text: freshRefusal(dataset), value: batch.fresh, hint: freshHint }];
  }
  const { size } = batch;
  const { trainSize } = datasetSizes(dataset);
  return size > trainSize
    ? [{ path: [...path, "size"], text: `must be at most dataset.trainSize = ${trainSize}, got ${size}`, value: size }]
    : [];
}

/** The parts of an experiment that its arms must fit, as far as they are sound. */
interface ArmSurroundings {
  readonly network: Network | undefined;
  readonly loss: Loss | undefined;
  readonly never: NeverCome;
}

/** Checks an arm in every phase, each completed by the parts that it takes over from the phase before. */
function checkArm(issues: Issue[], path: Path, arm: ArmDefinition, { network, loss, never }: ArmSurroundings): void {
  const inBatches = arm.batch !== undefined;
  let flying: Optimizer | undefined;
  let pacing: StepRule | undefined;
  for (const [i, { optimizer, step }] of [arm, ...(arm.phases ?? [])].entries()) {
    const here = i === 0 ? path : [...path, "phases", i - 1];
    if (i > 0) issues.push(...never([...here, "when"], arm.phases![i - 1]!.when));
    if (optimizer) flying = attempt(issues, [...here, "optimizer"], () => buildOptimizer(optimizer));
    if (optimizer && flying && network) checkBlocks(issues, [...here, "optimizer", "norm"], flying.ownNorm, network);
    if (step) pacing = attempt(issues, here, () => buildStepRule(step));
    const [movesBy, isPacedBy] = [flying, pacing];
    if (movesBy && isPacedBy) attempt(issues, here, () => checkStepRule(isPacedBy, movesBy, { inBatches, loss }));
    if (step && isPacedBy && loss) attempt(issues, here, () => checkStepSees(isPacedBy, loss));
  }
}

/** The issue of classes of which some have no training sample. */
function moreClassesThanSamples(dataset: DatasetDefinition): Issue[] {
  const { classes = 2, trainSize } = datasetSizes(dataset);
  if (!isLabelled(dataset) || trainSize >= classes) return [];
  const text = `must be at least the number of classes, ${classes}, got ${trainSize}`;
  return [{ path: ["dataset", "trainSize"], text, value: trainSize, hint: "a class without a sample is never learnt" }];
}

/** The issue of samples with targets under a loss of margins. */
function lossOfMargins({ id }: Loss, { kind }: DatasetDefinition): Issue {
  const known = Object.values<Loss>(losses).flatMap(({ id: other, sees }) => (sees === "targets" ? [other] : []));
  return {
    path: ["loss", "kind"],
    text: `${id} is a loss of margins, which samples with targets do not have (${kind})`,
    value: id,
    hint: `use ${known.join(", ")}`,
  };
}

/** The issue of a condition that waits for an event; none where it may come. */
type NeverCome = (path: Path, condition: unknown) => Issue[];

/** Events that no run comes to: separation with a loss of targets, perfect accuracy where there are no labels. */
function eventsThatNeverCome(loss: Loss | undefined, hasLabels: boolean | undefined): NeverCome {
  const why: Record<string, string | undefined> = {
    separation: loss?.sees === "targets" ? `with the loss ${loss.id}` : undefined,
    perfectAccuracy: hasLabels === false ? "where samples have targets" : undefined,
  };
  const others = ["perfectAccuracy"].filter((event) => why[event] === undefined);
  return (path, condition) => {
    const reason = typeof condition === "string" ? why[condition] : undefined;
    if (reason === undefined) return [];
    const hint = `use ${["{ logRiskBelow }", ...others].join(", or ")}`;
    return [{ path, text: `${String(condition)} never comes ${reason}`, value: condition, hint }];
  };
}

function checkBlocks(issues: Issue[], path: Path, norm: Norm, { layout }: Network): void {
  attempt(issues, path, () => norm.checkBlocks?.(normShape(layout).blocks.length));
}

/** The network itself. @throws DefinitionError  if it cannot start from weights that are drawn like this; those of a file fit since it was read */
function initialized(network: Network, init: InitChoice): Network {
  if (!isGiven(init)) checkInit(network, init);
  return network;
}
