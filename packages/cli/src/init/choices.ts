import { DefinitionError } from "@steepest/core";
import {
  buildOptimizer,
  didYouMean,
  networks,
  type OptimizerChoice,
  optimizerFacts,
  optimizerMenu,
  optimizerName,
  optimizerProposals,
  probeOf,
} from "@steepest/experiments";
import { plainJson } from "../definition/plainJson.js";

/** The form of `--network`, for messages and helps. */
export const networkForm = "linear, mlp:HIDDEN-HIDDEN-... (mlp:64) or JSON as in definitions";

/** A network that is offered. */
export interface OfferedNetwork {
  /** As `--network` says it. */
  readonly text: string;
  readonly what: string;
  /** true: a row of weights for each score is all that it has. */
  readonly isRowPerScore?: true;
  /** As definitions write it, without its ends, which the data have. */
  readonly network: object;
}

const { init } = networks.mlp.examples[0];
const mlp = (hidden: readonly number[], activation = "relu"): object => ({ kind: "mlp", hidden, activation, init });

/** Networks that are offered, the one that is proposed first. */
export const offeredNetworks: readonly [OfferedNetwork, ...OfferedNetwork[]] = [
  { text: "mlp:64", what: "two layers, 64 hidden units, ReLU", network: mlp([64]) },
  { text: "linear", what: "linear model", isRowPerScore: true, network: { kind: "linear", init } },
  { text: "mlp:64-64", what: "three layers, twice 64 hidden units, ReLU", network: mlp([64, 64]) },
];

/** True for a network that is known to have nothing but a row of weights for each score. */
export const isRowPerScore = (text: string): boolean => offeredNetworks.some((one) => one.text === text && one.isRowPerScore);

/** The network of `--network`, without its ends, which the data have. @throws DefinitionError */
export function networkNamed(text: string): object {
  const offered = offeredNetworks.find((one) => one.text === text);
  if (offered) return offered.network;
  if (text.trim().startsWith("{")) return { init, ...(plainJson("--network", text) as object) };
  const [, widths, activation = "relu"] = /^mlp:(\d+(?:-\d+)*)(?::(\w+))?$/.exec(text) ?? [];
  const hidden = widths?.split("-").map(Number) ?? [];
  if (hidden.length === 0 || !hidden.every((width) => width >= 1 && Number.isSafeInteger(width))) {
    throw DefinitionError.at("--network", `must be ${networkForm}, got "${text}"`, { value: text, hint: "e.g. mlp:64, mlp:64-64, linear" });
  }
  if (hidden.length > 1 && hidden.at(-1) === 1) {
    const inner = hidden.slice(1, -1);
    throw DefinitionError.at("--network", `names hidden layers alone, and the last of ${text} has a single unit`, {
      value: text,
      hint: `inputs and scores come from the data: ${inner.length > 0 ? `mlp:${inner.join("-")}` : "linear"}`,
    });
  }
  return mlp(hidden, activation);
}

/** Optimisers by a word of the command line, which also names their arm: "gradient" for gradient descent, "adam". */
export const optimizerWords: ReadonlyMap<string, { readonly name: string; readonly optimizer: OptimizerChoice }> = new Map([
  ...[...optimizerMenu].map(([id, { name, start }]) => [id.replace(/ descent$/, ""), { name, optimizer: start }] as const),
  ...[...optimizerProposals].map(([word, optimizer]) => [word, { name: optimizerName(optimizer), optimizer }] as const),
]);

const descents = [...optimizerWords]
  .filter(([, { optimizer }]) => optimizerFacts(optimizer.kind).menu?.named.includes(optimizer))
  .map(([word]) => word);

/** The facts of a task that decide which optimisers are proposed. */
export interface Task {
  readonly isRegression: boolean;
  /** true: the network is a row of weights for each score, which has no kinks. */
  readonly isLinear: boolean;
  /** true: there is one score. */
  readonly isOneScore: boolean;
}

/**
 * The optimisers that are proposed. Plain descents where nothing has kinks; of a single row of weights without the last, which is the first one there. Those with
 * a memory where there may be some; line searches, which regressions start with, need a descent.
 */
export function proposedOptimizers({ isRegression, isLinear, isOneScore }: Task): readonly string[] {
  if (!isLinear && !isRegression) return [...optimizerProposals.keys()];
  return isLinear && isOneScore ? descents.slice(0, 3) : descents.slice(0, 4);
}

/** The probe of a quantity, "margin" or "norm", in the own norm of an optimiser; undefined where it has no other name than "own". */
export function ownProbe(quantity: string, word: string): string | undefined {
  const name = `${quantity}.${buildOptimizer(optimizerWords.get(word)!.optimizer).ownNorm.id}`;
  return probeOf(name) && name;
}

/** The probe of the margin that an optimiser is expected to raise. */
export const ownMargin = (word: string): string => ownProbe("margin", word) ?? "margin.own";

/** The words of `--optimizers`. @throws DefinitionError */
export function optimizersNamed(text: string): readonly string[] {
  const words = [...new Set(text.split(",").map((word) => word.trim()))].filter((word) => word !== "");
  const unknown = words.find((word) => !optimizerWords.has(word));
  if (unknown === undefined && words.length > 0) return words;
  throw DefinitionError.at("--optimizers", `must be words with commas between them, got "${unknown ?? text}"`, {
    value: text,
    hint: `${didYouMean(unknown ?? "", [...optimizerWords.keys()]) ?? ""} one or several of ${[...optimizerWords.keys()].join(", ")}`.trim(),
  });
}
