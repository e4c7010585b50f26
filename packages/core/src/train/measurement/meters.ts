import type { ArenaPlan } from "@steepest/kernels";
import type { Carrier } from "../../carry/carrier.js";
import type { Network } from "../../network/network.js";
import type { Risk } from "../risk.js";
import { LastStep } from "./lastStep.js";
import type { Meter, MeterContext, MeterMember, Moment, Readings } from "./meter.js";
import { type Measurement, measurements, meterMembers } from "./registry.js";

/** The members that a run asks for, by id, in the order of the registry. */
function asked(measure: readonly Measurement[]): (readonly [string, MeterMember])[] {
  const members: Readonly<Record<string, MeterMember>> = meterMembers;
  return measurements.flatMap((id) => (measure.includes(id) && members[id] ? [[id, members[id]] as const] : []));
}

/** The measurements of a run; one that asks for none takes no memory and no time. */
export class Meters {
  readonly #last: LastStep | undefined;
  readonly #meters: ReadonlyMap<string, Meter>;

  static plan(plan: ArenaPlan, network: Network, measure: readonly Measurement[]): void {
    const members = asked(measure);
    if (members.some(([, { needsLastStep }]) => needsLastStep)) LastStep.plan(plan, network);
    for (const [, member] of members) member.plan?.(plan, network);
  }

  constructor(context: MeterContext, measure: readonly Measurement[]) {
    const { arena, network, store } = context;
    const members = asked(measure);
    this.#last = members.some(([, { needsLastStep }]) => needsLastStep) ? new LastStep(arena, store, network) : undefined;
    this.#meters = new Map(members.map(([id, member]) => [id, member.bind(context, this.#last)]));
  }

  beforeStep(seen: Risk): void {
    this.#last?.begin();
    for (const meter of this.#meters.values()) meter.beforeStep?.(seen);
  }

  afterStep(): void {
    for (const meter of this.#meters.values()) meter.afterStep?.();
  }

  restart(): void {
    for (const meter of this.#meters.values()) meter.restart?.();
  }

  carry(carrier: Carrier): void {
    this.#last?.carry(carrier.at("lastStep"));
    for (const [id, meter] of this.#meters) meter.carry?.(carrier.at(id));
  }

  /** Numbers by the names of their probes; empty where none is asked for. */
  read(moment: () => Moment): Readings {
    if (this.#meters.size === 0) return {};
    const now = moment();
    return Object.assign({}, ...Array.from(this.#meters.values(), (meter) => meter.read(now)));
  }
}
