import type { LabelledData, Loss } from "@steepest/core";
import { pytorchTensors } from "@steepest/core/internal";
import { armRun } from "../armRun.js";
import type { ExperimentDefinition } from "../definition/definition.js";
import { endsOfDrawn } from "../network/ends.js";
import { buildNetwork } from "../network/registry.js";
import type { OptimizerMember } from "../optimizer/member.js";
import { type OptimizerChoice, optimizerFacts } from "../optimizer/registry.js";
import type { RunDefinition } from "../record/definition.js";
import type { StepRuleMember, StepSurroundings } from "../step/member.js";
import { type StepChoice, stepRules } from "../step/registry.js";
import { type HeadSource, headSource } from "./head.js";
import { lossOf, lossSource } from "./loss.js";
import { exp, log } from "./lossFrame.js";
import { movingWeights } from "./movingWeights.js";
import { networkSource } from "./network.js";
import type { OptimizerSource, Shape } from "./optimizerSource.js";
import { base64Source, pythonComment, pythonNumber } from "./python.js";
import { snippetsText } from "./snippet.js";
import type { StepSource } from "./stepSource.js";
import { untranslated } from "./untranslated.js";

export interface PytorchOptions {
  readonly seed: number;
  /** Training data of the arm. */
  readonly data: LabelledData;
  /** Blocks in the order of the layers, row-major w[rows][columns]. */
  readonly initialWeights: Float64Array;
}

/**
 * One arm of an experiment as a Python program over PyTorch in float64, with the exact bits of its data and initial weights. It prints a JSON line per
 * recorded step: logRisk and the margins in l1, l2, linf and spectral. They are those of our rows up to rounding, as long as no rule that takes steps back
 * decides within it.
 *
 * @param definition  the experiment
 * @param arm         name of the arm
 * @param options     seed, training data and initial weights of the run
 * @returns the program's text
 * @throws DefinitionError  if there is no such arm, or something in it has no translation
 */
export function pytorchProgram(definition: ExperimentDefinition, arm: string, { seed, data, initialWeights }: PytorchOptions): string {
  const { run } = armRun(definition, arm, seed);
  for (const key of ["phases", "batch"] as const) if (run.arm[key] !== undefined) untranslated(`arms.${arm}.${key}`, key, reasons[key]);
  const built = buildNetwork(run.network, endsOfDrawn(run.dataset, data));
  const loss = lossOf(run.loss);
  const head = headSource(data, loss);
  const degree = pythonNumber("degree", built.degree);
  const moving = movingWeights(run.arm.optimizer, built, data);
  const rule = stepSource(run.arm.step, { degree, moving: moving.expression });
  const step = rule.needsMoving ? { ...rule, text: `${moving.text}${rule.text}` } : rule;
  const network = networkSource(built, initialWeights, head);
  const optimizer = optimizerSource(run.arm.optimizer, network.shapes);
  const norm = step.needsNorm ? optimizer.norm() : undefined;
  const snippets = snippetsText([pytorchTensors.matrices, exp, log, ...(norm?.needs ?? []), ...optimizer.needs]);
  return `# A program for Python 3 and PyTorch in float64. It prints one JSON line per recorded step,
# ${step.judges ? judgedAgreement : "the same numbers as Steepest up to rounding."}
${pythonComment(`${definition.id}: ${definition.question}`)}
${pythonComment(`Arm ${arm}, seed ${seed}`)}
import base64
import itertools
import json
import math
import struct

import torch

torch.set_default_dtype(torch.float64)


def decode(text):
    """The exact bits of little-endian float64 numbers."""
    data = base64.b64decode(text)
    return torch.tensor(struct.unpack(f"<{len(data) // 8}d", data))


${dataSource(data, head)}
${network.weights}

${snippets}

${[network.functions, ...(step.needsSamples ? [network.sampleGradients(!norm!.isFormed)] : [])].join("\n\n\n")}


${lossSource(loss, step.needsInverse === true)}


${evaluation(degree, head)}

${recording(run)}

${steering(optimizer, norm?.text, step)}
${loop(run, loss, optimizer, step)}`;
}

const reasons = {
  phases: "the program has one optimiser and one step rule from the first step to the last; the TypeScript program has phases",
  batch:
    "which samples a step sees is drawn by Steepest's own random numbers, which PyTorch does not have; the TypeScript program has them",
} as const;

const judgedAgreement = `the same numbers as Steepest up to rounding while the same steps are taken back: where the
# values that decide it differ by no more than rounding, it may fall otherwise here, and the runs part.`;

function optimizerSource(choice: OptimizerChoice, shapes: readonly Shape[]): OptimizerSource {
  const member = optimizerFacts(choice.kind) as unknown as OptimizerMember<unknown> | undefined; // choices of programs may be any
  const source =
    member?.pytorch?.(choice, shapes) ?? untranslated("optimizer.kind", choice.kind, "the TypeScript program has every optimiser");
  const { decay, ...others } = source;
  return decay === undefined || decay === "0" ? others : source;
}

function stepSource(choice: StepChoice, surroundings: StepSurroundings): StepSource {
  const member: StepRuleMember<unknown> | undefined = stepRules[choice.rule];
  return member?.pytorch?.(choice, surroundings) ?? untranslated("step.rule", choice.rule, "the TypeScript program has every step rule");
}

function dataSource({ inputs, inputDim }: LabelledData, head: HeadSource): string {
  return `inputs = decode(
${base64Source(Float64Array.from(inputs), "    ")}).reshape(-1, ${inputDim})
${head.labels}
`;
}

function evaluation(degree: string, head: HeadSource): string {
  return `${head.functions}def evaluate(theta):
    """log R, the sample margins, and the gradient of log R, which is that of R divided by R."""
    theta = theta.detach().requires_grad_()
    f = scores(theta)
${head.margins}
    log_risk = log_risk_of(seen)
    (ghat,) = torch.autograd.grad(log_risk, theta)
    finite = f.isfinite().all()
    return log_risk.item() if finite else math.nan, margins.detach(), ghat


def margin(value, norm):
    """value / norm^${degree}, by logarithms because the power may leave float64."""
    if not norm > 0:
        return math.nan
    return math.copysign(exp(log(abs(value)) - ${degree} * math.log(norm)), value)


margin_norms = {
    "l1": lambda x: x.abs().sum(),
    "l2": torch.linalg.vector_norm,
    "linf": lambda x: x.abs().max(),
    "spectral": lambda x: max(torch.linalg.svdvals(m)[0] for m in matrices(x, shapes)),
}


def json_number(x):
    return x if math.isfinite(x) else {math.inf: "Infinity", -math.inf: "-Infinity"}.get(x, "NaN")


def record(step, log_risk, margins, theta):
    row = {"step": step, "logRisk": json_number(log_risk)}
    for name, norm in margin_norms.items():
        row["margin." + name] = json_number(margin(margins.min().item(), norm(theta).item()))
    print(json.dumps(row), flush=True)
`;
}

function recording({ record: { pointsPerDecade, at = [] } }: RunDefinition): string {
  const further = at.map((step, i) => pythonNumber(`record.at[${i}]`, step));
  const perDecade = pythonNumber("record.pointsPerDecade", pointsPerDecade);
  return `def is_due(step):
    """0${further.map((step) => `, ${step}`).join("")} and the integers nearest to 10^(k / ${perDecade})."""
    if step in {${["0", ...further].join(", ")}}:
        return True
    k = round(${perDecade} * math.log10(step))
    return any(math.floor(10 ** (j / ${perDecade}) + 0.5) == step for j in (k - 1, k, k + 1))
`;
}

function steering(optimizer: OptimizerSource, norm: string | undefined, step: StepSource): string {
  const rule = step.judges ? "rule = StepRule()\n" : "";
  return `
# A step is eta e^(u + v) d: the optimiser says d and u, the step rule eta and v. So a size over the risk needs no risk.
${norm ? `norm = ${norm}\n` : ""}optimizer = ${optimizer.text}


${step.text}


${rule}`;
}

function loop(run: RunDefinition, { sees }: Loss, optimizer: OptimizerSource, step: StepSource): string {
  const { stop, loss } = run;
  const zeroRisk = "log_risk == -math.inf";
  const ends = [
    ...(sees === "targets" ? [zeroRisk] : []),
    ...(stop.logRiskBelow === undefined ? [] : [`log_risk < ${pythonNumber("stop.logRiskBelow", stop.logRiskBelow)}`]),
    ...(stop.steps === undefined ? [] : [`step >= ${pythonNumber("stop.steps", stop.steps)}`]),
  ];
  const isMean = loss.reduction === "mean";
  return `theta = initial
perfect = separated = False
for step in itertools.count():
    log_risk, margins, ghat = evaluate(theta)
    if not ${sees === "targets" ? `(math.isfinite(log_risk) or ${zeroRisk})` : "math.isfinite(log_risk)"}:
        break  # diverged
    over = ${ends.join(" or ") || "False"}
    reached = (margins.min().item() > 0 and not perfect, log_risk < log_loss_at_zero and not separated)
    perfect, separated = perfect or reached[0], separated or reached[1]
    recorded = over or any(reached) or is_due(step)
    if recorded:
        if not (theta.isfinite().all() and ghat.isfinite().all()):
            break  # diverged
        record(step, log_risk, margins, theta)
        if not ghat.any() and not log_risk < log_loss_at_zero:
            break  # nothing can move any more
    if over:
        break
    seen = ${isMean ? "log_risk - math.log(len(labels))  # the risk is a mean" : "log_risk"}
    direction, u = optimizer.aim(ghat, seen, theta)
${step.judges ? judgedStep(optimizer, step, isMean) : plainStep(optimizer, step)}`;
}

/** A step of the length that the rule says. */
function plainStep(optimizer: OptimizerSource, step: StepSource): string {
  return `    size, v = step_size(step, log_risk, seen, theta, ghat)
${shortened("    ", optimizer, step)}${step.needsSamples ? unreachable : ""}    length = size * exp(u + v)
    if not math.isfinite(length):
        break  # diverged
    theta = ${moved(optimizer)}
`;
}

/** A step that is tried shorter and shorter until the rule accepts where it leads. */
function judgedStep(optimizer: OptimizerSource, step: StepSource, isMean: boolean): string {
  const seenAfter = isMean ? "after - math.log(len(labels))" : "after";
  const accepts = `rule.accepts((seen, log_risk, theta), (${seenAfter}, after, there))`;
  return `    for attempt in range(2001):
        size, v = rule.size(step, log_risk, seen, theta, ghat)
${shortened("        ", optimizer, step)}        length = size * exp(u + v)
        there = ${moved(optimizer)}
        moved = not torch.equal(there, theta)
        after = evaluate(there)[0]
        if moved and ${optimizer.rescales ? `(optimizer.rescaling or ${accepts})` : accepts}:
            break
        if not moved or attempt == 2000:
            there = None
            break
    if there is None:
        if not recorded:
            record(step, log_risk, margins, theta)
        break  # stalled: every step was taken back
    theta = there
`;
}

/** The expression of the weights after a step. */
function moved({ decay, moves }: OptimizerSource): string {
  const from = decay === undefined ? "theta" : `(1 - ${decay} * size * exp(v)) * theta`;
  return moves ? `optimizer.move(${from}, direction, length)` : `${from} + length * direction`;
}

const shortened = (indent: string, { unitLength }: OptimizerSource, { paces }: StepSource): string =>
  paces && unitLength ? `${indent}size /= ${unitLength}  # a step of size 1 is so long\n` : "";

const unreachable = `    if not math.isfinite(size):
        record(step, log_risk, margins, theta)
        break  # no step moves any sample's score
`;
