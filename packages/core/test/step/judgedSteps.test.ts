import { describe, expect, test } from "vitest";
import {
  backtracking,
  constant,
  linear,
  lineSearch,
  lossBased,
  losses,
  meanReduction,
  mlp,
  norms,
  type Optimizer,
  type StepRule,
  steepestDescent,
  Training,
  type TrainOptions,
  train,
} from "../../src/index.js";
import { linearByHand, reluByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";
import { student, teacherStudentData } from "../support/teacherStudent.js";

type Host = (typeof hosts)[number];

const squared = mlp({ widths: [10, 50, 1], activation: { reluPower: 2 } });

const smooth: TrainOptions = {
  network: squared,
  data: teacherStudentData(0),
  loss: losses.logistic,
  optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
  step: backtracking({ relativeSize: 0.02, tolerance: 0 }),
  init: { law: "normalFanIn", scale: 0.3 },
  seed: 0,
};

/** Two samples at 1 of opposite labels: R = e^-w + e^w has its minimum at 0, and the derivative of log R is tanh w. */
const bowl = (init: number): TrainOptions => ({
  ...linearByHand,
  network: linear({ inputDim: 1 }),
  data: { inputs: Float64Array.of(1, 1), inputDim: 1, labels: [1, -1] },
  init: Float64Array.of(init),
});

interface Spied {
  readonly optimizer: Optimizer;
  readonly calls: string[];
  readonly lengths: number[];
}

/** An optimiser that counts its calls. */
function spied(optimizer: Optimizer): Spied {
  const calls: string[] = [];
  const lengths: number[] = [];
  return {
    calls,
    lengths,
    optimizer: {
      ...optimizer,
      bind: (context) => {
        const bound = optimizer.bind(context);
        return {
          aim: (logRisk) => {
            calls.push("aim");
            bound.aim(logRisk);
          },
          move: (stepSize) => {
            calls.push("move");
            const length = bound.move(stepSize);
            lengths.push(length * Math.hypot(...context.direction.view));
            return length;
          },
        };
      },
    },
  };
}

/** The numbers of a training that depend on the current θ alone, by steps or from the start. */
function belongings(training: Training) {
  const { norm, margin, softMargin, alignment, logRisk, minMargin } = training.point();
  return {
    at: { norm, margin, softMargin, alignment, logRisk, minMargin },
    gradient: training.gradient(),
    scores: training.scores(),
    margins: training.sampleMargins(),
    weights: training.weights(),
    parameters: training.parameters(),
    own: training.ownSoftMargin(),
  };
}

function expectConsistent(training: Training, options: TrainOptions, host: Host): void {
  const fresh = new Training({ ...options, init: training.parameters(), phases: [] }, host);
  expect(belongings(training)).toStrictEqual(belongings(fresh));
  expect([training.logRisk, training.minMargin]).toEqual([fresh.logRisk, fresh.minMargin]);
}

describe.each(hosts)("steps that are judged on the $host", (host) => {
  describe("loss-based with rollback", () => {
    const unnormalised = steepestDescent({ norm: norms.l2, normalized: false });

    test("grows by 2^(1/5) after every step that lowers the risk", () => {
      const spy = spied(unnormalised);
      const step = lossBased({ size: 0.01, rollback: true });
      const training = new Training({ ...linearByHand, optimizer: spy.optimizer, step }, host);
      for (let t = 0; t < 12; t++) {
        const gradient = Math.hypot(...training.gradient());
        training.advance();
        expect(Math.abs(spy.lengths[t]! / (0.01 * 2 ** (t / 5) * gradient) - 1)).toBeLessThan(1e-13);
      }
      expect(spy.calls.join(" ")).toBe(Array.from({ length: 12 }, () => "aim move").join(" "));
    });

    test("takes back a step that raises the risk, shrinks by 2^(1/10), and aims once all the while", () => {
      // from w = 2 every α with α tanh 2 > 4 lands beyond -2
      const options = { ...bowl(2), step: lossBased({ size: 6, rollback: true }) };
      const spy = spied(unnormalised);
      const training = new Training({ ...options, optimizer: spy.optimizer }, host);
      training.advance();
      const retries = Math.floor(10 * Math.log2((6 * Math.tanh(2)) / 4)) + 1;
      expect(retries).toBe(6);
      expect(spy.calls).toEqual(["aim", ...Array.from({ length: retries + 1 }, () => "move")]);
      spy.lengths.forEach((length, k) => {
        expect(Math.abs(length / (6 * 2 ** (-k / 10) * Math.tanh(2)) - 1)).toBeLessThan(1e-13);
      });
      expect(training.parameters()[0]).toBeCloseTo(2 - 6 * 2 ** (-retries / 10) * Math.tanh(2), 12);
      expect(training.step).toBe(1);
      expectConsistent(training, { ...options, optimizer: unnormalised }, host);
    });

    test.each([
      ["sum", losses.logistic],
      ["mean", meanReduction(losses.logistic)],
    ] as const)("never raises the log risk (%s)", (_name, loss) => {
      const options = { ...smooth, loss, network: student, optimizer: unnormalised, step: lossBased({ size: 1, rollback: true }) };
      const spy = spied(unnormalised);
      const training = new Training({ ...options, optimizer: spy.optimizer }, host);
      let before = training.logRisk;
      for (let t = 0; t < 80 && !training.outcome; t++) {
        training.advance();
        expect(training.logRisk).toBeLessThan(before);
        before = training.logRisk;
      }
      const moves = spy.calls.filter((call) => call === "move").length;
      expect(moves).toBeGreaterThan(80);
      expect(spy.calls.filter((call) => call === "aim")).toHaveLength(80);
    });
  });

  describe("backtracking", () => {
    test("before separation the risk falls at every step, after it the own soft margin never does", () => {
      for (const norm of ["l2", "linf"] as const) {
        const options = { ...smooth, optimizer: steepestDescent({ norm: norms[norm], normalized: true }), watchSoftMargin: true };
        const spy = spied(options.optimizer);
        const training = new Training({ ...options, optimizer: spy.optimizer }, host);
        let [logRisk, own] = [training.logRisk, training.ownSoftMargin()];
        for (let t = 0; t < 150; t++) {
          const wasSeparated = training.separationStep !== undefined;
          training.advance();
          if (wasSeparated) expect(training.ownSoftMargin()).toBeGreaterThanOrEqual(own);
          else expect(training.logRisk).toBeLessThan(logRisk);
          [logRisk, own] = [training.logRisk, training.ownSoftMargin()];
        }
        expect(training.separationStep).toBeLessThan(40);
        expect(training.point().worstSoftMarginDrop).toBe(0);
        expect(spy.calls.filter((call) => call === "aim")).toHaveLength(150);
        expect(spy.lengths.length).toBeGreaterThan(160); // some were taken back
        expectConsistent(training, options, host);
      }
    });

    test("h is 1.2 times the accepted one and half the rejected one, relative to the norm of θ", () => {
      const spy = spied(steepestDescent({ norm: norms.l2, normalized: true }));
      const training = new Training(
        { ...bowl(2), optimizer: spy.optimizer, step: backtracking({ relativeSize: 0.4, tolerance: 0 }) },
        host,
      );
      training.advance(); // 2 - 0.8 = 1.2
      training.advance(); // h = 0.48: 1.2 - 0.576 = 0.624
      const far = new Training({ ...bowl(1), optimizer: spy.optimizer, step: backtracking({ relativeSize: 3, tolerance: 0 }) }, host);
      far.advance(); // 1 - 3 = -2 is taken back, 1 - 1.5 = -0.5 stands
      far.advance(); // h = 1.8: -0.5 + 0.9 = 0.4
      const expected = [0.8, 0.576, 3, 1.5, 0.9];
      expect(spy.lengths).toHaveLength(expected.length);
      for (const [i, length] of expected.entries()) expect(spy.lengths[i]).toBeCloseTo(length, 14);
      expect(far.parameters()[0]).toBeCloseTo(0.4, 14);
    });

    test("a tolerance lets the own soft margin fall by that share at most", () => {
      const options = { ...smooth, network: student, step: backtracking({ relativeSize: 0.02, tolerance: 1e-3 }), watchSoftMargin: true };
      const training = new Training(options, host);
      for (let t = 0; t < 400 && !training.outcome; t++) training.advance();
      expect(training.outcome).toBeUndefined();
      expect(training.logRisk).toBeLessThan(-20);
      const { worstSoftMarginDrop } = training.point();
      expect(worstSoftMarginDrop).toBeGreaterThan(0);
      expect(worstSoftMarginDrop).toBeLessThanOrEqual(1e-3 * (1 + 1e-12));
    });

    test("a step out of the range of numbers is taken back", () => {
      const training = new Training({ ...smooth, step: backtracking({ relativeSize: 1e300, tolerance: 0 }) }, host);
      training.advance();
      expect(training.outcome).toBeUndefined();
      expect(training.step).toBe(1);
      expect(training.logRisk).toBeLessThan(new Training(smooth, host).logRisk);
    });
  });

  describe("line search", () => {
    const rule = lineSearch({ size: 4, sufficientDecrease: 0.25 });

    test("takes the largest size 2^-k that lowers the log risk by the share of the slope, and starts the next step from its double", () => {
      const spy = spied(steepestDescent({ norm: norms.l2, normalized: true }));
      const logRisk = (w: number) => Math.log(2 * Math.cosh(w));
      const training = new Training({ ...bowl(1.3), optimizer: spy.optimizer, step: rule }, host);
      let w = 1.3;
      let eta = 4;
      const tried: number[] = [];
      for (let t = 0; t < 4; t++) {
        for (;;) {
          tried.push(eta);
          const next = w - Math.sign(w) * eta;
          const stands = logRisk(next) <= logRisk(w) - 0.25 * eta * Math.abs(Math.tanh(w));
          eta *= stands ? 2 : 0.5;
          if (!stands) continue;
          w = next;
          break;
        }
        training.advance();
        expect(training.parameters()[0]).toBeCloseTo(w, 13);
      }
      expect(spy.lengths).toEqual(tried);
      expect(tried.length).toBeGreaterThan(8);
    });

    test("satisfies the sufficient decrease at every step, for the mean too", () => {
      for (const loss of [losses.logistic, meanReduction(losses.logistic)]) {
        const spy = spied(smooth.optimizer);
        const step = lineSearch({ size: 1, sufficientDecrease: 1e-4 });
        const training = new Training({ ...smooth, loss, optimizer: spy.optimizer, step }, host);
        for (let t = 0; t < 40; t++) {
          const [before, slope] = [training.logRisk, Math.hypot(...training.gradient())];
          training.advance();
          expect(training.logRisk).toBeLessThanOrEqual(before - 1e-4 * spy.lengths.at(-1)! * slope + 4e-16 * Math.abs(before));
        }
        expect(training.outcome).toBeUndefined();
      }
    });
  });

  describe("stalling", () => {
    /** An optimiser that goes uphill: no step lowers the risk. */
    const misled: Optimizer = {
      ...steepestDescent({ norm: norms.l2, normalized: true }),
      bind: ({ theta, direction }) => ({
        aim: () => {
          direction.view.fill(1);
        },
        move: ({ size }) => {
          theta.view.forEach((value, i) => {
            theta.view[i] = value + size;
          });
          return size;
        },
      }),
    };
    const rules: readonly (readonly [string, StepRule])[] = [
      ["backtracking", backtracking({ relativeSize: 0.1, tolerance: 0 })],
      ["line search", lineSearch({ size: 1e6, sufficientDecrease: 0.5 })],
    ];

    test.each(rules)("%s that finds no step ends where it was, with everything in its place", (_name, step) => {
      const options = { ...bowl(1.25), step };
      const training = new Training({ ...options, optimizer: misled }, host);
      training.advance();
      expect(training.outcome).toEqual({ kind: "stalled", step: 0 });
      expect(training.parameters()).toEqual(Float64Array.of(1.25));
      expectConsistent(training, options, host);
      training.advance();
      expect(training.step).toBe(0);
      expect(training.point().health).toMatchObject({ marginChange: Number.NaN, lostUpdates: Number.NaN });
    });

    test.each(rules)("%s that finds no step records the step that it ends at once", (_name, step) => {
      const points = train({ ...bowl(1.25), step, optimizer: misled }, { perDecade: 4 }, host);
      const first = points.next();
      expect(first.done || first.value.step).toBe(0);
      expect(points.next()).toEqual({ done: true, value: { kind: "stalled", step: 0 } });
    });

    test("rollback shrinks down to the resolution of θ, from far above it too", () => {
      const misledUnnormalised = { ...misled, lengthUnit: "gradient" as const };
      const training = new Training(
        { ...bowl(1.25), optimizer: misledUnnormalised, step: lossBased({ size: 1e20, rollback: true }) },
        host,
      );
      training.advance();
      expect(training.outcome).toEqual({ kind: "stalled", step: 0 });
      let least = Infinity;
      const watched: Optimizer = {
        ...misledUnnormalised,
        bind: (context) => {
          const { aim, move } = misledUnnormalised.bind(context);
          return {
            aim,
            move: (size) => {
              least = size.size;
              return move(size);
            },
          };
        },
      };
      new Training({ ...bowl(1.25), optimizer: watched, step: lossBased({ size: 1e20, rollback: true }) }, host).advance();
      expect(least).toBeLessThan(2 ** -52);
    });

    test("a rule that gives up while steps still move ends where it was too", () => {
      const misledUnnormalised = { ...misled, lengthUnit: "gradient" as const };
      const options = { ...bowl(1.25), step: lossBased({ size: 1e250, rollback: true }) };
      const training = new Training({ ...options, optimizer: misledUnnormalised }, host);
      training.advance();
      expect(training.outcome).toEqual({ kind: "stalled", step: 0 });
      expectConsistent(training, { ...options, step: constant({ size: 1 }) }, host);
    });

    test("strict backtracking stalls at a kink of a ReLU network, and the state there belongs together", () => {
      const options = { ...smooth, network: student, step: backtracking({ relativeSize: 0.02, tolerance: 0 }), watchSoftMargin: true };
      const training = new Training(options, host);
      while (!training.outcome && training.step < 4000) training.advance(); // measured: 2858 steps, log risk -93
      expect(training.outcome).toEqual({ kind: "stalled", step: training.step });
      expect(training.separationStep).toBeDefined();
      expect(training.point().worstSoftMarginDrop).toBe(0);
      expectConsistent(training, options, host);
    });

    test("a dead network under a judging rule is stationary, not stalled", () => {
      const data = { ...reluByHand.data, inputs: Float64Array.of(1, 1, 2, 1) };
      const options = { ...reluByHand, data, init: Float64Array.of(-1, -1, -2, -1, 1, 1) };
      for (const step of [rules[0]![1], lineSearch({ size: 1, sufficientDecrease: 0.5 })]) {
        const training = new Training({ ...options, step }, host);
        training.advance();
        expect(training.outcome).toEqual({ kind: "stationary-not-separated", step: 0 });
      }
    });
  });

  test("a rule without a verdict never looks back", () => {
    const spy = spied(steepestDescent({ norm: norms.l2, normalized: true }));
    const training = new Training({ ...bowl(0.1), optimizer: spy.optimizer, step: constant({ size: 5 }) }, host);
    const before = training.logRisk;
    training.advance();
    expect(training.logRisk).toBeGreaterThan(before);
    expect(spy.calls).toEqual(["aim", "move"]);
  });
});
