import { classScratchBytes, type Kernels, type Span } from "@steepest/kernels";
import type { Loss, MarginLoss, TargetLoss } from "../loss/loss.js";
import type { Head } from "./head.js";

type ObjectiveSpan = "labels" | "margins" | "smoothed" | "weights" | "seeds" | "targets" | "shares";

/** Spans that a loss and a head need for n samples, whichever they are. */
export function objectiveSpans(n: number, outputs: number): Record<ObjectiveSpan, number> {
  return {
    labels: n,
    margins: n,
    smoothed: n,
    weights: n,
    seeds: n * outputs,
    targets: n * outputs,
    shares: outputs > 1 ? classScratchBytes(outputs) / 8 : 0,
  };
}

export interface ObjectiveParts {
  readonly kernels: Kernels;
  readonly head: Head;
  readonly scores: Span;
  readonly spans: Readonly<Record<ObjectiveSpan, Span>>;
}

/** A loss of the scores of a set of samples, whose labels and targets are in `spans`, and its derivatives by the scores. */
export interface Objective {
  /** Computes the weights, and the seeds, of the scores; returns log R. */
  evaluate(): number;
  /** The log R and the weights of `evaluate`, the same bits, where no gradient follows: the seeds may be left as they are. */
  look(): number;
  /** ∂R / ∂f(xᵢ) / R = sign(labelᵢ) weightsᵢ seedsᵢ; absent: seeds that are all 1. */
  readonly seeds: Span | undefined;
  sign(label: number): number;
  /** true: <seedsᵢ, f(xᵢ)> is the margin that the loss sees, so that gradients of it bound how margins change. */
  readonly seesMargins: boolean;
}

/** The objective of a loss, on data of a head that has what it sees. */
export function objectiveOf(parts: ObjectiveParts, loss: Loss): Objective {
  return loss.sees === "targets" ? ofTargets(parts, loss) : ofMargins(parts, loss);
}

function ofMargins({ kernels, head, scores, spans }: ObjectiveParts, loss: MarginLoss): Objective {
  const { margins, smoothed, weights, seeds, labels, shares } = spans;
  const { smoothed: smoothing } = head;
  if (!smoothing) {
    const evaluate = (): number => loss.evaluate(kernels, margins, weights);
    return { seesMargins: true, seeds: undefined, sign: (label) => -label, evaluate, look: evaluate };
  }
  const samples = { scores: scores.ptr, labels: labels.ptr, n: labels.length, outputs: scores.length / labels.length };
  return {
    seesMargins: true,
    seeds,
    sign: () => -1,
    evaluate: () => {
      smoothing.evaluate(kernels, samples, smoothed.ptr, seeds.ptr, shares.ptr);
      return loss.evaluate(kernels, smoothed, weights);
    },
    look: () => {
      smoothing.margins(kernels, samples, smoothed.ptr, shares.ptr);
      return loss.evaluate(kernels, smoothed, weights);
    },
  };
}

function ofTargets({ kernels, scores, spans }: ObjectiveParts, loss: TargetLoss): Objective {
  const { weights, seeds, targets, labels } = spans;
  const residuals = { scores, targets, seeds, weights, outputs: scores.length / labels.length };
  const evaluate = (): number => loss.evaluate(kernels, residuals);
  return { seesMargins: false, seeds, sign: () => -1, evaluate, look: evaluate };
}
