import type { Arena, ArenaPlan, Kernels } from "@steepest/kernels";
import type { Carrying } from "../../carry/carrier.js";
import type { SampleMargins } from "../../head/sampleMargins.js";
import type { Loss } from "../../loss/loss.js";
import type { Network } from "../../network/network.js";
import type { BoundNorm } from "../../norm/boundNorm.js";
import type { ParameterStore } from "../parameterStore.js";
import type { Steering } from "../pilot.js";
import type { Risk } from "../risk.js";
import type { LastStep } from "./lastStep.js";

/** The parts of a run that measurements look at. */
export interface MeterContext {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly network: Network;
  readonly loss: Loss;
  readonly store: ParameterStore;
  /** Tracked norms bound to θ in the order of the layout, every own norm among them. */
  readonly tracked: ReadonlyMap<string, BoundNorm>;
  /** true: every step sees all samples. */
  readonly seesAll: boolean;
  steering(): Steering;
}

/** A record point under way; the gradient in the store and `full` belong to its θ. */
export interface Moment {
  readonly step: number;
  readonly full: Risk;
  readonly margins: SampleMargins;
  /** minᵢ qᵢ in units of `margins`. */
  readonly smallest: number;
  /** ||θ|| by norm id. */
  readonly norm: Readonly<Record<string, number>>;
  /** ||ghat||_*. */
  dualNorm(id: string): number;
  /** <θ / ||θ||, -ghat / ||ghat||_*>. */
  alignment(id: string): number;
}

/** Numbers by the names of their probes: "kkt.stationarity.linf". */
export type Readings = Readonly<Record<string, number>>;

/**
 * A measurement of one run under way. What it is asked at a record point changes no later answer at the same step. Where steps and record points leave nothing
 * behind for later ones, `carry` is absent.
 */
export interface Meter extends Carrying {
  /** The samples of the next step are `seen`, whose gradient is in the store; θ is where the step starts. */
  beforeStep?(seen: Risk): void;
  /** θ has moved. */
  afterStep?(): void;
  /** Another optimiser has taken over, at the current θ. */
  restart?(): void;
  read(moment: Moment): Readings;
}

/** A kind of measurement, as a member of the registry. */
export interface MeterMember {
  /** true: it looks at the last step, which is remembered for it. */
  readonly needsLastStep?: boolean;
  /** Adds the spans that `bind` takes. Absent: none. */
  plan?(plan: ArenaPlan, network: Network): void;
  bind(context: MeterContext, last: LastStep | undefined): Meter;
}

/** Readings of every tracked norm under one name: "alignment.l1", "alignment.linf". */
export function byNorm({ tracked }: Pick<MeterContext, "tracked">, name: string, value: (id: string, norm: BoundNorm) => number): Readings {
  return Object.fromEntries([...tracked].map(([id, norm]) => [`${name}.${id}`, value(id, norm)]));
}

/** True where the theorems on margins are about the run: they are of homogeneous networks and losses of margins. */
export function hasTheory({ network, loss }: Pick<MeterContext, "network" | "loss">): boolean {
  return network.isHomogeneous !== false && loss.sees !== "targets";
}
