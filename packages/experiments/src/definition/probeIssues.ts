import { type Loss, linear, type Network, normShape } from "@steepest/core";
import { type DatasetDefinition, datasetSizes, filesReadBy, isLabelled, teacherOf } from "../dataset/registry.js";
import { buildOptimizer } from "../optimizer/registry.js";
import { normOfProbe, probeOf } from "../probe/probe.js";
import type { Probe } from "../probe/probeFacts.js";
import type { ArmDefinition } from "./arm.js";
import { attempt } from "./attempt.js";
import type { Issue } from "./issue.js";
import type { Path } from "./path.js";

/** The parts of a definition that say which probes have a value; undefined for one that has issues of its own. */
interface Recorded {
  readonly dataset: DatasetDefinition | undefined;
  readonly network: Network | undefined;
  readonly loss: Loss | undefined;
  /** Without arms that have issues of their own. */
  readonly arms: Readonly<Record<string, ArmDefinition>>;
}

/** Issues of recorded probes that have no value in the experiment, in their order. */
export function probeIssues(probes: readonly string[], parts: Recorded): Issue[] {
  return probes.flatMap((name, i): Issue[] => {
    const path = ["record", "probes", i];
    const probe = probeOf(name);
    const inside = [
      ...ofBlocks(path, name, parts),
      ...(probe
        ? [
            ...ofTeacher(path, probe, parts),
            ...ofLargestMargin(path, probe, parts),
            ...ofData(path, probe, parts),
            ...ofCompanion(path, probe, parts),
          ]
        : []),
    ];
    return inside.map((issue) => ({ ...issue, path })); // a probe is one text: nothing in it has a path
  });
}

/** Problems of a norm that is not one of the network's blocks. */
function ofBlocks(path: Path, name: string, { network }: Recorded): Issue[] {
  const norm = network && normOfProbe(name);
  const issues: Issue[] = [];
  if (norm) attempt(issues, path, () => norm.checkBlocks?.(normShape(network.layout).blocks.length));
  return issues;
}

/** Problems of a probe of a linear teacher: the data has none, or the model is not linear. */
function ofTeacher(path: Path, { needsTeacher }: Probe, { dataset, network }: Recorded): Issue[] {
  if (!needsTeacher || !dataset || !network) return [];
  if (!teacherOf(dataset)) {
    const hint = 'use { "kind": "oneHotTeacher" } with more than two classes, or leave the probe out';
    return [{ path, text: `needs data that a linear teacher labels, got ${dataset.kind}`, value: dataset.kind, hint }];
  }
  const { degree, layout } = network;
  if (degree === 1 && layout.blocks.length === 1) return [];
  return [{ path, text: "needs a linear model beside the linear teacher", value: degree, hint: 'use "network": { "kind": "linear" }' }];
}

/** Problems of a probe of the largest margin, which is known of linear models, and in ℓ2 of two-layer ReLU networks on three inputs or less. */
function ofLargestMargin(path: Path, { name, needsLargest }: Probe, { network }: Recorded): Issue[] {
  if (!needsLargest || !network || (network.degree === 1 && network.layout.blocks.length === 1)) return [];
  const issue = (text: string, value: unknown, hint: string): Issue[] => [{ path, text, value, hint }];
  if (needsLargest === "maximizer" || !network.isTwoLayerRelu)
    return issue("needs a linear model without biases", network.degree, 'use "network": { "kind": "linear" }');
  if (
    !normOfProbe(name)
      ?.euclideanDiagonal?.(normShape(network.layout))
      ?.every((factor) => factor === 1)
  )
    return issue("is known of this network in the norm l2 alone", name, "record marginRatio.l2");
  const { inputDim } = network;
  if (inputDim > 3) return issue("is known of ReLU networks on at most 3 inputs", inputDim, "use a data set of 2 or 3 inputs");
  return [];
}

/** Problems of a probe that the samples, the network or the loss have no value for; the first of several. */
function ofData(path: Path, { name, ...needs }: Probe, { dataset, network, loss }: Recorded): Issue[] {
  const issue = (text: string, hint: string): Issue[] => [{ path, text, value: name, hint }];
  if (needs.needsLabels && dataset && !isLabelled(dataset))
    return issue(`has no value on ${dataset.kind}, whose samples have targets and no labels`, "record logRisk, testSquaredError or norms");
  if (needs.needsMargins && loss?.sees === "targets")
    return issue(`has no value with the loss ${loss.id}, which is none of margins`, "leave it out");
  if (needs.needsHomogeneity && network?.isHomogeneous === false) {
    const text = "has no value for a network that is not homogeneous, of which the theorems say nothing";
    return issue(text, "leave it out, or record eulerDefect.max and homogenizedMargin.own");
  }
  if (needs.needsTargets && loss && loss.sees !== "targets")
    return issue(`has no value with the loss ${loss.id}, which has no targets`, 'use the loss "squared", or record testAccuracy');
  if (needs.needsTest && dataset && filesReadBy(dataset).length === 0 && datasetSizes(dataset).testSize === 0)
    return issue("has no value without test samples", "set dataset.testSize, where the data set has it, or leave the probe out");
  return [];
}

/** Problems of a probe of a linear model beside the network: an optimiser that the one matrix of it does not fit. */
function ofCompanion(path: Path, { needsCompanion }: Probe, { network, arms }: Recorded): Issue[] {
  if (!needsCompanion || !network) return [];
  const { inputDim, outputs } = network;
  const { blocks } = normShape(linear({ inputDim, outputs }).layout);
  return Object.entries(arms).flatMap(([name, arm]) => {
    const refused: Issue[] = [];
    for (const { optimizer } of [arm, ...(arm.phases ?? [])]) {
      const built = optimizer && attempt([], path, () => buildOptimizer(optimizer)); // what cannot be built is told of the arm
      if (built) attempt(refused, path, () => built.ownNorm.checkBlocks?.(blocks.length));
    }
    return refused.map(({ text, value }) => ({
      path,
      text: `trains a linear model, one matrix of weights, with the optimiser of arm "${name}", whose norm does not fit it: ${text}`,
      value,
      hint: "leave the probe out, or use a norm for any number of matrices",
    }));
  });
}
