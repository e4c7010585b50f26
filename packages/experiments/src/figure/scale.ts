import type { PanelDefinition } from "../definition/panel.js";

/** Places of values on a panel, up to a stretch and a shift; the constant of symlog is vega's, 1. */
export interface Placing {
  readonly place: (value: number) => number;
  readonly value: (place: number) => number;
}

export const placings: Readonly<Record<PanelDefinition["scale"], Placing>> = {
  linear: { place: (value) => value, value: (place) => place },
  log: { place: Math.log, value: Math.exp },
  symlog: {
    place: (value) => Math.sign(value) * Math.log1p(Math.abs(value)),
    value: (place) => Math.sign(place) * Math.expm1(Math.abs(place)),
  },
};

/** Position of `at` between `from` and `to`, as a share of the way. */
export function shareOf(from: number, at: number, to: number): number {
  return (at / 2 - from / 2) / (to / 2 - from / 2); // halves, since a difference of doubles need not be one
}

/** The place at a share of the way. */
export function between(from: number, to: number, share: number): number {
  return from * (1 - share) + to * share;
}
