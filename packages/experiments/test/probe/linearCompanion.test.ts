import { constant, Training } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { drawData, type ExperimentDefinition, parseDefinition, runsOf, trainOptions } from "../../src/index.js";
import { linearCompanion } from "../../src/probe/linearCompanion.js";
import { collect } from "../support/collect.js";
import { binary } from "../support/hosts.js";
import { changed, noFiles, tiny } from "../support/tiny.js";

const probes = ["logRisk", "testAccuracy", "linearAgreement", "linearTestAccuracy"];
const host = { kernels: binary, files: noFiles };
const recording = (definition: ExperimentDefinition, names = probes): ExperimentDefinition => ({
  ...definition,
  record: { ...definition.record, probes: names, at: Array.from({ length: 61 }, (_, t) => t) },
});
const run = (definition: ExperimentDefinition, index = 0) => runsOf(definition)[index]!.run;
const classes = { kind: "oneHotTeacher", inputDim: 5, classes: 4, trainSize: 40, testSize: 30 } as const;

/** The class of each sample of W x by its definition, of a single score -1 or 1. */
function classesOf(weights: ArrayLike<number>, inputs: ArrayLike<number>, inputDim: number): number[] {
  const outputs = weights.length / inputDim;
  return Array.from({ length: inputs.length / inputDim }, (_, i) => {
    const scores = Array.from({ length: outputs }, (_, c) => {
      let sum = 0;
      for (let k = 0; k < inputDim; k++) sum += weights[c * inputDim + k]! * inputs[i * inputDim + k]!;
      return sum;
    });
    return outputs === 1 ? Math.sign(scores[0]!) : scores.indexOf(Math.max(...scores));
  });
}

describe.each([
  ["two classes", tiny],
  ["four classes", { ...tiny, dataset: classes }],
  [
    "mini-batches and a later phase",
    {
      ...tiny,
      arms: {
        gradient: {
          ...tiny.arms.gradient!,
          batch: { size: 4, order: "shuffled" },
          phases: [{ when: { step: 20 }, step: { rule: "constant", size: 0.5 } }],
        },
      },
    },
  ],
] as [string, ExperimentDefinition][])("%s", (_, definition) => {
  test("both numbers are those of the linear model that the same arm trains on its own, at every recorded step", async () => {
    const beside = await collect(run(recording(definition)), binary);
    const alone = recording({ ...definition, network: { kind: "linear", init: definition.network.init } }, ["testAccuracy"]);
    const { rows } = await collect(run(alone), binary);
    expect(beside.rows.map((row) => row.linearTestAccuracy)).toEqual(rows.map((row) => row.testAccuracy));

    const planned = run(recording(definition));
    const { train, test: held } = await drawData(planned.dataset, planned.seed, host);
    const options = trainOptions(planned, train, held);
    const model = new Training(trainOptions(run(alone), train, held), host);
    const network = new Training(options, host);
    for (let t = 0; t < 60; t++) for (const one of [model, network]) one.advance();
    const theirs = classesOf(model.parameters(), held!.inputs, held!.inputDim);
    const scores = network.testScores();
    const outputs = scores.length / theirs.length;
    const same = theirs.filter((c, i) => {
      const own = [...scores.subarray(i * outputs, (i + 1) * outputs)];
      return c === (outputs === 1 ? Math.sign(own[0]!) : own.indexOf(Math.max(...own)));
    });
    expect(beside.rows.at(-1)!.linearAgreement).toBe(same.length / theirs.length);
  });

  test("what is measured beside a run changes none of its other numbers", async () => {
    const names = ["logRisk", "testAccuracy"];
    const plain = await collect(run(recording(definition, names)), binary);
    const beside = await collect(run(recording(definition)), binary);
    expect(beside.rows.map(({ step, logRisk, testAccuracy }) => ({ step, logRisk, testAccuracy }))).toEqual(plain.rows);
  });
});

test("a linear network agrees with itself everywhere", async () => {
  const definition = recording({ ...tiny, network: { kind: "linear", init: tiny.network.init } });
  for (const row of (await collect(run(definition), binary)).rows) {
    expect(row.linearAgreement).toBe(1);
    expect(row.linearTestAccuracy).toBe(row.testAccuracy);
  }
});

test("weights of 0 put samples into no class, which agrees with none", async () => {
  const definition = recording({ ...tiny, network: { kind: "linear", init: { law: "uniformFanIn", scale: 0 } } });
  const { rows } = await collect(run(definition), binary);
  expect(rows[0]!.linearAgreement).toBe(0);
  expect(rows.at(-1)!.linearAgreement).toBe(1);
});

test("without test data, and once the linear model has diverged, both are NaN", async () => {
  const { rows } = await collect(run(recording({ ...tiny, dataset: { ...classes, testSize: 0 } })), binary);
  for (const row of rows) for (const name of probes.slice(1)) expect(row[name]).toBeNaN();
  const planned = run(recording(tiny));
  const { train, test: held } = await drawData(planned.dataset, planned.seed, host);
  const options = trainOptions(planned, train, held);
  const network = new Training(options, host);
  network.advance();
  const near = linearCompanion(options, host).read(network);
  expect(near.linearTestAccuracy).toBeGreaterThan(0);
  const leap = constant({ size: 1e306 }); // of weights that make scores above 1e308
  const inputs = train.inputs.map((x) => 1000 * x);
  const far = { ...options, data: { ...train, inputs }, step: leap };
  const lost = linearCompanion(far, host);
  const none = { linearAgreement: Number.NaN, linearTestAccuracy: Number.NaN };
  expect(lost.read(network)).toEqual(none);
  expect(linearCompanion(far, host, lost.state()).read(network)).toEqual(none); // as a run that goes on has it
});

test("an optimiser whose norm one matrix does not fit is refused with the arm's name before anything runs", async () => {
  const norm = { max: ["spectral", "linf"] };
  const optimizer = { kind: "steepest", norm, normalized: true };
  expect(parseDefinition(changed(tiny, "arms/sign/optimizer", optimizer))).toBeDefined();
  const definition = changed(recording({ ...tiny, claims: [], figure: [] }), "arms/sign/optimizer", optimizer);
  expect(() => parseDefinition(definition)).toThrow(
    /record\.probes\[2\]: trains a linear model, one matrix of weights, with the optimiser of arm "sign", whose norm does not fit it/,
  );
  // of a norm that only the run itself can refuse, the run says for which probes it is refused
  const diagonal = Array.from({ length: 30 }, () => 1);
  const weighted = { kind: "steepest", norm: { weighted: "l1", diagonal }, normalized: true };
  const [refused] = runsOf(parseDefinition(changed(recording({ ...tiny, claims: [], figure: [] }), "arms/gradient/optimizer", weighted)));
  await expect(collect(refused!.run, binary)).rejects.toThrow(
    "no linear model can be trained beside the network, for linearAgreement and linearTestAccuracy: weighted: the diagonal has 30 entries",
  );
});
