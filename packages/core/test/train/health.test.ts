import { describe, expect, test } from "vitest";
import {
  adam,
  backtracking,
  constant,
  drive,
  losses,
  marginPaced,
  mirrorDescent,
  mlp,
  norms,
  type Optimizer,
  type StepRule,
  steepestDescent,
  Training,
  type TrainOptions,
  type TrainPoint,
  type TrainWarning,
  weighted,
} from "../../src/index.js";
import { linearByHand, reluByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";
import { student, teacherStudentData } from "../support/teacherStudent.js";

type Host = (typeof hosts)[number];

const unit = (norm: "l1" | "l2" | "linf" | "spectral", normalized = true): Optimizer => steepestDescent({ norm: norms[norm], normalized });

const teacherStudent: TrainOptions = {
  network: student,
  data: teacherStudentData(0),
  loss: losses.logistic,
  optimizer: unit("linf"),
  step: constant({ size: 0.01 }),
  init: { law: "normalFanIn", scale: 0.3 },
  seed: 0,
};

/** Warnings, and the points at which they came. */
function listen(options: TrainOptions, host: Host, perDecade = 8): { warnings: TrainWarning[]; at: TrainPoint[]; points: TrainPoint[] } {
  const warnings: TrainWarning[] = [];
  const at: TrainPoint[] = [];
  const points: TrainPoint[] = [];
  for (const event of drive(new Training(options, host), { perDecade }, host)) {
    if (event.kind === "point") points.push(event.point);
    if (event.kind !== "warning") continue;
    warnings.push(event);
    at.push(points.at(-1)!);
  }
  return { warnings, at, points };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Dual norms of ((W), (a)) with a 2 x 2 block of rank one. */
const dual = {
  l1: (g: readonly number[]) => Math.max(...g.map(Math.abs)),
  l2: (g: readonly number[]) => Math.hypot(...g),
  linf: (g: readonly number[]) => sum(g.map(Math.abs)),
  spectral: (g: readonly number[]) => Math.hypot(...g.slice(0, 4)) + Math.hypot(...g.slice(4)), // nuclear = Frobenius for rank one
};

const primal = {
  l1: dual.linf,
  l2: dual.l2,
  linf: dual.l1,
  spectral: (x: readonly number[]) => {
    const [a, b, c, d] = x as [number, number, number, number];
    return Math.max((Math.hypot(a + d, b - c) + Math.hypot(a - d, b + c)) / 2, Math.hypot(...x.slice(4)));
  },
};

/** ∇f(x) of a 2-2-1 ReLU network. */
function sampleGradient(theta: ArrayLike<number>, x: readonly [number, number]): number[] {
  const z = [0, 2].map((row) => theta[row]! * x[0] + theta[row + 1]! * x[1]);
  return [
    ...[0, 1].flatMap((unit) => x.map((value) => (z[unit]! > 0 ? theta[4 + unit]! * value : 0))),
    ...z.map((value) => Math.max(value, 0)),
  ];
}

describe.each(hosts)("health on the $host", (host) => {
  test.each([
    ["l1", true],
    ["l2", true],
    ["linf", true],
    ["spectral", true],
    ["l2", false],
    ["linf", false],
  ] as const)("marginChange is ||Δθ|| max ||∇f(xᵢ)||_*, by its definition: %s, normalised %s", (norm, normalized) => {
    const options = { ...reluByHand, optimizer: unit(norm, normalized), step: constant({ size: normalized ? 0.1 : 3 }) };
    const training = new Training(options, host);
    expect(training.point().health).toEqual({
      marginChange: Number.NaN,
      deadSamples: 0,
      lostUpdates: Number.NaN,
      underflows: 0,
      softMarginFall: 0,
    });
    for (let t = 0; t < 5; t++) {
      const before = training.parameters();
      training.advance();
      const after = training.parameters();
      const length = primal[norm](Array.from(after, (value, i) => value - before[i]!));
      const largest = Math.max(
        ...(
          [
            [1, 1],
            [-2, 0],
          ] as const
        ).map((x) => dual[norm](sampleGradient(after, x))),
      );
      const { marginChange } = training.point().health;
      expect(length).toBeGreaterThan(1e-4);
      // the difference of parameters of size 3 is known to 3 units of rounding, whatever its length
      expect(Math.abs(marginChange - length * largest)).toBeLessThan(1e-13 * length * largest + 40 * 2 ** -53 * largest);
    }
  });

  test("marginChange knows directions that are not of length 1", () => {
    const options = { ...reluByHand, optimizer: adam({ beta1: 0.9, beta2: 0.9, epsilon: 1e-2 }), step: constant({ size: 0.1 }) };
    const training = new Training(options, host);
    const before = training.parameters();
    training.advance();
    const after = training.parameters();
    const length = primal.linf(Array.from(after, (value, i) => value - before[i]!));
    const largest = Math.max(
      ...(
        [
          [1, 1],
          [-2, 0],
        ] as const
      ).map((x) => dual.linf(sampleGradient(after, x))),
    );
    expect(length).toBeLessThan(0.09);
    expect(Math.abs(training.point().health.marginChange / (length * largest) - 1)).toBeLessThan(1e-13);
  });

  test("where gradients have to be formed, marginChange is known up to 64 samples", () => {
    const norm = weighted(
      norms.l2,
      Array.from({ length: 66 }, (_, i) => 1 + (i % 3)),
    );
    const change = (sampleCount: number) => {
      const data = samples({ seed: 3, sampleCount, inputDim: 10 });
      const network = mlp({ widths: [10, 6, 1], activation: "relu" });
      const options = { ...teacherStudent, network, data, optimizer: steepestDescent({ norm, normalized: true }) };
      const training = new Training(options, host);
      training.advance();
      return training.point().health.marginChange;
    };
    expect(change(64)).toBeGreaterThan(0);
    expect(change(65)).toBeNaN();
  });

  test("mirror descent moves the dual variable along its direction, so nothing is said of its steps", () => {
    for (const [potential, known] of [
      [{ kind: "power", p: 3 }, false],
      [{ kind: "quadratic" }, true],
    ] as const) {
      const training = new Training({ ...reluByHand, optimizer: mirrorDescent({ potential }), step: constant({ size: 0.1 }) }, host);
      training.advance();
      expect(training.point().health.marginChange > 0).toBe(known);
    }
  });

  describe("chatter", () => {
    test("is told exactly once for too long sign steps, at the first separated point that shows it", () => {
      const { warnings, at, points } = listen({ ...teacherStudent, step: constant({ size: 0.05 }), stop: { steps: 190 } }, host);
      expect(warnings.map(({ what }) => what)).toEqual(["chatter", "softMarginFall"]); // the margin falls indeed
      const [first] = at;
      expect(warnings[0]).toEqual({
        kind: "warning",
        what: "chatter",
        step: first!.step,
        value: first!.health.marginChange,
        advice: "use a smaller size or marginPaced",
      });
      expect(first!.separationStep).toBeDefined();
      const shows = points.filter(({ separationStep, health }) => separationStep !== undefined && health.marginChange > 2);
      expect(first).toBe(shows[0]);
      expect(shows.length).toBeGreaterThan(3);
      expect(points.at(-1)!.margin.linf).toBeLessThan(10); // margin-paced steps reach 21.8
    });

    const calm: readonly (readonly [string, TrainOptions])[] = [
      ["margin-paced gradient descent, c = 1", { ...teacherStudent, optimizer: unit("l2"), step: marginPaced({ c: 1 }) }],
      ["margin-paced sign descent, c = 1", { ...teacherStudent, step: marginPaced({ c: 1 }) }],
      ["backtracking, whose margin cannot fall", { ...teacherStudent, step: backtracking({ relativeSize: 0.02, tolerance: 1e-5 }) }],
    ];
    test.each(calm)("is not told of %s", (_name, options) => {
      const { warnings, points } = listen({ ...options, stop: { steps: 400 } }, host);
      expect(points.at(-1)!.separationStep).toBeDefined();
      expect(points.at(-1)!.health.marginChange).toBeGreaterThan(0.9);
      expect(warnings).toEqual([]);
    });
  });

  test("dead samples are those with score 0 and gradient 0, told once", () => {
    const options: TrainOptions = {
      ...reluByHand,
      // two units that see the first sample only; the third sample is orthogonal to both, its score is 0 and so is its gradient
      data: { inputs: Float64Array.of(1, 1, -2, -3, 1, -1), inputDim: 2, labels: [1, -1, -1] },
      init: Float64Array.of(1, 1, 2, 2, 2, 3),
      step: constant({ size: 1e-3 }),
      stop: { steps: 30 },
    };
    const { warnings, points } = listen(options, host);
    expect(points[0]!.health.deadSamples).toBe(2);
    expect(warnings).toEqual([
      { kind: "warning", what: "deadSamples", step: 0, value: 2, advice: "use a wider network or another initialisation" },
    ]);
    const cancelling = new Training({ ...reluByHand, init: Float64Array.of(1, 1, 1, 1, 2, -2) }, host);
    expect(cancelling.scores()).toEqual(Float64Array.of(0, 0));
    expect(cancelling.point().health.deadSamples).toBe(1); // the first has score 0 but a gradient
  });

  describe("lost updates", () => {
    test("are the share of the moving weights that a step leaves as they were", () => {
      const options = { ...linearByHand, optimizer: unit("linf"), init: Float64Array.of(3, -(2 ** 60)), step: constant({ size: 0.125 }) };
      const training = new Training(options, host);
      training.advance();
      expect(training.parameters()).toEqual(Float64Array.of(3.125, -(2 ** 60)));
      expect(training.point().health.lostUpdates).toBe(0); // the second weight has no gradient left
      const data = { inputs: Float64Array.of(1, 2 ** -60, -1, -(2 ** -60)), inputDim: 2, labels: [1, -1] };
      const half = new Training({ ...options, data, init: Float64Array.of(3, 2 ** 61) }, host);
      half.advance();
      expect(half.parameters()).toEqual(Float64Array.of(3.125, 2 ** 61));
      expect(half.point().health.lostUpdates).toBe(0.5);
    });

    const noUse = "use lossBased steps, which do not vanish with the gradient, or stop earlier";
    const silent: readonly (readonly [string, Optimizer, StepRule, number, string])[] = [
      ["steps below rounding", unit("l2"), constant({ size: 1e-18 }), 3, "stop earlier or use a larger size"],
      ["an unnormalised step at a risk of e^-800, which is 0", unit("l2", false), constant({ size: 1 }), 800, noUse],
    ];
    test.each(silent)("%s are told once", (_name, optimizer, step, size, advice) => {
      const options = { ...linearByHand, optimizer, step, init: Float64Array.of(size, -size), stop: { steps: 40 } };
      const { warnings, points } = listen(options, host);
      expect(warnings).toEqual([{ kind: "warning", what: "lostUpdates", step: 1, value: 1, advice }]);
      expect(points.filter(({ health }) => health.lostUpdates === 1).length).toBeGreaterThan(3);
    });
  });
});
