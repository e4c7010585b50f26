import { referenceKernels } from "@steepest/reference";
import { describe, expect, test } from "vitest";
import {
  adam,
  drive,
  losses,
  marginPaced,
  mlp,
  type Network,
  norms,
  smoothedNorms,
  steepestDescent,
  Training,
  type TrainOptions,
  type TrainPoint,
} from "../../../src/index.js";
import { samples } from "../../support/samples.js";

const host = { kernels: referenceKernels };
const data = samples({ seed: 2, sampleCount: 10, inputDim: 4 });
const smooth: Readonly<Record<string, Network>> = {
  "squared relu, degree 3": mlp({ widths: [4, 8, 1], activation: { reluPower: 2 } }),
  "cubed relu, degree 4": mlp({ widths: [4, 8, 1], activation: { reluPower: 3 } }),
};
const flow = (norm: keyof typeof norms, c: number) =>
  ({
    optimizer: steepestDescent({ norm: norms[norm], normalized: true, ...(smoothedNorms.includes(norm) && { smoothing: "none" }) }),
    step: marginPaced({ c }),
  }) as const;

function pointsOf(options: TrainOptions): TrainPoint[] {
  return [...drive(new Training(options, host), { perDecade: 24 }, host)].flatMap((event) => (event.kind === "point" ? [event.point] : []));
}

const growth = ({ measured }: TrainPoint, name: string): number => measured[`softMarginGrowth.${name}`]!;

/** Weights with a log risk a little below `depth`, from which every flow starts where the theorem holds. */
function start(network: Network, loss: TrainOptions["loss"], depth = -6): Float64Array {
  const training = new Training(
    {
      network,
      data,
      loss,
      ...flow("l2", 0.25),
      init: { law: "normalFanIn", scale: 1.5 },
      seed: 5,
      stop: { logRiskBelow: depth, steps: 20_000 },
    },
    host,
  );
  while (!training.outcome) training.advance();
  expect(training.logRisk).toBeLessThan(-5);
  return training.parameters();
}

describe.each(Object.entries(smooth))("%s", (_, network) => {
  describe.each([losses.exponential, losses.logistic])("$id", (loss) => {
    const init = start(network, loss, -30); // so deep that the bound is nearly reached
    test.each(Object.keys(norms) as (keyof typeof norms)[])(
      "theorem 1 along small steps of the flow in %s: the slack is at least minus what steps of that size miss",
      (norm) => {
        const c = 1e-4; // what is missed is then some per cent of the growth
        const points = pointsOf({
          network,
          data,
          loss,
          ...flow(norm, c),
          init,
          seed: 1,
          track: [],
          measure: ["softMarginGrowth"],
          stop: { steps: 300 },
        });
        const late = points.filter(({ step }) => step > 0);
        expect(late.length).toBeGreaterThan(10);
        late.forEach((point, i) => {
          const steps = point.step - (late[i - 1]?.step ?? 0);
          // No margin moves by more than about c in a step, so -log R falls short of its first order by at most c² / 2 for the weights, and about as much for the
          // curvature of the margins; relative to -log R, which changes the logarithm of the soft margin.
          const missed = (steps * c ** 2) / -point.logRisk;
          expect(growth(point, "intervalSlack"), `step ${point.step}`).toBeGreaterThanOrEqual(-missed);
          expect(growth(point, "intervalBound")).toBeGreaterThanOrEqual(-1e-12 * steps);
          expect(growth(point, "intervalSlack")).toBe(growth(point, "interval") - growth(point, "intervalBound"));
        });
        const last = late.at(-1)!;
        const sum = (name: string): number => late.reduce((total, point) => total + growth(point, name), 0);
        for (const side of ["", "Bound"]) expect(growth(last, `total${side}`)).toBeCloseTo(sum(`interval${side}`), 13);
        const soft = (point: TrainPoint): number => Math.log(point.softMargin[norms[norm].id]!);
        expect(growth(last, "total")).toBeCloseTo(soft(last) - soft(points[0]!), 13);
        expect(growth(last, "totalBound"), "the bound says something").toBeGreaterThan(0.1 * growth(last, "total"));
      },
      30_000,
    );
  });
});

const deep = {
  network: smooth["squared relu, degree 3"]!,
  data,
  loss: losses.exponential,
  seed: 1,
  track: [],
  measure: ["softMarginGrowth"],
} as const;

test("ever shorter steps of a flow miss ever less", () => {
  const init = start(deep.network, deep.loss);
  const worst = [0.4, 0.1, 0.025].map((c) =>
    Math.max(
      0,
      ...pointsOf({ ...deep, ...flow("linf", c), init, stop: { logRiskBelow: -40 } }).map((point) => -growth(point, "intervalSlack") || 0),
    ),
  );
  expect(worst[1]).toBeLessThanOrEqual(worst[0]!);
  expect(worst[2]).toBeLessThan(1e-3);
});

test("the sums begin anew where another optimiser takes over, and with the norm of its own", () => {
  const init = start(deep.network, deep.loss);
  const points = pointsOf({
    ...deep,
    ...flow("l2", 0.1),
    phases: [{ when: { step: 100 }, ...flow("linf", 0.1) }],
    init,
    stop: { steps: 200 },
  });
  const at = (step: number): TrainPoint => points.find((point) => point.step === step)!;
  const [before, handed, after] = [points.filter(({ step }) => step <= 100).at(-1)!, points.find(({ step }) => step > 100)!, at(200)];
  expect(before.ownNorm).toBe("l2");
  expect(handed.ownNorm).toBe("linf");
  expect(growth(handed, "total")).toBe(growth(handed, "interval"));
  expect(growth(after, "total")).toBeLessThan(Math.log(after.softMargin.linf! / points[0]!.softMargin.linf!));
});

test("nothing counts before log R < -5, and the sums begin anew after the risk has risen above it", () => {
  const init = start(deep.network, deep.loss).map((w) => 0.8 * w); // a log risk of about -3
  const points = [
    ...drive(
      new Training({ ...deep, ...flow("l2", 0.25), init, stop: { logRiskBelow: -8 } }, host),
      { perDecade: 1, at: [...Array(400).keys()] },
      host,
    ),
  ].flatMap((event) => (event.kind === "point" ? [event.point] : []));
  const first = points.findIndex(({ logRisk }) => logRisk < -5);
  expect(first).toBeGreaterThan(2);
  points.forEach((point, i) => {
    expect(Number.isNaN(growth(point, "total")), `step ${point.step}`).toBe(i <= first);
  });
  const soft = (point: TrainPoint): number => Math.log(point.softMargin.l2!);
  expect(growth(points.at(-1)!, "total")).toBeCloseTo(soft(points.at(-1)!) - soft(points[first]!), 12);
  const tooLong = pointsOf({
    ...deep,
    ...flow("l2", 0.25),
    phases: [{ when: { step: 5 }, step: marginPaced({ c: 60 }) }],
    init: init.map((w) => 1.3 * w),
    stop: { steps: 60 },
  });
  const risen = tooLong.findIndex(({ logRisk }, i) => i > 0 && logRisk > -5);
  expect(risen).toBeGreaterThan(0);
  for (const point of tooLong) if (point.logRisk >= -5) expect(growth(point, "total")).toBeNaN();
});

test("without theory there is no number: mini-batches, targets, networks that are not homogeneous", () => {
  const init = start(deep.network, deep.loss);
  const last = (options: Partial<TrainOptions>): TrainPoint =>
    pointsOf({ ...deep, ...flow("l2", 0.1), init, stop: { steps: 20 }, ...options }).at(-1)!;
  expect(growth(last({}), "total")).not.toBeNaN();
  expect(growth(last({ batch: { size: 10, order: "shuffled" } }), "total"), "batches of all samples").not.toBeNaN();
  expect(growth(last({ optimizer: adam({ beta1: 0.9, beta2: 0.99, epsilon: 0 }) }), "total"), "of any optimiser").not.toBeNaN();
  for (const batch of [
    { size: 5, order: "cyclic" },
    { size: 10, order: "withReplacement" },
  ] as const)
    expect(growth(last({ batch }), "total")).toBeNaN();
  const tanh = mlp({ widths: [4, 8, 1], activation: "tanh", homogeneity: "measured" });
  expect(growth(last({ network: tanh }), "total")).toBeNaN();
});
