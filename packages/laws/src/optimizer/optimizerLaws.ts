import fc from "fast-check";
import { entry } from "../arbitrary/entry.js";
import { type Arithmetic, entryOf } from "../arithmetic.js";
import { equalEntries, type Finding, type Law, sameEntries, worst } from "../law.js";
import { roundingOf } from "../norm/normSubject.js";
import type { IdentitySubject, Stepper } from "./identitySubject.js";

const source =
  "identities of mathematics: Adam(0, 0, ε = 0) and Signum(0) are sign descent, Muon(0) with the exact polar factor and Shampoo(-1/4) without accumulation are spectral descent: Tsilivis et al., JMLR 27 (2026), section 4; Bernstein & Newhouse, 2024";

/** A start, and the gradients and log risks of a few steps. */
interface Trajectory {
  readonly theta: Float64Array;
  readonly gradients: readonly Float64Array[];
  readonly logRisks: Float64Array;
  readonly eta: number;
}

const longest = 8;
const mostSteps = 6;

/** `fall` bounds how much log R may drop from one step to the next. */
function trajectories({ dimension }: IdentitySubject, arithmetic: Arithmetic, fall: number): fc.Arbitrary<Trajectory> {
  const n = dimension === undefined ? fc.integer({ min: 1, max: longest }) : fc.constant(dimension);
  return n.chain((length) => {
    const vector = fc
      .array(entry, { minLength: length, maxLength: length, size: "max" })
      .map((values) => Float64Array.from(values, (value) => entryOf(arithmetic, value)));
    const step = fc.tuple(vector, fc.integer({ min: -1, max: fall }));
    const start = vector.map((theta) => theta.map((value) => value + 0)); // no -0, whose sign a step of 0 may or may not keep
    return fc
      .tuple(start, fc.array(step, { minLength: 1, maxLength: mostSteps, size: "max" }), fc.integer({ min: 1, max: 32 }))
      .map(([theta, drawn, units]) => {
        let logRisk = 0;
        const logRisks = Float64Array.from(drawn, ([, drop]) => {
          logRisk -= drop;
          return logRisk;
        });
        return { theta, gradients: drawn.map(([gradient]) => gradient), logRisks, eta: units / 64 };
      });
  });
}

function follow(stepper: Stepper, { theta, gradients, logRisks, eta }: Trajectory): Float64Array {
  return gradients.reduce((at, gradient, t) => stepper(at, gradient, logRisks[t]!, eta).slice(), theta);
}

function distance(subject: IdentitySubject, trajectory: Trajectory, arithmetic: Arithmetic): Finding {
  const n = trajectory.theta.length;
  const [left, right] = [follow(subject.left(n), trajectory), follow(subject.right(n), trajectory)];
  const size = left.reduce((most, value) => Math.max(most, Math.abs(value)), trajectory.eta);
  return equalEntries(left, right, 4 * trajectory.gradients.length * roundingOf(subject, n, arithmetic) * size);
}

const close: Law<IdentitySubject, Trajectory> = {
  id: "identity-same-trajectory",
  statement: "both optimisers take the same steps, up to rounding",
  source,
  requires: ["left", "right"],
  kills: "Adam with a memory posing as sign descent",
  generate: (subject, arithmetic) => trajectories(subject, arithmetic, 3),
  holds: distance,
};

const same: Law<IdentitySubject, Trajectory> = {
  id: "identity-same-bits",
  statement: "both optimisers take the same steps, bit for bit",
  source,
  requires: ["left", "right", "sameBits"],
  applies: ({ sameBits }) => sameBits === true,
  kills: "sign descent whose steps are off by their last bit",
  generate: (subject, arithmetic) => trajectories(subject, arithmetic, 3),
  holds: ({ left, right }, trajectory) => {
    const n = trajectory.theta.length;
    return sameEntries(follow(left(n), trajectory), follow(right(n), trajectory), true);
  },
};

const tiny: Law<IdentitySubject, Trajectory> = {
  id: "identity-at-tiny-risk",
  statement: "both optimisers take the same steps, up to rounding, while the risk falls by up to e^-3000 a step",
  source,
  requires: ["left", "right"],
  kills: "Adam that forms the gradient",
  generate: (subject, arithmetic) => trajectories(subject, arithmetic, 3000),
  holds: distance,
};

const fresh: Law<IdentitySubject, Trajectory> = {
  id: "identity-starts-afresh",
  statement: "an optimiser that is started again repeats its trajectory, bit for bit",
  source: "a memory shared between runs makes no run reproducible",
  requires: ["left", "right"],
  kills: "Adam that remembers the run before",
  generate: (subject, arithmetic) => trajectories(subject, arithmetic, 3),
  holds: ({ left, right }, trajectory) => {
    const n = trajectory.theta.length;
    const again = (side: (n: number) => Stepper, part: string): Finding =>
      sameEntries(follow(side(n), trajectory), follow(side(n), trajectory), true, part);
    return worst([again(left, "left, twice"), again(right, "right, twice")]);
  },
};

/** Laws of two optimisers that are claimed to be equal. */
export const optimizerLaws: readonly Law<IdentitySubject>[] = [close, same, tiny, fresh];
