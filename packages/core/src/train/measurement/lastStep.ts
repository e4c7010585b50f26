import type { Arena, ArenaPlan, Span } from "@steepest/kernels";
import type { Carrier } from "../../carry/carrier.js";
import type { Network } from "../../network/network.js";
import type { ParameterStore } from "../parameterStore.js";

type LastStepSpans = Record<"theta" | "ghat" | "displacement", number>;

function lastStepSpans({ layout: { parameterCount } }: Network): LastStepSpans {
  return { theta: parameterCount, ghat: parameterCount, displacement: parameterCount };
}

/** The last step of a run: where it started, and the gradient that it descended; f64[p] each, in the order of the layout. */
export class LastStep {
  readonly #store: ParameterStore;
  readonly #spans: Record<keyof LastStepSpans, Span>;
  readonly #own = { isMade: false };

  static plan(plan: ArenaPlan, network: Network): void {
    plan.spans(lastStepSpans(network));
  }

  constructor(arena: Arena, store: ParameterStore, network: Network) {
    this.#store = store;
    this.#spans = arena.spans(lastStepSpans(network));
  }

  /** θ before the step. */
  get theta(): Span {
    return this.#spans.theta;
  }

  /** The gradient that the step saw, ∇R / R at its start; with mini-batches of its batch. */
  get ghat(): Span {
    return this.#spans.ghat;
  }

  /** false: no step has been made. */
  get isMade(): boolean {
    return this.#own.isMade;
  }

  carry(carrier: Carrier): void {
    carrier.numbers("theta", this.#spans.theta.view);
    carrier.numbers("ghat", this.#spans.ghat.view);
    carrier.values(this.#own);
  }

  begin(): void {
    this.#spans.theta.view.set(this.#store.canonicalTheta().view);
    this.#spans.ghat.view.set(this.#store.canonicalGhat().view);
    this.#own.isMade = true;
  }

  /** Δθ: θ as it is minus θ before the step, decay, projection and rounding included. */
  displacement(): Span {
    const { theta, displacement } = this.#spans;
    const now = this.#store.canonicalTheta().view;
    for (let i = 0; i < now.length; i++) displacement.view[i] = now[i]! - theta.view[i]!;
    return displacement;
  }
}
