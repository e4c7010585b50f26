import type { Network } from "@steepest/core";
import { isBetter, type Row, type SaveRule, weightTensors } from "@steepest/experiments";
import type { SavedWeights } from "./weightsFile.js";

/** The weights of a run under way that its rules save. */
export class WeightsSaver {
  readonly #rules: readonly SaveRule[];
  readonly #best: (SavedWeights | undefined)[];
  readonly #network: () => Network;
  readonly #post: (saved: SavedWeights) => void;

  /**
   * @param rules    of the run
   * @param best     the best weights so far, rule by rule; undefined for one without a probe, and where there are none
   * @param network  gives the network of the weights
   * @param post     takes weights, before the row that they are of
   */
  constructor(
    rules: readonly SaveRule[],
    best: readonly (SavedWeights | undefined)[],
    network: () => Network,
    post: (saved: SavedWeights) => void,
  ) {
    this.#rules = rules;
    this.#best = [...best];
    this.#network = network;
    this.#post = post;
  }

  /** The best weights so far, without which a run cannot go on. */
  get kept(): readonly SavedWeights[] {
    return this.#best.filter((saved) => saved !== undefined);
  }

  /** Saves the weights of a row, where a rule says so. */
  row(row: Row, weights: () => Float64Array): void {
    for (const [i, rule] of this.#rules.entries()) {
      if (rule.kind === "every") this.#save(rule, row.step, weights());
      if (rule.kind === "best" && isBetter(rule, row[rule.probe]!, this.#best[i]?.value))
        this.#best[i] = this.#save(rule, row.step, weights(), row[rule.probe]!);
    }
  }

  /** Saves the weights at the end of a run that has not diverged. */
  end(step: number, weights: () => Float64Array): void {
    for (const rule of this.#rules) if (rule.kind === "final") this.#save(rule, step, weights());
  }

  #save(rule: SaveRule, step: number, weights: Float64Array, value?: number): SavedWeights {
    const saved = { rule, step, value, tensors: weightTensors(this.#network(), weights) };
    this.#post(saved);
    return saved;
  }
}
