import { type Arena, type Kernels, partOf, type Span } from "@steepest/kernels";
import type { Carrier } from "../carry/carrier.js";
import { type Init, initialise } from "../network/init.js";
import type { Network } from "../network/network.js";
import type { Compacted } from "./idleInputs.js";

type ParameterSpans = Record<"parameters" | "canonical" | "canonicalGhat" | "ghat" | "direction" | "spare" | "before", number>;

export function parameterSpans({ layout }: Network, compact: Network): ParameterSpans {
  const { parameterCount: moving } = compact.layout;
  return {
    parameters: layout.totalCount,
    canonical: layout.totalCount,
    canonicalGhat: layout.parameterCount,
    ghat: moving,
    direction: moving,
    spare: moving,
    before: moving,
  };
}

/** The weights in the order that training uses, idle ones first, and in the order of the network's layout, which norms and users see. */
export class ParameterStore {
  readonly #network: Network;
  readonly #kernels: Kernels;
  readonly #compacted: Compacted;
  readonly #parameters: Span;
  readonly #canonicalGhat: Span;
  readonly #before: Span;
  /** f64[p]: the weights that move. */
  readonly moving: Span;
  /** The weights of the compacted network: `moving`, then the frozen ones. */
  readonly used: Span;
  /** f64[p], ∇R / R with respect to `moving`. */
  readonly ghat: Span;
  readonly direction: Span;
  /** f64[p] scratch; contents are undefined between calls. */
  readonly spare: Span;
  readonly #theta: Span;
  /** All weights in the order of the layout, for a pass that is bound to them; up to date after `canonicalise`. */
  readonly canonical: Span;

  constructor(arena: Arena, network: Network, compacted: Compacted) {
    const spans = arena.spans(parameterSpans(network, compacted.network));
    const { idleCount } = compacted;
    const { parameterCount, totalCount } = network.layout;
    this.#network = network;
    this.#kernels = arena.kernels;
    this.#compacted = compacted;
    this.#parameters = spans.parameters;
    this.#canonicalGhat = spans.canonicalGhat;
    this.#before = spans.before;
    this.moving = partOf(spans.parameters, idleCount, compacted.network.layout.parameterCount);
    this.used = partOf(spans.parameters, idleCount, totalCount - idleCount);
    this.ghat = spans.ghat;
    this.direction = spans.direction;
    this.spare = spans.spare;
    this.#theta = partOf(spans.canonical, 0, parameterCount);
    this.canonical = spans.canonical;
  }

  initialise(init: Init, seed: number): void {
    const { order } = this.#compacted;
    initialise(this.#kernels, this.#network, this.canonical, init, seed);
    for (let i = 0; i < order.length; i++) this.#parameters.view[i] = this.canonical.view[order[i]!]!;
  }

  /** `canonical` ← the weights as they are. */
  canonicalise(): void {
    const { order } = this.#compacted;
    const [stored, all] = [this.#parameters.view, this.canonical.view];
    for (let i = 0; i < order.length; i++) all[order[i]!] = stored[i]!;
  }

  /** θ as it is, in the order of the layout. */
  canonicalTheta(): Span {
    this.canonicalise();
    return this.#theta;
  }

  /** ghat in the order of the layout; idle entries are 0. Overwritten by the next call. */
  canonicalGhat(): Span {
    const { order, idleCount } = this.#compacted;
    const [moving, all] = [this.ghat.view, this.#canonicalGhat.view];
    for (let i = 0; i < moving.length; i++) all[order[idleCount + i]!] = moving[i]!;
    return this.#canonicalGhat;
  }

  /** Carries θ and the last step: its direction, and where it started if that was remembered. */
  carry(carrier: Carrier, remembers: boolean): void {
    carrier.numbers("parameters", this.#parameters.view);
    carrier.numbers("direction", this.direction.view);
    if (remembers) carrier.numbers("before", this.#before.view);
  }

  /** Remembers `moving`, for `takeBack`. */
  remember(): void {
    this.#before.view.set(this.moving.view);
  }

  /** The difference of θ since `remember`, in `spare`. */
  displacement(): Span {
    const { moving, spare } = this;
    this.#kernels.scale(moving.ptr, spare.ptr, moving.length, 1);
    this.#kernels.axpy(this.#before.ptr, spare.ptr, moving.length, -1);
    return spare;
  }

  takeBack(): void {
    this.moving.view.set(this.#before.view);
  }

  /** True if any weight moved since `remember`. */
  hasMoved(): boolean {
    const { view } = this.#before;
    return this.moving.view.some((value, i) => value !== view[i]);
  }

  largest(): number {
    return this.#kernels.maxAbs(this.#parameters.ptr, this.#parameters.length);
  }

  largestGradient(): number {
    return this.#kernels.maxAbs(this.ghat.ptr, this.ghat.length);
  }

  /** A copy of every weight, blocks in layer order, row-major w[outputs][inputs]: what `init` accepts. */
  copy(): Float64Array {
    this.canonicalise();
    const { blocks, totalCount } = this.#network.layout;
    const copy = new Float64Array(totalCount);
    let next = 0;
    for (const { offset, inputs, outputs } of blocks) {
      copy.set(this.canonical.view.subarray(offset, offset + inputs * outputs), next);
      next += inputs * outputs;
    }
    return copy;
  }
}
