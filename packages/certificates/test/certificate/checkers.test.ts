import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  drawNormal,
  type LabelledData,
  linear,
  losses,
  marginPaced,
  mlp,
  type NormId,
  normOf,
  norms,
  steepestDescent,
  Training,
} from "@steepest/core";
import { describe, expect, test } from "vitest";
import { type CertificateDocument, certify, isCheckedNorm, weightsText } from "../../src/index.js";
import { type CheckedFiles, checkers, pathsOf } from "../support/checkers.js";
import { goldenKkt } from "../support/goldenKkt.js";
import { kernels } from "../support/kernels.js";

const definition = '{"seed":1}';
const definitionHash = createHash("sha256").update(definition).digest("hex");

async function filesOf(name: string, id?: NormId): Promise<CheckedFiles & { readonly document: CertificateDocument }> {
  const { norm, ...point } = goldenKkt.find((one) => one.name.startsWith(name))!;
  const answer = await certify({ ...point, norm: norms[id ?? norm], kernels, networkDefinition: point.definition, definitionHash });
  if (answer.kind !== "certified") throw new Error("no margin");
  return { certificate: answer.text, document: answer.document, weights: weightsText(point, point.definition), definition };
}

/** The text of a changed certificate with the seal that belongs to it. */
function resealed(text: string): string {
  const body = text.slice(75, -1);
  return `{"seal":"${createHash("sha256").update(`{${body}`).digest("hex")}",${body}\n`;
}

/** Every number, text and null of plain data by its path. */
function leaves(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, one]) => leaves(one, [...path, key]));
}

function changedAt(text: string, path: readonly (string | number)[], change: (value: unknown) => unknown): string {
  const document = JSON.parse(text);
  const holder = path.slice(0, -1).reduce((value, key) => value[key], document);
  const key = path.at(-1)!;
  holder[key] = change(holder[key]);
  return `${JSON.stringify(document)}\n`;
}

/** Another value of the kind: 1e-7 of a number more, another digit of a text. */
const another = (value: unknown): unknown => {
  if (typeof value === "number") return Number.isInteger(value) ? value + 1 : value * (1 + 1e-6);
  if (typeof value === "string") return `${value.slice(0, -1)}${value.endsWith("0") ? "1" : "0"}`;
  return 0;
};

/** A change of a certificate, by the path of the field, with the files that it makes. */
type Change = readonly [path: readonly (string | number)[], files: CheckedFiles];

const rejected = expect.stringMatching(/^rejected/);

describe.each(checkers)("the checker in $name", ({ command, isThere, verdicts }) => {
  const allRejected = async (changes: readonly Change[], reason = rejected): Promise<void> => {
    const answers = await verdicts(changes.map(([, files]) => files));
    expect(changes.map(([path], k) => [path, answers[k]])).toEqual(changes.map(([path]) => [path, reason]));
  };

  test.skipIf(!isThere)("accepts certificates of recorded networks", async () => {
    const names = goldenKkt.map(({ name }) => name);
    const answers = await verdicts(await Promise.all(names.map((name) => filesOf(name))));
    expect(answers).toEqual(names.map(() => expect.stringMatching(/^accepted/)));
  });

  test.skipIf(!isThere)("is a command with the exit codes 0 and 1", async () => {
    const [program, ...args] = command as [string, ...string[]];
    const files = await filesOf("deep_linear3_GD");
    const accepted = spawnSync(program, [...args, ...pathsOf(files)], { encoding: "utf8" });
    expect([accepted.status, accepted.stdout]).toEqual([0, expect.stringMatching(/^accepted: kappa in \[0.98/)]);
    const other = spawnSync(program, [...args, ...pathsOf({ ...files, definition: "{}" })], { encoding: "utf8" });
    expect([other.status, `${other.stdout}${other.stderr}`]).toEqual([1, expect.stringMatching(/^rejected: other definition/)]);
    const nothing = spawnSync(program, [...args, "/nowhere", "/nowhere"], { encoding: "utf8" });
    expect([nothing.status, `${nothing.stdout}${nothing.stderr}`]).toEqual([1, rejected]);
  });

  test.skipIf(!isThere)("accepts certificates of a trained network of many units, whatever its width", async () => {
    const network = mlp({ widths: [3, 40, 1], activation: "relu" });
    const drawn = drawNormal(kernels, { seed: 3, stream: 962, count: 48 });
    const inputs = Float64Array.from({ length: 72 }, (_, k) => (k % 3 === 2 ? 1 : drawn[2 * Math.floor(k / 3) + (k % 3)]!));
    const labels = Array.from({ length: 24 }, (_, i) => Math.sign(inputs[3 * i]! + inputs[3 * i + 1]! ** 2 - 1));
    const data = { inputs, labels, inputDim: 3 };
    const optimizer = steepestDescent({ norm: norms.l2, normalized: true });
    const step = marginPaced({ c: 0.25 });
    const init = { law: "uniformFanIn", scale: 0.5 } as const;
    const training = new Training({ network, data, loss: losses.exponential, optimizer, step, init, seed: 7 }, { kernels });
    while (training.step < 600) training.advance();
    const point = { network, data, weights: training.parameters() };
    const networkDefinition = { kind: "mlp", hidden: [40], activation: "relu" };
    const files = await Promise.all(
      (["l1", "linf", "l2"] as const).map(async (id) => {
        // in l2 units of many kinks have derivatives in between, for which no list of sides stands
        const answer = await certify({ ...point, norm: norms[id], kernels, networkDefinition, ...(id === "l2" && { kinks: 0.4 }) });
        if (answer.kind !== "certified") throw new Error("no margin");
        const between = answer.document.entries.flatMap(({ support }) =>
          support.flatMap(({ slopes = [] }) => slopes.filter(([, , s]) => s > 0 && s < 1)),
        );
        if (id === "l2") expect(between.length).toBeGreaterThan(0);
        return { certificate: answer.text, weights: weightsText(point, networkDefinition) };
      }),
    );
    expect(await verdicts(files)).toEqual(files.map(() => expect.stringMatching(/^accepted/)));
  });

  test.skipIf(!isThere).each([4, 64])("accepts certificates of several classes in every norm that it knows, of width %i", async (width) => {
    const network = mlp({ widths: [3, width, 3], activation: "relu" });
    const normal = (stream: number, count: number): Float64Array => drawNormal(kernels, { seed: 3, stream, count });
    const [inputs, weights] = [normal(960, 18), normal(961, 6 * width)];
    const point = {
      network,
      weights,
      data: { inputs, labels: classesOf(weights, inputs), inputDim: 3, classes: 3 } satisfies LabelledData,
    };
    const networkDefinition = { kind: "mlp", hidden: [width], activation: "relu" };
    const files = await Promise.all(
      knownNorms.map(async (norm) => {
        const answer = await certify({ ...point, norm, kernels, networkDefinition });
        if (answer.kind !== "certified") throw new Error("no margin");
        return { certificate: answer.text, weights: weightsText(point, networkDefinition) };
      }),
    );
    expect(await verdicts(files)).toEqual(files.map(() => expect.stringMatching(/^accepted/)));
  });

  test.skipIf(!isThere)(
    "accepts certificates of linear models, one sample, narrow and positive networks, at KKT points and elsewhere",
    async () => {
      const files = await Promise.all(
        smallPoints.flatMap(({ hidden, activation, weights, inputs, labels }) =>
          knownNorms.map(async (norm) => {
            const inputDim = inputs.length / labels.length;
            const network = mlp({ widths: [inputDim, ...hidden, 1], activation });
            const definition = { kind: "mlp", hidden, activation };
            const point = { network, weights: Float64Array.from(weights), data: { inputs: Float64Array.from(inputs), labels, inputDim } };
            const answer = await certify({ ...point, norm, kernels, networkDefinition: definition });
            if (answer.kind !== "certified") throw new Error("no margin");
            return { certificate: answer.text, weights: weightsText(point, definition) };
          }),
        ),
      );
      expect(await verdicts(files)).toEqual(files.map(() => expect.stringMatching(/^accepted/)));
    },
  );

  test.skipIf(!isThere)("rejects statements that are weaker, not of numbers, or of a member that stands twice", async () => {
    const files = await filesOf("relu_GD(l2)_logL-3");
    const changes: readonly (readonly [readonly (string | number)[], (value: never) => unknown])[] = [
      [["minMargin"], ([low, high]: number[]) => [low! * (1 - 1e-7), high]],
      [["entries", 0, "dualNorm"], ([low, high]: number[]) => [low, high! * (1 + 1e-7)]],
      [["entries", 0], (entry: object) => ({ ...entry, kappa: [0.1, null], dualNorm: [null, 9] })],
      [["entries", 0, "kappa"], (ends: number[]) => ends.map(String)],
      [["entries", 0, "support", 0, "multiplier"], String],
      [["entries", 0, "kinks"], () => -1],
      [["entries", 0, "kinks"], String],
      [["scale", "weights"], () => "0"],
    ];
    const upperIsLeftOut = changedAt(files.certificate, ["entries", 0], (entry) => {
      const { kappa, dualNorm } = entry as CertificateDocument["entries"][number];
      return { ...(entry as object), kappa: [kappa[0], null], dualNorm: [null, dualNorm[1]] };
    });
    const twice = files.certificate.replace('"minMargin":', '"minMargin":[2,3],"minMargin":');
    const infinite = files.certificate.replace(/"kappa":\[[^\]]*\]/, '"kappa":[0.1,1e400]');
    await allRejected([
      ...changes.map(
        ([path, change]): Change => [
          path,
          { ...files, certificate: resealed(changedAt(files.certificate, path, change as (value: unknown) => unknown)) },
        ],
      ),
      ...[upperIsLeftOut, twice, infinite].map((text, k): Change => [["text", k], { ...files, certificate: resealed(text) }]),
    ]);
  });

  test.skipIf(!isThere)("rejects every change of a field without a new seal", async () => {
    const files = await filesOf("relu_GD(l2)_logL-3");
    const changes = leaves(files.document).map((path): Change => {
      const certificate = `${files.certificate.slice(0, 75)}${changedAt(`{${files.certificate.slice(75)}`, path, another).slice(1)}`;
      return [path, { ...files, certificate }];
    });
    await allRejected(changes, expect.stringMatching(/^rejected.*seal/));
  });

  test.skipIf(!isThere).each(["relu_GD(l2)_logL-300", "leaky_relu_0.1_SD(linf)"])(
    "rejects a change of any field of %s with its seal",
    async (name) => {
      const files = await filesOf(name);
      const changes = leaves(files.document)
        .filter(([, , third, fourth]) => !(third === "direction" && fourth === "entries")) // see below
        .map((path): Change => {
          const wider = path.at(-1) === "kinks" ? () => 0.3 : another; // a little more is as true
          return [path, { ...files, certificate: resealed(changedAt(files.certificate, path, wider)) }];
        });
      expect(changes.length).toBeGreaterThan(30);
      await allRejected(changes);
    },
  );

  test.skipIf(!isThere)("rejects directions, multipliers and slopes that prove less than is stated", async () => {
    const files = await filesOf("relu_SD(linf)_logL-300");
    const [entry] = files.document.entries;
    expect(entry!.direction.entries.length).toBeGreaterThan(0);
    const changes: readonly (readonly [readonly (string | number)[], (value: unknown) => unknown])[] = [
      [["entries", 0, "direction", "entries", 0, 1], (v) => (v as number) + 0.5],
      [["entries", 0, "support", 0, "multiplier"], (v) => -(v as number)],
      [["entries", 0, "support"], () => []],
      [["entries"], () => []],
      [["entries", 0, "support", 0, "slopes"], () => [[0, 0, 0.5]]], // not near its kink
      [["entries", 1, "kinks"], () => 1e-12],
    ];
    await allRejected(
      changes.map(([path, change]) => [path, { ...files, certificate: resealed(changedAt(files.certificate, path, change)) }]),
    );
  });

  test.skipIf(!isThere)("rejects bounds that hold only where squares underflow, and kinks that rounding decides", async () => {
    const inputs = Float64Array.from({ length: 16 }, (_, j) => (j % 5 === 0 ? 1 : 0));
    const point = {
      network: linear({ inputDim: 4 }),
      weights: new Float64Array(4).fill(1),
      data: { inputs, labels: [1, 1, 1, 1], inputDim: 4 },
    };
    const networkDefinition = { kind: "linear" };
    const answer = await certify({ ...point, norm: norms.l2, kernels, networkDefinition });
    if (answer.kind !== "certified") throw new Error("no margin");
    const files = { certificate: answer.text, weights: weightsText(point, networkDefinition) };
    const multipliers = [0.45, 0.25, 0.15, 0.15];
    const dual = Math.hypot(...multipliers); // κ is 1 here, and the direction (1, 1, 1, 1) proves D* >= 1/2
    const small = 2.6e-162; // of four such the squares add up to too little by 27 %
    const length = Math.sqrt(4 * (small * small));
    const forged = (value: number): unknown => ({
      direction: { entries: [0, 1, 2, 3].map((j) => [j, value]), from: "zero" },
      dualNorm: [(value === small ? small / length : 0.5) * (1 - 1e-12), dual * (1 + 1e-12)],
      fenchelYoungGap: [1 - 1 / (2 * dual) ** 2 - 1e-12, 1 - 1 / (2 * dual) ** 2 + 1e-12],
      kappa: [(1 - 1e-12) / (2 * dual), (value === small ? length / (2 * small) : 1) * (1 + 1e-12)],
      kinks: 2 ** -36,
      slackness: [0, 1e-12],
      support: multipliers.map((multiplier, sample) => ({ multiplier, sample })),
    });
    const withEntry = (entry: unknown): CheckedFiles => ({
      ...files,
      certificate: resealed(changedAt(files.certificate, ["entries", 0], () => entry)),
    });
    expect(await verdicts([withEntry(forged(1))])).toEqual([expect.stringMatching(/^accepted/)]); // another direction, as good
    const relu = await filesOf("relu_GD(l2)_logL-3");
    await allRejected([
      [["direction"], withEntry(forged(small))],
      [["kinks"], { ...relu, certificate: resealed(changedAt(relu.certificate, ["entries", 0, "kinks"], () => 2 ** -60)) }],
    ]);
  });

  test.skipIf(!isThere)("rejects a lower end of the dual norm where kinks in several layers leave none", async () => {
    const weights = Float64Array.of(1, 0, 1, -1, 1, 0, 0, 1, 1, 0.5);
    const data: LabelledData = { inputs: Float64Array.of(1, 0, 1, 1), labels: [1, 1], inputDim: 2 };
    const point = { network: mlp({ widths: [2, 2, 2, 1], activation: "relu" }), weights, data };
    const networkDefinition = { kind: "mlp", hidden: [2, 2], activation: "relu" };
    const answer = await certify({ ...point, norm: norms.l2, kernels, networkDefinition });
    if (answer.kind !== "certified") throw new Error("no margin");
    const files = { certificate: answer.text, weights: weightsText(point, networkDefinition) };
    const { kappa, dualNorm } = answer.document.entries[0]!;
    expect([kappa[1], dualNorm[0]]).toEqual([null, null]);
    expect(await verdicts([files])).toEqual([expect.stringMatching(/^accepted/)]);
    const path = ["entries", 0, "dualNorm", 0] as const;
    const certificate = resealed(changedAt(files.certificate, path, () => dualNorm[1] * (1 - 1e-9)));
    await allRejected([[path, { ...files, certificate }]]);
  });

  test.skipIf(!isThere)("says precisely what it rejects", async () => {
    const files = await filesOf("relu_GD(l2)_logL-3");
    const reasons: readonly (readonly [(string | number)[], unknown, RegExp])[] = [
      [["format"], "steepest-certificate-2", /the format steepest-certificate-2 is not known/],
      [["theta"], "0".repeat(64), /other weights/],
      [["data"], "0".repeat(64), /other data/],
      [["norm"], "rowMax", /the norm rowMax is not known/],
      [["norm"], "lp(1)", /the norm lp\(1\) is not known/],
      [["degree"], 3, /the degree is stated as 3, it is 2/],
      [["rounding"], "estimated", /the rounding is stated as estimated, it is proven/],
      [["scale", "weights"], 0.5, /scale/],
      [["minMargin", 0], 1e9, /minMargin is stated as \[.*\], it is in \[/],
      [["size", 0], 0, /size is stated as \[.*\], which is weaker than \[/],
      [["entries"], [], /there are no entries/],
      [["entries", 0, "kinks"], 2 ** -60, /at which rounding decides/],
      [["entries", 0, "kappa", 1], null, /one of kappa and dualNorm/],
      [["entries", 0, "support"], [], /there are no multipliers/],
      [["entries", 0, "support", 0, "sample"], 1e6, /there is no constraint of sample 1000000/],
      [["entries", 0, "support", 0, "multiplier"], -1, /the multiplier -1 .*is not positive/],
      [["entries", 0, "support", 0, "slopes"], [[0, 0, 0.5]], /unit 0 of layer 0 is not at its kink/],
      [["entries", 0, "direction", "from"], "nowhere", /the direction from nowhere is not known/],
      [["entries", 0, "direction", "entries"], [[-1, 1]], /the direction has no entry -1/],
    ];
    const both = (network: object): CheckedFiles => ({
      certificate: resealed(changedAt(files.certificate, ["network"], () => network)),
      weights: changedAt(files.weights, ["network"], () => network),
    });
    const networks: readonly (readonly [object, RegExp])[] = [
      [{ kind: "transformer" }, /the network transformer is not known/],
      [{ activation: "relu", bias: true, hidden: [4], kind: "mlp" }, /the member bias of mlp is not known/],
      [{ activation: "tanh", hidden: [4], kind: "mlp" }, /the layer tanh is not known/],
      [{ activation: { leakyRelu: -2 }, hidden: [4], kind: "mlp" }, /the slope of leakyRelu is -2/],
      [{ kind: "layers", layers: [{ kind: "attention" }] }, /the layer attention is not known/],
      [{ activation: "relu", hidden: [5], kind: "mlp" }, /there are \d+ weights, the network has \d+/],
    ];
    const answers = await verdicts([
      ...reasons.map(([path, value]) => ({ ...files, certificate: resealed(changedAt(files.certificate, path, () => value)) })),
      ...networks.map(([network]) => both(network)),
    ]);
    const expected = [...reasons.map(([, , reason]) => reason), ...networks.map(([, reason]) => reason)];
    expect(answers).toEqual(expected.map((reason) => expect.stringMatching(new RegExp(`rejected: .*${reason.source}`))));
  });

  test.skipIf(!isThere)("knows the norms that are said to be checked, and no others", async () => {
    const files = await filesOf("relu_GD(l2)_logL-3");
    const ids = [...Object.keys(norms), "lp(1.5)", "lp(3)", "max(l2,linf)", "0.5*l2"];
    const answers = await verdicts(
      ids.map((id) => ({ ...files, certificate: resealed(changedAt(files.certificate, ["norm"], () => id)) })),
    );
    expect(ids.filter((_, i) => !/the norm .* is not known/.test(answers[i]!))).toEqual(ids.filter(isCheckedNorm));
  });

  test.skipIf(!isThere)("rejects other weights, data, networks and definitions, and what it does not know", async () => {
    const files = await filesOf("relu_GD(l2)_logL-3");
    const lastBit = (text: unknown): string => {
      const copy = Buffer.from(text as string, "base64");
      copy[0]! ^= 1; // of the first number
      return copy.toString("base64");
    };
    const both = (path: readonly string[], value: unknown): CheckedFiles => ({
      certificate: resealed(changedAt(files.certificate, path, () => value)),
      weights: changedAt(files.weights, path, () => value),
    });
    await allRejected([
      ...["weights", "inputs", "labels"].map((part): Change => [[part], { ...files, weights: changedAt(files.weights, [part], lastBit) }]),
      [["network", "activation"], { ...files, weights: changedAt(files.weights, ["network", "activation"], () => "abs") }],
      [["definition"], { ...files, definition: '{"seed":2}' }],
      [["norm"], both(["norm"], "rowMax")],
      [["format"], { ...files, certificate: resealed(changedAt(files.certificate, ["format"], () => "steepest-certificate-2")) }],
      [["rounding"], both(["rounding"], "estimated")],
      [["network", "kind"], both(["network", "kind"], "layers")],
      [["network", "frozenLayers"], both(["network", "frozenLayers"], [0])],
    ]);
  });
});

/** The norms that the checkers know, of every form. */
const knownNorms = [norms.l1, norms.l2, norms.linf, norms.spectral, norms.nuclear, normOf({ lp: 1.5 }), normOf({ lp: 3 })];

/** Points at which bounds of rounding errors are small, and ends of intervals exact. */
const smallPoints: readonly {
  readonly hidden: number[];
  readonly activation: "identity" | "relu" | "abs";
  readonly weights: number[];
  readonly inputs: number[];
  readonly labels: number[];
}[] = [
  { hidden: [], activation: "identity", weights: [1, 0], inputs: [1, 0], labels: [1] },
  { hidden: [], activation: "identity", weights: [0.7, -0.3, 0.1], inputs: [1, -2, 3, 0.5, -1, 0.25, -1, 1, 1], labels: [1, 1, -1] },
  { hidden: [2], activation: "relu", weights: [1, 0, 0, 1, 1, 1], inputs: [1, 0, 0, 1], labels: [1, 1] }, // a KKT point of l2
  { hidden: [1, 1], activation: "abs", weights: [1, 1, 1], inputs: [1], labels: [1] },
  { hidden: [], activation: "identity", weights: [-2], inputs: [-200, -100, 100], labels: [1, 1, -1] }, // one parameter
  { hidden: [2, 2], activation: "identity", weights: [1, 0, 0, 1, 1, 0, 0, 1, 1, 1], inputs: [1, 0], labels: [1] }, // 0 in two layers, no kink
  {
    hidden: [40],
    activation: "relu",
    weights: Array.from({ length: 2440 }, (_, j) => 1 + (j % 7)),
    inputs: Array(60).fill(0.1),
    labels: [1],
  },
];

/** Classes by the largest score of a perceptron with three inputs, one hidden layer and three outputs, by plain loops. */
function classesOf(weights: Float64Array, inputs: Float64Array): number[] {
  return Array.from({ length: inputs.length / 3 }, (_, i) => {
    const width = weights.length / 6;
    const hidden = Array.from({ length: width }, (_, u) =>
      Math.max(
        [0, 1, 2].reduce((sum, k) => sum + weights[3 * u + k]! * inputs[3 * i + k]!, 0),
        0,
      ),
    );
    const scores = [0, 1, 2].map((c) => hidden.reduce((sum, v, u) => sum + v * weights[3 * width + width * c + u]!, 0));
    return scores.indexOf(Math.max(...scores));
  });
}
