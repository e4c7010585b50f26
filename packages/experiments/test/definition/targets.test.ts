import type { DefinitionError, TargetData } from "@steepest/core";
import { expect, test } from "vitest";
import { type DatasetDefinition, drawData, execute, figure, parseDefinition, type Row, runsOf, verdicts } from "../../src/index.js";
import { binary } from "../support/hosts.js";
import { noFiles } from "../support/tiny.js";

const host = { kernels: binary, files: noFiles };

const written = {
  id: "regression",
  dataset: { kind: "linearTeacher", inputDim: 3, outputs: 2, singularValues: [2, 1], noise: 0.1, trainSize: 10, testSize: 7 },
  network: { kind: "linear", init: { law: "normalFanIn", scale: 0.1 } },
  loss: { kind: "squared", reduction: "mean" },
  arms: { gradient: { optimizer: { kind: "steepest", norm: "l2", normalized: false }, step: { rule: "constant", size: 0.2 } } },
  seeds: [0],
  stop: { steps: 40 },
  record: { probes: ["logRisk", "testSquaredError", "norm.l2", "radialLogRisk", "tangentialLogRisk"], pointsPerDecade: 8 },
} as const;

const issuesOf = (change: object): string[] => {
  try {
    parseDefinition({ ...written, ...change });
  } catch (error) {
    return (error as DefinitionError).issues.map(({ message, hint }) => `${message} | ${hint}`);
  }
  return [];
};

const rowsOf = async (definition: object) => {
  const parsed = parseDefinition(definition);
  const [{ run, arm, seed }] = runsOf(parsed) as [ReturnType<typeof runsOf>[0]];
  const events = execute(run, host);
  const rows: Record<string, number>[] = [];
  for (let next = await events.next(); ; next = await events.next()) {
    if (next.done) return { parsed, records: [{ arm, seed, rows: rows as unknown as readonly Row[], ...next.value }], rows };
    if (next.value.kind === "row") rows.push(next.value.row as Record<string, number>);
    expect(next.value.kind).not.toBe("warning");
  }
};

test("a regression of a definition is the recursion by hand, its test error the mean of squares over samples and targets", async () => {
  const { rows } = await rowsOf(written);
  const { train, test: held } = (await drawData(written.dataset as unknown as DatasetDefinition, 0, host)) as {
    train: TargetData;
    test: TargetData;
  };
  const residuals = (w: Float64Array, { inputs, targets }: TargetData) =>
    targets.map((t, k) => [0, 1, 2].reduce((sum, j) => sum + w[(k % 2) * 3 + j]! * inputs[Math.floor(k / 2) * 3 + j]!, -t));
  const total = (values: Float64Array) => values.reduce((sum, e) => sum + e * e, 0);
  const { Training } = await import("@steepest/core");
  const { trainOptions } = await import("../../src/index.js");
  const w = new Training(trainOptions(runsOf(parseDefinition(written))[0]!.run, train, held), host).parameters();
  let at = 0;
  for (let step = 0; step <= 40; step++) {
    const seen = residuals(w, train);
    const row = rows.find((one) => one.step === step);
    if (row) {
      at++;
      expect(row.logRisk).toBeCloseTo(Math.log(total(seen) / 2), 11);
      expect(row.testSquaredError! / (total(residuals(w, held)) / 14)).toBeCloseTo(1, 11);
      const [radial, tangential] = [row.radialLogRisk!, row.tangentialLogRisk!];
      if (Number.isNaN(tangential)) expect(radial).toBeGreaterThanOrEqual(row.logRisk!);
      else expect(Math.exp(radial) + Math.exp(tangential)).toBeCloseTo(Math.exp(row.logRisk!), 9);
    }
    for (let j = 0; j < 6; j++) {
      const slope = seen.reduce(
        (sum, e, k) => sum + (k % 2 === Math.floor(j / 3) ? e * train.inputs[Math.floor(k / 2) * 3 + (j % 3)]! : 0),
        0,
      );
      w[j]! -= (0.2 / 10) * slope;
    }
  }
  expect(at).toBe(rows.length);
  expect(at).toBeGreaterThan(10);
});

test("the figure that a definition leaves out has the risk and the test error, and no margin; claims are judged", async () => {
  const claims = [{ left: { arm: "gradient", probe: "testSquaredError", at: "end" }, relation: "<", right: 0.1 }];
  const { parsed, records } = await rowsOf({ ...written, claims });
  expect(parsed.question).toBe("which solution does each arm find?");
  expect(parsed.figure.map(({ probe }) => probe)).toEqual(["logRisk", "testSquaredError"]);
  expect(JSON.stringify(figure(parsed, records))).toContain("mean squared error on test targets");
  expect(verdicts(parsed, records)).toMatchObject([{ holds: true }]);
});

test("what has no value on targets is refused in a sentence: losses of margins, probes, events", () => {
  expect(issuesOf({ loss: { kind: "logistic", reduction: "sum" }, record: { ...written.record, probes: ["logRisk"] } })).toEqual([
    "loss.kind: logistic is a loss of margins, which samples with targets do not have (linearTeacher) | use squared",
  ]);
  for (const probe of ["minMargin", "trainAccuracy", "testAccuracy", "supportCount", "margin.own", "margin.lp(3)", "homogenizedMargin.l2"])
    expect(issuesOf({ record: { ...written.record, probes: [probe] } }), probe).toEqual([
      "record.probes[0]: has no value on linearTeacher, whose samples have targets and no labels | record logRisk, testSquaredError or norms",
    ]);
  const phases = [{ when: "perfectAccuracy", step: { rule: "constant", size: 0.1 } }];
  expect(issuesOf({ arms: { gradient: { ...written.arms.gradient, phases } } })).toEqual([
    "arms.gradient.phases[0].when: perfectAccuracy never comes where samples have targets | use { logRiskBelow }",
  ]);
  const moons = { kind: "moons", trainSize: 20, noise: 0.1, constant: 1 };
  const onLabels = { dataset: moons, loss: { kind: "exponential", reduction: "sum" } };
  expect(issuesOf({ ...onLabels, record: { ...written.record, probes: ["testSquaredError"] } })).toEqual([
    'record.probes[0]: has no value with the loss exponential, which has no targets | use the loss "squared", or record testAccuracy',
  ]);
  expect(issuesOf({ ...onLabels, record: { ...written.record, probes: ["testAccuracy"] } })[0]).toMatch(
    /has no value without test samples/,
  );
  expect(issuesOf({ dataset: { ...written.dataset, testSize: 0 } })[0]).toMatch(/record.probes\[1\]: has no value without test samples/);
});

test.each([
  [
    { kind: "linearTeacher", singularValues: [1, 1, 1] },
    "dataset.singularValues: must hold at most 2 entries, the rank of a 2 x 3 matrix, got 3",
  ],
  [{ kind: "linearTeacher", labelNoise: 0.1 }, "dataset.labelNoise: unknown key"],
  [
    { kind: "matrixCompletion", inputDim: undefined, outputs: undefined, rows: 3, columns: 4, trainSize: 9 },
    "dataset.testSize: must leave trainSize + testSize at most rows x columns = 12, got 16",
  ],
])("a data set of targets that cannot be is refused: %j", (change, message) => {
  const dataset = JSON.parse(JSON.stringify({ ...written.dataset, ...change }));
  expect(issuesOf({ dataset })[0]).toContain(message);
});

test("points with targets are checked row by row", () => {
  const points = (inputs: unknown, targets: unknown) =>
    issuesOf({ dataset: { kind: "targetPoints", inputs, targets }, record: { probes: ["logRisk"], pointsPerDecade: 4 } });
  expect(
    points(
      [[1], [2]],
      [
        [1, 2],
        [3, 4],
      ],
    ),
  ).toEqual([]);
  expect(points([[1], [2, 3]], [[1], [3]])[0]).toContain("dataset.inputs[1]: must hold 1 coordinates like the first, got 2");
  expect(points([[1], [2]], [[1], [3, 4]])[0]).toContain("dataset.targets[1]: must hold 1 targets like the first, got 2");
  expect(points([[1], [2]], [[1]])[0]).toContain("dataset.targets: must hold 2 entries, one per sample, got 1");
});
