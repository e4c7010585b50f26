import { DefinitionError, type LabelledData, linear, norms, steepestDescent } from "@steepest/core";
import { expect, test } from "vitest";
import { type ExperimentDefinition, execute, parseDefinition, type Row, runsOf } from "../../src/index.js";
import { bestRatioReadings, type CertifiedPlace } from "../../src/probe/bestRatio.js";
import { probeHint, probeOf } from "../../src/probe/probe.js";
import { binary } from "../support/hosts.js";
import { changed, noFiles, tiny } from "../support/tiny.js";

const data: LabelledData = { inputs: Float64Array.of(2, 1, -1, -3), labels: [1, -1], inputDim: 2 };
const network = linear({ inputDim: 2 });
const optimizer = steepestDescent({ norm: norms.l2, normalized: true });
const phases = [{ when: "separation", optimizer: steepestDescent({ norm: norms.linf, normalized: true, smoothing: "none" }) }] as const;
const training = { parameters: () => Float64Array.of(4, 3), weights: () => Float64Array.of(0.25, 0.75) };
const values: Readonly<Record<string, number>> = { l1: 0.3, l2: 0.5, linf: 0.75 };

test("every norm is asked about once at a point, own in the norm of the optimiser that is at work", async () => {
  const asked: CertifiedPlace[] = [];
  const oracle = async (place: CertifiedPlace): Promise<number> => {
    asked.push(place);
    return values[place.norm.id]!;
  };
  const names = ["logRisk", "kkt.bestTangentMarginRatio.own", "kkt.bestTangentMarginRatio.linf", "kkt.tangentMarginRatio.l1"];
  const readings = bestRatioReadings(names, { data, network, optimizer, phases }, oracle)!;
  const certified = await readings(training, { ownNorm: "l2" });
  expect(asked.map(({ norm }) => norm.id)).toEqual(["linf", "l2"]);
  expect(asked[0]).toMatchObject({ network, data, weights: Float64Array.of(4, 3), sampleWeights: Float64Array.of(0.25, 0.75) });
  const read = (name: string) => probeOf(name)!.read({ certified, ownNorm: "l2" } as never);
  expect(["own", "l2", "linf", "l1"].map((norm) => read(`kkt.bestTangentMarginRatio.${norm}`))).toEqual([0.5, 0.5, 0.75, Number.NaN]);
  expect(await readings(training, { ownNorm: "linf" })).toEqual({ "kkt.bestTangentMarginRatio.linf": 0.75 });
  expect(asked).toHaveLength(3);
});

test("nothing is asked where no probe asks, and a program without certificates says so", () => {
  const parts = { data, network, optimizer };
  expect(bestRatioReadings(["kkt.tangentMarginRatio.l2", "marginRatio.l2"], parts, undefined)).toBeUndefined();
  expect(() => bestRatioReadings(["kkt.bestTangentMarginRatio.l2"], parts, undefined)).toThrow(DefinitionError);
  expect(probeHint("bestKappa")).toContain('write "kkt.bestTangentMarginRatio.own"');
});

/** A definition whose sign descent comes to a log risk of -6. */
const certifying = (certifyBelow?: readonly number[]): ExperimentDefinition =>
  parseDefinition({
    ...tiny,
    stop: { steps: 3000, logRiskBelow: -6 },
    record: {
      probes: ["logRisk", "kkt.bestTangentMarginRatio.own"],
      pointsPerDecade: 12,
      ...(certifyBelow && { certifyBelow: [...certifyBelow] }),
    },
    claims: [],
    figure: [],
  });

async function rowsOf(definition: ExperimentDefinition): Promise<{ readonly rows: Row[]; readonly calls: number }> {
  const { run } = runsOf(definition).find(({ arm }) => arm === "sign")!;
  const rows: Row[] = [];
  let calls = 0;
  const bestRatio = async (): Promise<number> => ++calls;
  for await (const event of execute(run, { kernels: binary, files: noFiles, bestRatio })) if (event.kind === "row") rows.push(event.row);
  return { rows, calls };
}

test("certificates are taken at the first row below each log risk, and elsewhere nothing is asked and NaN recorded", async () => {
  const every = await rowsOf(certifying());
  expect(every.rows.map((row) => row["kkt.bestTangentMarginRatio.own"])).toEqual(every.rows.map((_, i) => i + 1));
  const some = await rowsOf(certifying([-1e9, -6, -2, -3]));
  const first = (bound: number) => some.rows.findIndex((row) => row.logRisk! < bound);
  const places = [-2, -3, -6].map(first);
  expect(places[2]).toBe(some.rows.length - 1);
  expect(some.calls).toBe(new Set(places).size);
  expect(some.calls).toBeGreaterThan(1);
  expect(some.rows.flatMap((row, i) => (Number.isNaN(row["kkt.bestTangentMarginRatio.own"]) ? [] : [i]))).toEqual([...new Set(places)]);
  expect(some.rows.map(({ logRisk }) => logRisk)).toEqual(every.rows.map(({ logRisk }) => logRisk));
});

test("log risks of certificates need logRisk and a probe of certificates, and each stands once", () => {
  const refusal = (record: object) => expect(() => parseDefinition(changed({ ...tiny, claims: [], figure: [] }, "record", record)));
  const rest = { pointsPerDecade: 4, certifyBelow: [-10] };
  refusal({ ...rest, probes: ["kkt.bestTangentMarginRatio.l2"] }).toThrow('record.certifyBelow: there is no recorded probe "logRisk"');
  refusal({ ...rest, probes: ["logRisk"] }).toThrow("has no meaning where no probe of a certificate is recorded");
  refusal({ ...rest, probes: ["logRisk", "kkt.bestTangentMarginRatio.l2"], certifyBelow: [-1, -1] }).toThrow("record.certifyBelow");
  refusal({ ...rest, probes: ["logRisk", "kkt.bestTangentMarginRatio.l2"], certifyBelow: [] }).toThrow("record.certifyBelow");
});

test("a network that is not homogeneous has no such ratio", () => {
  const measured = { ...tiny.network, activation: "silu", homogeneity: "measured" };
  const definition = { ...tiny, network: measured, record: { probes: ["kkt.bestTangentMarginRatio.l2"], pointsPerDecade: 4 }, claims: [] };
  expect(() => parseDefinition({ ...definition, figure: [] })).toThrow("has no value for a network that is not homogeneous");
});
