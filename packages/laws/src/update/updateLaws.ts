import fc from "fast-check";
import type { Arithmetic } from "../arithmetic.js";
import { equalEntries, type Finding, type Law, same, sameEntries, worst } from "../law.js";
import type { UpdateSubject, Updating } from "./updateSubject.js";

/** A place, and the gradients of a few steps, with the unit 2^unit that each is given in: ghat = 2^-unit · gradient, logRisk = unit · log 2. */
interface Trial {
  readonly theta: Float64Array;
  readonly gradients: readonly Float64Array[];
  readonly units: Float64Array;
}

const longest = 6;
const mostSteps = 5;
const mostUnits = 30;
const golden = (Math.sqrt(5) - 1) / 2;

/** Entries of which no sum with simple factors is 0: directions that turn at ties, such as signs, are not asked there, where rounding decides. */
function entries(length: number, from: number): fc.Arbitrary<Float64Array> {
  const entry = fc.tuple(fc.integer({ min: 1, max: 1024 }), fc.boolean());
  return fc
    .array(entry, { minLength: length, maxLength: length, size: "max" })
    .map((drawn) =>
      Float64Array.from(drawn, ([k, isNegative], i) => ((isNegative ? -1 : 1) * (k + ((golden * (from + i + 1)) % 1))) / 256),
    );
}

function trials({ dimension }: UpdateSubject): fc.Arbitrary<Trial> {
  const n = dimension === undefined ? fc.integer({ min: 1, max: longest }) : fc.constant(dimension);
  return fc.tuple(n, fc.integer({ min: 1, max: mostSteps })).chain(([length, steps]) =>
    fc.record({
      theta: entries(length, 0),
      gradients: fc.tuple(...Array.from({ length: steps }, (_, t) => entries(length, (t + 1) * length))),
      units: fc
        .array(fc.integer({ min: -mostUnits, max: mostUnits }), { minLength: steps, maxLength: steps, size: "max" })
        .map((units) => Float64Array.from(units)),
    }),
  );
}

/** The updates of every step, all of them from one place. */
function follow(running: Updating, { theta, gradients, units }: Trial, inUnits: boolean): Float64Array[] {
  return gradients.map((gradient, t) => {
    const unit = inUnits ? units[t]! : 0;
    const ghat = gradient.map((entry) => entry * 2 ** -unit);
    return running.update(theta.slice(), ghat, unit * Math.LN2).slice();
  });
}

const length = ({ theta }: Trial): number => theta.length;

const complete: Law<UpdateSubject, Trial> = {
  id: "update-is-complete",
  statement: "an update of finite numbers holds as many finite numbers as θ",
  source: "the interface of optimisers: θ' = θ + update",
  requires: ["start"],
  kills: "optimiser that divides by the gradient",
  generate: (subject) => {
    const withZeros = trials(subject).map((trial) => ({
      ...trial,
      gradients: trial.gradients.map((g, t) => (t % 2 === 0 ? g.map(() => 0) : g)),
    }));
    return fc.oneof(trials(subject), withZeros);
  },
  holds: ({ start }, trial) =>
    worst(
      follow(start(length(trial)), trial, false).flatMap((update, t) => [
        same(update.length, length(trial), { part: `step ${t + 1}, number of entries` }),
        same(update.filter(Number.isFinite).length, update.length, { part: `step ${t + 1}, finite entries` }),
      ]),
    ),
};

const pure: Law<UpdateSubject, Trial> = {
  id: "update-leaves-its-arguments",
  statement: "θ and the gradient are left as they were",
  source: "the interface of optimisers: what moves θ is the update",
  requires: ["start"],
  kills: "optimiser that works in place",
  generate: trials,
  holds: ({ start }, { theta, gradients }) => {
    const running = start(theta.length);
    return worst(
      gradients.flatMap((gradient, t) => {
        const [place, given] = [theta.slice(), gradient.slice()];
        running.update(place, given, 0);
        return [sameEntries(place, theta, true, `step ${t + 1}, θ`), sameEntries(given, gradient, true, `step ${t + 1}, gradient`)];
      }),
    );
  },
};

const deterministic: Law<UpdateSubject, Trial> = {
  id: "update-starts-afresh",
  statement: "an optimiser that is started again gives the same updates, bit for bit",
  source: "a memory shared between runs, or random numbers of no seed, make no run reproducible",
  requires: ["start"],
  kills: "optimiser that remembers the run before",
  generate: trials,
  holds: ({ start }, trial) => sameUpdates(follow(start(length(trial)), trial, false), follow(start(length(trial)), trial, false)),
};

function sameUpdates(one: readonly Float64Array[], other: readonly Float64Array[], from = 0): Finding {
  return worst(one.map((update, t) => sameEntries(update, other[t]!, true, `step ${from + t + 1}`)));
}

const remembered: Law<UpdateSubject, Trial> = {
  id: "update-remembers-its-state",
  statement: "its state is all that it remembers: put into a fresh one, it gives the same updates, bit for bit",
  source: "checkpoints: a run that goes on must not be another run",
  requires: ["start", "restores"],
  applies: ({ restores }) => restores === true,
  kills: "optimiser that keeps a count beside its state",
  generate: trials,
  holds: ({ start }, trial) => {
    const half = Math.floor(trial.gradients.length / 2);
    const [first, second] = [
      { ...trial, gradients: trial.gradients.slice(0, half) },
      { ...trial, gradients: trial.gradients.slice(half) },
    ];
    const [whole, resumed] = [start(length(trial)), start(length(trial))];
    follow(whole, first, false);
    resumed.restore!(whole.state!());
    return sameUpdates(follow(whole, second, false), follow(resumed, second, false), half);
  },
};

const inAnyUnit: Law<UpdateSubject, Trial> = {
  id: "update-in-any-unit",
  statement: "the unit that gradients are given in is no matter: updates agree to half of the digits",
  source: "the loss frame: e^logRisk · ghat is the gradient, whatever the two factors are",
  requires: ["start"],
  kills: "optimiser with an epsilon beside ghat",
  generate: trials,
  holds: ({ start }, trial, { unitRoundoff }: Arithmetic) => {
    const [one, other] = [follow(start(length(trial)), trial, false), follow(start(length(trial)), trial, true)];
    const findings = one.map((update, t) => {
      const size = update.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
      return equalEntries(update, other[t]!, Math.sqrt(unitRoundoff) * size, { part: `step ${t + 1}` });
    });
    return worst(findings);
  },
};

/** Laws of an optimiser as a guest: it sees a gradient, and gives an update. */
export const updateLaws: readonly Law<UpdateSubject>[] = [complete, pure, deterministic, remembered, inAnyUnit];
