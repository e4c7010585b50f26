import { describe, expect, test } from "vitest";
import {
  backtracking,
  constant,
  drive,
  lineSearch,
  lossBased,
  marginPaced,
  norms,
  type Optimizer,
  progressiveRescaling,
  type StepRule,
  steepestDescent,
  Training,
  type TrainOptions,
  type TrainPoint,
  type TrainWarning,
} from "../../src/index.js";
import { linearByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";

type Host = (typeof hosts)[number];

const descent = (normalized: boolean): Optimizer => steepestDescent({ norm: norms.l2, normalized });
const prgd = (normalized: boolean, period = 3): Optimizer => progressiveRescaling(descent(normalized), { period, growth: 2 });

function listen(options: TrainOptions, host: Host): { readonly warnings: readonly TrainWarning[]; readonly points: readonly TrainPoint[] } {
  const warnings: TrainWarning[] = [];
  const points: TrainPoint[] = [];
  for (const event of drive(new Training(options, host), { perDecade: 32 }, host)) {
    if (event.kind === "point") points.push(event.point);
    if (event.kind === "warning") warnings.push(event);
  }
  return { warnings, points };
}

/** Samples (1, 0), labelled 1, and (0, 1), labelled -1: q = (w₁, -w₂), ghat = (-p, 1 - p) with p the weight of the first. */
const weights = (q: readonly [number, number]): number => 1 / (1 + Math.exp(q[0] - q[1]));

describe.each(hosts)("progressive rescaling on the $host", (host) => {
  test("from θ = 0 the first period is a warm-up, whose end is the first radius: worked by hand", () => {
    const training = new Training(
      { ...linearByHand, optimizer: prgd(true), init: Float64Array.of(0, 0), step: constant({ size: Math.SQRT2 }) },
      host,
    );
    // p = 1/2 all along: every step is (1, -1)
    const path = [
      [1, -1],
      [2, -2],
      [3, -3],
      [6, -6], // t = 3 rescales to 2 ||(3, -3)||
      [6, -6], // descent, projected back onto that ball
      [6, -6],
      [12, -12], // t = 6 rescales again
    ] as const;
    for (const [first, second] of path) {
      training.advance();
      const [a, b] = training.parameters() as unknown as [number, number];
      expect(Math.abs(a / first - 1)).toBeLessThan(1e-14);
      expect(Math.abs(b / second - 1)).toBeLessThan(1e-14);
    }
  });

  test("a start on a ball turns by descent and projection, by hand", () => {
    const training = new Training({ ...linearByHand, optimizer: prgd(false, 2), step: lossBased({ size: 1, rollback: false }) }, host);
    let w: [number, number] = [3, -4];
    let radius = 5;
    for (let t = 0; t < 7; t++) {
      if (t > 0 && t % 2 === 0) {
        radius *= 2;
        const length = Math.hypot(...w);
        w = [(w[0] * radius) / length, (w[1] * radius) / length];
      } else {
        const p = weights([w[0], -w[1]]);
        const [a, b] = [w[0] + p, w[1] - (1 - p)]; // θ - ghat
        const length = Math.hypot(a, b);
        w = [(a * radius) / length, (b * radius) / length];
      }
      training.advance();
      const moved = training.parameters();
      expect(moved[0]! / w[0]).toBeCloseTo(1, 12);
      expect(moved[1]! / w[1]).toBeCloseTo(1, 12);
    }
  });

  test("warns of nothing while it works, at every step", () => {
    const options: TrainOptions = { ...linearByHand, optimizer: prgd(false, 10), step: lossBased({ size: 0.2, rollback: false }) };
    const { warnings, points } = listen({ ...options, stop: { steps: 60 } }, host);
    expect(warnings).toEqual([]);
    for (const { step, health } of points) {
      const rescaled = step > 10 && step % 10 === 1; // the step t = 10, 20, ... leads to the point t + 1
      if (step > 0) expect(Number.isNaN(health.lostUpdates), `step ${step}`).toBe(rescaled);
      if (step > 0) expect(Number.isNaN(health.marginChange)).toBe(rescaled);
    }
    expect(points.some(({ step }) => step === 11)).toBe(true);
  });

  test("marginChange is of what the projection left of a step", () => {
    const training = new Training({ ...linearByHand, optimizer: prgd(false), step: lossBased({ size: 1, rollback: false }) }, host);
    training.advance();
    const [a, b] = training.parameters();
    const length = Math.hypot(a! - 3, b! + 4);
    expect(length).toBeLessThan(0.4); // the step itself was |ghat| = 0.78
    expect(training.point().health.marginChange / length).toBeCloseTo(1, 12); // inputs have length 1
  });

  // |w| small and misclassifying: rescaling raises the risk there, and no step size makes it shorter
  const judged: readonly (readonly [string, Optimizer, StepRule])[] = [
    ["loss-based with rollback", prgd(false), lossBased({ size: 0.01, rollback: true })],
    ["backtracking", prgd(true), backtracking({ relativeSize: 0.02, tolerance: 0 })],
    ["line search", prgd(true), lineSearch({ size: 0.01, sufficientDecrease: 1e-4 })],
  ];
  test.each(judged)("rescalings are not for a rule to take back: %s", (_name, optimizer, step) => {
    const training = new Training({ ...linearByHand, init: Float64Array.of(-0.3, 0.2), optimizer, step, stop: { steps: 30 } }, host);
    const norms: number[] = [];
    for (let t = 0; t < 8; t++) {
      training.advance();
      norms.push(Math.hypot(...training.parameters()));
    }
    expect(training.outcome?.kind).not.toBe("stalled");
    expect(norms[3]! / Math.hypot(0.3, 0.2)).toBeCloseTo(2, 12);
    expect(norms[6]! / Math.hypot(0.3, 0.2)).toBeCloseTo(4, 12);
  });
});

describe.each(hosts)("rules whose steps are shares of ||θ|| on the $host", (host) => {
  const relative: readonly (readonly [string, StepRule])[] = [
    ["marginPaced", marginPaced({ c: 0.1, gradients: "bound" })],
    ["backtracking", backtracking({ relativeSize: 0.02, tolerance: 0 })],
  ];
  const linear: TrainOptions = { ...linearByHand, optimizer: descent(true) };

  test.each(relative)("%s refuses θ = 0, drawn or given, and says what to do", (id, step) => {
    for (const init of [{ law: "normalFanIn", scale: 0 } as const, Float64Array.of(0, -0)]) {
      expect(() => new Training({ ...linear, init, step }, host)).toThrow(
        expect.objectContaining({
          code: "DEFINITION",
          path: "step.rule",
          value: id,
          hint: 'start elsewhere (init.scale > 0), or use marginPaced with gradients: "exact"',
        }),
      );
    }
    const training = new Training({ ...linear, init: Float64Array.of(0, -1e-3), step }, host);
    training.advance();
    expect(training.parameters()[1]).not.toBe(-1e-3);
  });

  test("what it advises works: exact steps from θ = 0", () => {
    const { warnings, points } = listen(
      { ...linear, init: Float64Array.of(0, 0), step: marginPaced({ c: 0.25 }), stop: { steps: 20 } },
      host,
    );
    expect(warnings).toEqual([]);
    expect(points.at(-1)!.logRisk).toBeLessThan(points[0]!.logRisk - 2);
  });
});
