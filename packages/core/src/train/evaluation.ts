import type { ParameterStore } from "./parameterStore.js";
import type { Risk } from "./risk.js";

/** The risk of all samples and its gradient in the store, made anew where they do not belong to the current θ. */
export class Evaluation {
  readonly #store: ParameterStore;
  readonly #risk: Risk;
  #isFresh = false;
  /** The forward pass has run at the current θ, the backward pass has not. */
  #isForwarded = false;

  constructor(store: ParameterStore, risk: Risk) {
    this.#store = store;
    this.#risk = risk;
  }

  /** The risk as it stands: after `refresh` and `evaluate` that of the current θ. */
  get risk(): Risk {
    return this.#risk;
  }

  /** Backward, after a forward pass unless it has run at this θ; ghat is NaN where a score is not finite. */
  evaluate(isForwarded = false): void {
    if (isForwarded ? this.#risk.hasFiniteScores : this.#risk.forward()) this.#risk.backward(this.#store.ghat);
    else this.#store.ghat.view.fill(Number.NaN);
    this.#isFresh = true;
  }

  /** Forward only, where the next step takes the gradient of other samples; ghat is that of the samples before. */
  look(): void {
    this.#risk.look();
    this.#isFresh = false;
    this.#isForwarded = true;
  }

  /** Declares that θ has moved, or that ghat is that of other samples. */
  expire(): void {
    this.#isFresh = false;
    this.#isForwarded = false;
  }

  refresh(): void {
    if (!this.#isFresh) this.evaluate(this.#isForwarded);
  }
}
