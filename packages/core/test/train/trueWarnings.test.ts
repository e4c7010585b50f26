import { describe, expect, test } from "vitest";
import {
  arrayNorm,
  backtracking,
  constant,
  DefinitionError,
  drive,
  lineSearch,
  lossBased,
  losses,
  marginPaced,
  mlp,
  normShape,
  type Optimizer,
  powerLaw,
  type StepRule,
  Training,
  type TrainOptions,
  type TrainWarning,
  warmUp,
} from "../../src/index.js";
import { checkStepRule } from "../../src/internal.js";
import { everyOptimizer } from "../support/everyOptimizer.js";
import { hosts } from "../support/hosts.js";

const host = hosts[0]!;

/** Step rules: some good, some too long, some too short. */
const rules: Readonly<Record<string, StepRule>> = {
  "constant, 0.01": constant({ size: 0.01 }),
  "constant, 5": constant({ size: 5 }),
  "constant, 1e-19": constant({ size: 1e-19 }),
  "power law": powerLaw({ size: 3, exponent: 0.5 }),
  "warm-up": warmUp({ size: 4, steps: 10 }),
  "loss-based, 0.01": lossBased({ size: 0.01, rollback: false }),
  "loss-based, 2": lossBased({ size: 2, rollback: false }),
  "loss-based, 1e-20": lossBased({ size: 1e-20, rollback: false }),
  "loss-based with rollback": lossBased({ size: 0.1, rollback: true }),
  "paced, 0.25": marginPaced({ c: 0.25 }),
  "paced, 20": marginPaced({ c: 20 }),
  "paced, 1e-18": marginPaced({ c: 1e-18 }),
  bound: marginPaced({ c: 0.1, gradients: "bound" }),
  backtracking: backtracking({ relativeSize: 0.05, tolerance: 0 }),
  "line search": lineSearch({ size: 4, sufficientDecrease: 1e-3 }),
};

const inputs: readonly (readonly [number, number])[] = [
  [1, 2],
  [2, 1],
  [-1, -2],
  [-2, -1.5],
];

const options: Omit<TrainOptions, "optimizer" | "step"> = {
  network: mlp({ widths: [2, 3, 1], activation: "relu" }),
  data: { inputs: Float64Array.from(inputs.flat()), labels: [1, 1, -1, -1], inputDim: 2 },
  loss: losses.logistic,
  init: Float64Array.of(1, 0.5, -0.75, -0.5, 0.25, -1, 0.5, -0.5, 0.75),
  seed: 0,
  stop: { steps: 60 },
};

const fits = (rule: StepRule, optimizer: Optimizer): boolean => {
  try {
    checkStepRule(rule, optimizer);
    return true;
  } catch (error) {
    if (error instanceof DefinitionError) return false;
    throw error;
  }
};

interface Told {
  readonly warning: TrainWarning;
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** Weights of every step so far. */
  readonly path: readonly Float64Array[];
}

/** Warnings, with the weights before and after the step that they are about. */
function listen(optimizer: Optimizer, step: StepRule): readonly Told[] {
  const training = new Training({ ...options, optimizer, step }, host);
  const told: Told[] = [];
  let [before, after] = [training.parameters(), training.parameters()];
  const path: Float64Array[] = [];
  for (const event of drive(training, { perDecade: 1, at: Array.from({ length: 61 }, (_, t) => t) }, host)) {
    if (event.kind === "point") {
      [before, after] = [after, training.parameters()];
      path.push(after);
    }
    if (event.kind === "warning") told.push({ warning: event, before, after, path: [...path] });
  }
  return told;
}

const scoreOf = (theta: Float64Array, [x, y]: readonly [number, number]): number =>
  [0, 1, 2].reduce((sum, unit) => sum + theta[6 + unit]! * Math.max(theta[2 * unit]! * x + theta[2 * unit + 1]! * y, 0), 0);

function gradientOf(theta: Float64Array, [x, y]: readonly [number, number]): Float64Array {
  const z = [0, 1, 2].map((unit) => theta[2 * unit]! * x + theta[2 * unit + 1]! * y);
  const on = z.map((value, unit) => (value > 0 ? theta[6 + unit]! : 0));
  return Float64Array.of(...on.flatMap((a) => [a * x, a * y]), ...z.map((value) => Math.max(value, 0)));
}

/** log Σ log(1 + e^-q), and -log(e^R - 1) of it, in plain arithmetic. */
function softMarginNumerator(theta: Float64Array): { readonly logRisk: number; readonly numerator: number } {
  const labels = [1, 1, -1, -1];
  const logs = inputs.map((x, i) => {
    const q = labels[i]! * scoreOf(theta, x);
    return q > 37 ? -q : Math.log(q < -37 ? -q : Math.log1p(Math.exp(-q)));
  });
  const top = Math.max(...logs);
  const logRisk = top + Math.log(logs.reduce((sum, each) => sum + Math.exp(each - top), 0));
  const risk = Math.exp(logRisk);
  return { logRisk, numerator: logRisk < -37 ? -logRisk : risk > 37 ? -risk : -Math.log(Math.expm1(risk)) };
}

/** The share of the peak of the own soft margin that is lost at the end of a path, from log risk -5 on. */
function lostShare(path: readonly Float64Array[], norm: (theta: Float64Array) => number): number {
  const softMargins = path.map((theta) => {
    const { logRisk, numerator } = softMarginNumerator(theta);
    return { counts: logRisk < -5, value: numerator / norm(theta) ** 2 };
  });
  return 1 - softMargins.at(-1)!.value / Math.max(...softMargins.filter(({ counts }) => counts).map(({ value }) => value));
}

/** True if every unit is off at the sample, so that score and gradient are 0. */
const isOff = (theta: Float64Array, [x, y]: readonly [number, number]): boolean =>
  [0, 1, 2].every((unit) => theta[2 * unit]! * x + theta[2 * unit + 1]! * y <= 0 || theta[6 + unit] === 0);

describe("every warning of every optimiser under every rule is true", () => {
  const cases = Object.entries(everyOptimizer).flatMap(([name, optimizer]) =>
    Object.entries(rules).flatMap(([rule, step]) => (fits(step, optimizer) ? [[name, rule, optimizer, step] as const] : [])),
  );
  const heard = new Set<string>();

  test.each(cases)("%s, %s", (_name, _rule, optimizer, step) => {
    const own = arrayNorm(optimizer.ownNorm, host.kernels, () => normShape(options.network.layout).blocks);
    for (const { warning, before, after, path } of listen(optimizer, step)) {
      const { what, value, advice } = warning;
      heard.add(what);
      expect(advice.length).toBeGreaterThan(10);
      if (what === "lostUpdates") {
        // nothing has moved, though a step was made
        expect(after).toEqual(before);
      } else if (what === "deadSamples") {
        expect(inputs.filter((x) => scoreOf(after, x) === 0 && isOff(after, x)).length).toBe(value);
      } else if (what === "overdecay") {
        expect(value).toBeGreaterThan(1);
        expect(optimizer.decay).toBeGreaterThan(0);
      } else if (what === "stagnation") {
        expect.fail("60 steps are too few to tell"); // descentWatch.test.ts
      } else if (what === "softMarginFall") {
        expect(optimizer.expectation.margin?.id).toBe(optimizer.ownNorm.id); // theory says that it grows
        expect(value).toBeGreaterThan(0.05);
        expect(value).toBeCloseTo(lostShare(path, own.norm), 9);
      } else {
        expect(value).toBeGreaterThan(2);
        const length = own.norm(after.map((weight, j) => weight - before[j]!));
        const largest = Math.max(...inputs.map((x) => own.dualNorm(gradientOf(after, x))));
        expect(Math.abs(value / (length * largest) - 1)).toBeLessThan(1e-9); // a step of a billionth of θ would be known as well
      }
    }
  });

  test("and each kind was heard", () => {
    expect([...heard].sort()).toEqual(["chatter", "deadSamples", "lostUpdates", "overdecay", "softMarginFall"]);
  });
});

describe("the advice is the remedy", () => {
  const advised: readonly (readonly [string, string, StepRule, TrainWarning["what"], string, StepRule])[] = [
    [
      "steepest linf, normalised",
      "too long",
      constant({ size: 5 }),
      "chatter",
      "use a smaller size or marginPaced",
      marginPaced({ c: 0.25 }),
    ],
    [
      "steepest linf, normalised",
      "too long",
      constant({ size: 5 }),
      "chatter",
      "use a smaller size or marginPaced",
      constant({ size: 0.01 }),
    ],
    ["steepest linf, normalised", "too long", marginPaced({ c: 20 }), "chatter", "use a smaller c", marginPaced({ c: 0.25 })],
    [
      "steepest linf, normalised",
      "too short",
      marginPaced({ c: 1e-18 }),
      "lostUpdates",
      "stop earlier or use a larger c",
      marginPaced({ c: 0.25 }),
    ],
    [
      "steepest l2",
      "too short",
      lossBased({ size: 1e-20, rollback: false }),
      "lostUpdates",
      "stop earlier or use a larger size",
      lossBased({ size: 0.01, rollback: false }),
    ],
    [
      "steepest l2",
      "too short",
      constant({ size: 1e-19 }),
      "lostUpdates",
      "use lossBased steps, which do not vanish with the gradient, or stop earlier",
      lossBased({ size: 0.01, rollback: false }),
    ],
    [
      "scion in a ball",
      "too long",
      marginPaced({ c: 200 }),
      "overdecay",
      "use a smaller c: steps must be at most 1 / decay = 1",
      marginPaced({ c: 0.25 }),
    ],
    [
      "adamW",
      "too long",
      marginPaced({ c: 200 }),
      "overdecay",
      "use a smaller c: steps must be at most 1 / decay = 10",
      marginPaced({ c: 0.25 }),
    ],
  ];
  test.each(advised)("%s, %s: %o", (name, _how, step, what, advice, remedy) => {
    const optimizer = everyOptimizer[name]!;
    expect(listen(optimizer, step).map(({ warning }) => [warning.what, warning.advice])).toContainEqual([what, advice]);
    expect(listen(optimizer, remedy).map(({ warning }) => warning.what)).not.toContain(what);
  });
});
