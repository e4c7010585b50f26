import {
  DefinitionError,
  type InitLaw,
  type Loss,
  linear,
  losses,
  type Network,
  type Norm,
  normShape,
  type Optimizer,
  type StepRule,
} from "@steepest/core";
import { checkInit, checkStart, checkStepRule, checkStepSees } from "@steepest/core/internal";
import { type DatasetDefinition, datasetSizes, freshHint, freshRefusal, isGenerated, teacherOf } from "../dataset/registry.js";
import { endsOf } from "../network/ends.js";
import { buildNetwork } from "../network/registry.js";
import { buildOptimizer } from "../optimizer/registry.js";
import { normOfProbe, probeOf } from "../probe/probe.js";
import { buildStepRule } from "../step/registry.js";
import type { ArmDefinition } from "./arm.js";
import { mentions } from "./claim.js";
import type { ExperimentDefinition } from "./definition.js";
import { type Issue, isFormed, isSound, issueAt } from "./issue.js";
import type { Path } from "./path.js";
import type { BatchDefinition } from "./phase.js";

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
  for (const [i, probe] of built && isSound(found, ["record", "probes"]) ? record.probes.entries() : []) {
    const path = ["record", "probes", i];
    const norm = normOfProbe(probe);
    const inside: Issue[] = [];
    if (norm && built) checkBlocks(inside, path, norm, built);
    if (built && probeOf(probe)?.needsTeacher) inside.push(...withoutTeacher(path, dataset, built));
    if (built && probeOf(probe)?.needsCompanion) inside.push(...withoutCompanion(path, definition, built, found));
    issues.push(...inside.map((issue) => ({ ...issue, path }))); // a probe is one text: nothing in it has a path
  }
  if (built?.isHomogeneous === false) issues.push(...unpromisedGrowth(definition, found));
  if (loss?.sees === "targets" && isSound(found, ["record", "probes"])) issues.push(...probesOfMargins(record.probes, loss));
  for (const [i, claim] of isFormed(found, ["claims"]) ? (definition.claims ?? []).entries() : []) {
    if (loss?.sees !== "targets" || !isSound(found, ["claims", i]) || !("after" in claim) || claim.after !== "separation") continue;
    issues.push(neverSeparated(["claims", i, "after"], loss));
  }
  for (const [name, arm] of isFormed(found, ["arms"]) ? Object.entries(arms) : []) {
    const path = ["arms", name];
    if (!isSound(found, path)) continue;
    checkArm(issues, path, arm, built, loss);
    if (begun) attempt(issues, path, () => checkStart(begun, arm.init ?? choice.init, buildStepRule(arm.step)));
    if (arm.batch && isSound(found, ["dataset"])) issues.push(...batchIssues([...path, "batch"], arm.batch, dataset));
  }
  return issues;
}

/** Problems of a probe of a linear teacher: the data has none, or the model is not linear. */
function withoutTeacher(path: Path, dataset: DatasetDefinition, { degree, layout }: Network): Issue[] {
  if (!teacherOf(dataset)) {
    const hint = 'use { "kind": "oneHotTeacher" } with more than two classes, or leave the probe out';
    return [{ path, text: `needs data that a linear teacher labels, got ${dataset.kind}`, value: dataset.kind, hint }];
  }
  if (degree === 1 && layout.blocks.length === 1) return [];
  return [{ path, text: "needs a linear model beside the linear teacher", value: degree, hint: 'use "network": { "kind": "linear" }' }];
}

/** Problems of a probe of a linear model beside the network: an optimiser that the one matrix of it does not fit. */
function withoutCompanion(path: Path, { arms }: ExperimentDefinition, { inputDim, outputs }: Network, found: readonly Issue[]): Issue[] {
  const companion = linear({ inputDim, outputs });
  return Object.entries(isFormed(found, ["arms"]) ? arms : {}).flatMap(([name, arm]) => {
    if (!isSound(found, ["arms", name])) return [];
    const refused: Issue[] = [];
    for (const { optimizer } of [arm, ...(arm.phases ?? [])]) {
      const built = optimizer && attempt([], path, () => buildOptimizer(optimizer)); // what cannot be built is told of the arm
      if (built) checkBlocks(refused, path, built.ownNorm, companion);
    }
    return refused.map(({ text, value }) => ({
      path,
      text: `trains a linear model, one matrix of weights, with the optimiser of arm "${name}", whose norm does not fit it: ${text}`,
      value,
      hint: "leave the probe out, or use a norm for any number of matrices",
    }));
  });
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

/** Checks an arm in every phase, each completed by the parts that it takes over from the phase before. */
function checkArm(issues: Issue[], path: Path, arm: ArmDefinition, network: Network | undefined, loss: Loss | undefined): void {
  const inBatches = arm.batch !== undefined;
  let flying: Optimizer | undefined;
  let pacing: StepRule | undefined;
  for (const [i, { optimizer, step }] of [arm, ...(arm.phases ?? [])].entries()) {
    const here = i === 0 ? path : [...path, "phases", i - 1];
    if (i > 0 && loss?.sees === "targets" && arm.phases![i - 1]!.when === "separation") {
      issues.push(neverSeparated([...here, "when"], loss));
    }
    if (optimizer) flying = attempt(issues, [...here, "optimizer"], () => buildOptimizer(optimizer));
    if (optimizer && flying && network) checkBlocks(issues, [...here, "optimizer", "norm"], flying.ownNorm, network);
    if (step) pacing = attempt(issues, here, () => buildStepRule(step));
    const [movesBy, isPacedBy] = [flying, pacing];
    if (movesBy && isPacedBy) attempt(issues, here, () => checkStepRule(isPacedBy, movesBy, inBatches));
    if (step && isPacedBy && loss) attempt(issues, here, () => checkStepSees(isPacedBy, loss));
  }
}

function neverSeparated(path: Path, { id }: Loss): Issue {
  return {
    path,
    text: `separation never comes with the loss ${id}`,
    value: "separation",
    hint: "use { logRiskBelow }, or perfectAccuracy",
  };
}

/** Problems of probes that have no value under a loss of targets. */
function probesOfMargins(probes: readonly string[], { id }: Loss): Issue[] {
  return [...probes.entries()].flatMap(([i, probe]) =>
    probeOf(probe)?.needsMargins
      ? [
          {
            path: ["record", "probes", i],
            text: `has no value with the loss ${id}, which is none of margins`,
            value: probe,
            hint: "leave it out",
          },
        ]
      : [],
  );
}

function checkBlocks(issues: Issue[], path: Path, norm: Norm, { layout }: Network): void {
  attempt(issues, path, () => norm.checkBlocks?.(normShape(layout).blocks.length));
}

/** The part that `build` makes; undefined if it refuses. Core knows the path inside a part; the definition knows where the part stands. */
function attempt<T>(issues: Issue[], path: Path, build: () => T): T | undefined {
  try {
    return build();
  } catch (cause) {
    if (!(cause instanceof DefinitionError)) throw cause;
    issues.push(issueAt(path, cause));
    return undefined;
  }
}

/** The network itself. @throws DefinitionError  if it cannot start from weights that are drawn like this */
function initialized(network: Network, init: InitLaw): Network {
  checkInit(network, init);
  return network;
}
