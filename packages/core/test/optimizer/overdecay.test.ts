import { describe, expect, test } from "vitest";
import {
  adam,
  adamW,
  byLayer,
  constant,
  DefinitionError,
  decoupledDecay,
  drive,
  heavyBall,
  lion,
  lossBased,
  marginPaced,
  momentumDescent,
  muon,
  norms,
  type Optimizer,
  powerLaw,
  type StepRule,
  scion,
  signum,
  steepestDescent,
  Training,
  type TrainOptions,
  type TrainPoint,
  type TrainWarning,
  warmUp,
} from "../../src/index.js";
import { checkStepRule } from "../../src/internal.js";
import { linearByHand, reluByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";

type Host = (typeof hosts)[number];

const someAdam = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
const exactMuon = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;

/** Every way to decay by λ = 1/2. */
const decaying: Readonly<Record<string, Optimizer>> = {
  adamW: adamW({ ...someAdam, decay: 0.5 }),
  "decay of lion": decoupledDecay(lion({ beta1: 0.9, beta2: 0.99 }), 0.5),
  "decay of muon": decoupledDecay(muon(exactMuon), 0.5),
  "decay of signum": decoupledDecay(signum({ momentum: 0.9 }), 0.5),
  "decay of momentum": decoupledDecay(momentumDescent({ norm: norms.l2, momentum: 0.9, nesterov: false }), 0.5),
  "decay of heavy ball": decoupledDecay(heavyBall({ momentum: 0.9, nesterov: false }), 0.5),
  "decay twice": decoupledDecay(decoupledDecay(signum({ momentum: 0 }), 0.25), 0.25),
};

describe("sizes that are known before the run are refused above 1 / decay", () => {
  const rules: readonly (readonly [string, (size: number) => StepRule])[] = [
    ["constant", (size) => constant({ size })],
    ["powerLaw", (size) => powerLaw({ size, exponent: 0.5 })],
    ["warmUp", (size) => warmUp({ size, steps: 10 })],
  ];
  const cases = Object.entries(decaying).flatMap(([name, optimizer]) =>
    rules.map(([rule, build]) => [name, rule, optimizer, build] as const),
  );

  test.each(cases)("%s with %s", (_name, _rule, optimizer, build) => {
    expect(() => checkStepRule(build(2), optimizer)).not.toThrow(); // keeps nothing of θ, and stays in the ball
    expect(() => checkStepRule(build(2.5), optimizer)).toThrow(DefinitionError);
    expect(() => checkStepRule(build(2.5), optimizer)).toThrow(
      `step.size: must be at most 2 for ${optimizer.id}, whose decay is 0.5, got 2.5`,
    );
  });

  test("scion in a ball takes sizes up to 1, and any without one", () => {
    const inBall = scion({ norm: norms.linf, momentum: 0.9, radius: 10 });
    expect(() => checkStepRule(constant({ size: 1 }), inBall)).not.toThrow();
    expect(() => checkStepRule(constant({ size: 1.5 }), inBall)).toThrow(
      "step.size: must be at most 1 for scion, whose decay is 1, got 1.5",
    );
    expect(() => checkStepRule(constant({ size: 1.5 }), scion({ norm: norms.linf, momentum: 0.9 }))).not.toThrow();
  });

  test("1 / decay itself is never refused for its rounding", () => {
    for (let i = 1; i < 1000; i++) {
      const decay = i / 7;
      expect(() => checkStepRule(constant({ size: 1 / decay }), adamW({ ...someAdam, decay }))).not.toThrow();
    }
  });

  test("in a run and in a later phase, by the path of the step", () => {
    const options: TrainOptions = { ...linearByHand, optimizer: decaying.adamW!, step: constant({ size: 0.1 }) };
    const host = hosts[0]!;
    expect(() => new Training({ ...options, step: constant({ size: 3 }) }, host)).toThrow("step.size: must be at most 2");
    const phases = [{ when: { step: 5 }, step: constant({ size: 3 }) }];
    expect(() => new Training({ ...options, phases }, host)).toThrow("phases[0].step.size: must be at most 2");
  });
});

interface Heard {
  readonly warnings: readonly TrainWarning[];
  readonly points: readonly TrainPoint[];
}

function listen(options: TrainOptions, host: Host): Heard {
  const warnings: TrainWarning[] = [];
  const points: TrainPoint[] = [];
  for (const event of drive(new Training(options, host), { perDecade: 8 }, host)) {
    if (event.kind === "point") points.push(event.point);
    if (event.kind === "warning") warnings.push(event);
  }
  return { warnings, points };
}

describe.each(hosts)("steps that turn out too long for a decay, on the $host", (host) => {
  // |θ| = 3 and 4, steps of 0.25 c / 0.25 = c = 3 of ℓ∞ length: 1 - η λ = -2 at first, so θ grows without bound
  const paced: TrainOptions = {
    ...linearByHand,
    optimizer: adamW({ beta1: 0, beta2: 0, epsilon: 0, decay: 1 }),
    step: marginPaced({ c: 3 }),
    stop: { steps: 300 },
  };

  test("are told by what is wrong, once, with the remedy, and not called too short", () => {
    const { warnings, points } = listen(paced, host);
    expect(points.at(-1)!.norm.linf).toBeGreaterThan(1e60);
    expect(warnings.map(({ what }) => what)).toContain("overdecay");
    expect(warnings.map(({ what }) => what)).not.toContain("lostUpdates");
    expect(warnings.find(({ what }) => what === "overdecay")).toEqual({
      kind: "warning",
      what: "overdecay",
      step: 1,
      value: 3,
      advice: "use a smaller c: steps must be at most 1 / decay = 1",
    });
  });

  test("the remedy is one: shorter steps stay in the ball ||θ|| <= 1 / λ", () => {
    const { warnings, points } = listen({ ...paced, step: marginPaced({ c: 0.5 }) }, host);
    expect(warnings).toEqual([]);
    expect(points.at(-1)!.norm.linf).toBeLessThanOrEqual(1 + 1e-15);
  });

  test("of layers that decay by their own λ, the largest is told", () => {
    const optimizer = byLayer("two", ({ rows }) => ({ optimizer: rows > 1 ? decaying.adamW! : signum({ momentum: 0 }), scale: 1 }), "none");
    const { warnings } = listen({ ...reluByHand, optimizer, step: constant({ size: 5 }), stop: { steps: 3 } }, host);
    expect(warnings.find(({ what }) => what === "overdecay")).toMatchObject({
      value: 2.5,
      advice: "use a smaller size or a smaller decay",
    });
  });

  test("with steps over the risk too, heavy ball and all", () => {
    const optimizer = decaying["decay of heavy ball"]!;
    const { warnings } = listen({ ...linearByHand, optimizer, step: lossBased({ size: 1, rollback: false }), stop: { steps: 3 } }, host);
    const [first] = warnings;
    expect(first).toMatchObject({ what: "overdecay", step: 1, advice: "use a smaller size: steps must be at most 1 / decay = 2" });
    expect(first!.value / (0.5 / (Math.exp(-3) + Math.exp(-4)))).toBeCloseTo(1, 13); // λ / R
  });

  test("a step that was taken back does not count", () => {
    const optimizer = decoupledDecay(steepestDescent({ norm: norms.l2, normalized: true }), 1);
    const tries: number[] = [];
    const rule: StepRule = {
      id: "second",
      appliesTo: "any",
      start: () => ({
        size: () => {
          tries.push(tries.length % 2 === 0 ? 3 : 0.5);
          return { size: tries.at(-1)!, logScale: 0 };
        },
        accepts: () => tries.at(-1) === 0.5,
      }),
    };
    const { warnings } = listen({ ...linearByHand, optimizer, step: rule, stop: { steps: 4 } }, host);
    expect(tries).toEqual([3, 0.5, 3, 0.5, 3, 0.5, 3, 0.5]);
    expect(warnings.map(({ what }) => what)).not.toContain("overdecay");
  });

  test("marginChange and lostUpdates are of all that moved: in balance with its decay a step changes nothing, and nothing is lost", () => {
    // θ = (4, -4) / λ is where sign steps and decay cancel
    const optimizer = adamW({ beta1: 0, beta2: 0, epsilon: 0, decay: 0.25 });
    const training = new Training({ ...linearByHand, optimizer, init: Float64Array.of(4, -4), step: constant({ size: 1 }) }, host);
    training.advance();
    expect(training.parameters()).toEqual(Float64Array.of(4, -4));
    expect(training.point().health).toEqual({ marginChange: 0, deadSamples: 0, lostUpdates: 0, underflows: 0, softMarginFall: Number.NaN });
    const farther = new Training({ ...linearByHand, optimizer, init: Float64Array.of(2, -8), step: constant({ size: 1 }) }, host);
    farther.advance();
    expect(farther.parameters()).toEqual(Float64Array.of(2.5, -7));
    expect(farther.point().health.marginChange).toBe(1); // ||Δθ||∞ = 1, ||x||₁ = 1
  });
});

test.each([0.5, 20])("margin-paced steps in a ball of radius %s change no margin by more than c, decay aside", (radius) => {
  const optimizer = scion({ norm: norms.linf, momentum: 0, radius });
  const training = new Training(
    { ...linearByHand, optimizer, init: Float64Array.of(0.1, 0.2), step: marginPaced({ c: 0.125 }) },
    hosts[0]!,
  );
  training.advance();
  // inputs have l1 norm 1, so the step is 1/8 long: size 1/8 / radius of the way to the corner (radius, -radius)
  const way = 0.125 / radius;
  training.parameters().forEach((weight, i) => {
    expect(weight).toBeCloseTo((1 - way) * [0.1, 0.2][i]! + 0.125 * [1, -1][i]!, 15);
  });
});

test("adam without decay takes any size", () => {
  expect(() => checkStepRule(constant({ size: 50 }), adam(someAdam))).not.toThrow();
  expect(() => checkStepRule(constant({ size: 50 }), adamW({ ...someAdam, decay: 0 }))).not.toThrow();
});
