import { normExpressionFromText } from "@steepest/core";
import {
  buildOptimizer,
  normText,
  type OptimizerChoice,
  optimizerName,
  optimizers,
  parseDefinition,
  planeConstant,
} from "@steepest/experiments";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultSetup } from "../../src/setup/defaults.js";
import { armNames, definitionOf, ownNormOf, probes, runsOfSetup } from "../../src/setup/definition.js";
import { changeFault, setupFault } from "../../src/setup/setupFault.js";
import { runs } from "../fuzz.js";
import { anyArm, anySetup } from "./anySetup.js";

describe("a race as a definition", () => {
  test("is accepted by steepest run, after its way through a file too", () => {
    fc.assert(
      fc.property(anySetup, (setup) => {
        fc.pre(setup.data.kind !== "dropped");
        const definition = definitionOf(setup);
        const read = parseDefinition(JSON.parse(JSON.stringify(definition)));
        expect(JSON.stringify(read.arms)).toBe(JSON.stringify(definition.arms));
        expect(Object.values(read.arms).map(({ label }) => label)).toEqual(armNames(setup.arms));
        expect(Object.values(read.arms).map(({ optimizer, step }) => ({ optimizer, step }))).toEqual(setup.arms);
      }),
      runs(100),
    );
  });

  test("makes one run per arm that differs from the others in its arm only", () => {
    fc.assert(
      fc.property(anySetup, (setup) => {
        fc.pre(setup.data.kind !== "dropped");
        const all = runsOfSetup(setup);
        expect(all.map(({ arm }) => arm)).toEqual(setup.arms);
        for (const { arm, ...rest } of all) expect({ ...rest, arm: all[0]!.arm }).toEqual(all[0]);
        expect(all[0]!.stop).toEqual({ steps: setup.steps });
        expect(all[0]!.seed).toBe(setup.seed);
        expect(all[0]!.record.probes).toEqual(probes);
      }),
      runs(50),
    );
  });

  test("of a linear model has no hidden layer, of others depth of width", () => {
    expect(definitionOf({ ...defaultSetup, depth: 0 }).network).toEqual({ kind: "linear", init: defaultSetup.init });
    expect(definitionOf({ ...defaultSetup, depth: 3, width: 5 }).network).toMatchObject({ kind: "mlp", hidden: [5, 5, 5] });
  });

  test("with a bias is one of layers, of which the first has it, or every one; of the linear model the only one", () => {
    const { init, activation, width } = defaultSetup;
    const biased = { ...defaultSetup, bias: true as const };
    expect(definitionOf({ ...biased, depth: 2 }).network).toEqual({
      kind: "layers",
      layers: [{ kind: "dense", units: width, bias: true }, activation, { kind: "dense", units: width }, activation],
      init,
    });
    expect(definitionOf({ ...biased, depth: 0 }).network).toEqual({ kind: "linear", bias: true, init });
    expect(definitionOf({ ...biased, depth: 2, bias: "every" }).network).toEqual({
      kind: "layers",
      layers: [{ kind: "dense", units: width, bias: true }, activation, { kind: "dense", units: width, bias: true }, activation],
      homogeneity: "measured",
      init,
    });
  });

  test("says of the field that is wrong, in a network with a bias too", () => {
    const biased = { ...defaultSetup, bias: true as const };
    for (const setup of [defaultSetup, biased]) {
      expect(changeFault(setup, { ...setup, activation: { reluPower: 1.3 } }, "activation.reluPower")).toMatch(/multiple of (1\/2|0\.5)/);
      expect(setupFault({ ...setup, width: 0 })).toContain("width: must be an integer from 1");
    }
  });

  test("of a file needs the file", () => {
    expect(() => definitionOf({ ...defaultSetup, data: { kind: "dropped", name: "a", sha256: "0".repeat(64) } })).toThrow(/dropped/);
  });
});

describe("the name of an arm", () => {
  test("is there for every optimiser, and no two arms share one", () => {
    for (const { examples } of Object.values(optimizers)) {
      for (const optimizer of examples ?? []) expect(optimizerName(optimizer)).toMatch(/^\S.*\S$/);
    }
    fc.assert(
      fc.property(fc.array(anyArm, { maxLength: 4 }), (arms) => {
        expect(new Set(armNames(arms)).size).toBe(arms.length);
      }),
      runs(200),
    );
  });

  test("says the norm", () => {
    const step = { rule: "constant", size: 1 } as const;
    const names = armNames([
      { optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" }, step },
      { optimizer: { kind: "steepest", norm: "l2", normalized: false }, step },
      { optimizer: { kind: "steepest", norm: { lp: 3 }, normalized: true }, step },
      { optimizer: { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" }, step },
    ]);
    expect(names).toEqual([
      "sign descent\u00a0(1)",
      "gradient descent, unnormalised",
      "steepest descent in lp(3)",
      "sign descent\u00a0(2)",
    ]);
  });

  test("numbers equal arms so that the number is no option's", () => {
    const step = { rule: "constant", size: 1 } as const;
    const adam = (beta2: number) => ({ optimizer: { kind: "adam", beta1: 0.9, beta2, epsilon: 1e-8 }, step }) as const;
    const inside = { ...adam(0.999), optimizer: { ...adam(0.999).optimizer, epsilonPlacement: "inside" } as OptimizerChoice };
    expect(armNames([adam(0.999), inside])).toEqual(["Adam", "Adam place of ε inside"]);
    expect(armNames([adam(0.999), adam(0.999), adam(0.99)])).toEqual(["Adam β₂ 0.999\u00a0(1)", "Adam β₂ 0.999\u00a0(2)", "Adam β₂ 0.99"]);
  });

  test("says in what arms of one kind differ", () => {
    const adam = (beta1: number, beta2: number) => ({ kind: "adam", beta1, beta2, epsilon: 1e-8 }) as const;
    const step = { rule: "constant", size: 0.003 } as const;
    const sign = { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" } as const;
    expect(
      armNames([
        { optimizer: adam(0, 0), step },
        { optimizer: adam(0.9, 0), step },
        { optimizer: sign, step },
        { optimizer: sign, step: { ...step, size: 0.01 } },
      ]),
    ).toEqual(["Adam β₁ 0", "Adam β₁ 0.9", "sign descent step size η 0.003", "sign descent step size η 0.01"]);
    expect(
      armNames([
        { optimizer: sign, step },
        { optimizer: sign, step, freezeBelow: -16 },
      ])[1],
    ).toBe("sign descent ends below log risk -16");
  });

  test("tells hybrids apart by options of the same name in different places", () => {
    const muon = { momentum: 0.95, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;
    const hybrid = (ofMuon: number) =>
      ({ kind: "muonSignum", muon: { ...muon, momentum: ofMuon }, signum: { momentum: 0.9 }, rowScale: 1 }) as const;
    const step = { rule: "constant", size: 0.01 } as const;
    expect(
      armNames([
        { optimizer: hybrid(0.95), step },
        { optimizer: hybrid(0.5), step },
      ]),
    ).toEqual(["Muon + Signum momentum 0.95", "Muon + Signum momentum 0.5"]);
  });

  test("comes with the norm that its steps are measured in", () => {
    fc.assert(
      fc.property(anyArm, (arm) => {
        expect(ownNormOf(arm)).toBe(buildOptimizer(arm.optimizer).ownNorm.id);
      }),
      runs(100),
    );
  });
});

describe("the text of a norm", () => {
  test.each(["max(spectral,0.5*linf)", "l2(sum(l1,2*l2),10*l2,l1)", "sum(1.5*l1,lp(3))", "l2", "max(l1,l2)"])(
    "%s is as it was typed",
    (text) => {
      expect(normText(normExpressionFromText(text))).toBe(text);
    },
  );

  test("leaves out weights of 1, and is read as the same norm", () => {
    const norm = normExpressionFromText("sum(1*l1,0.1*max(1*l2,21*linf))");
    expect(normText(norm)).toBe("sum(l1,0.1*max(l2,21*linf))");
    expect(normExpressionFromText(normText(norm))).toEqual(norm);
  });
});

describe("the constant coordinate of the plane", () => {
  test.each([
    [{ kind: "moons", trainSize: 2, noise: 0, constant: 0.5 }, 0.5],
    [{ kind: "points", inputs: [[1, 2]], labels: [1], constant: 2 }, 2],
    [{ kind: "points", inputs: [[1, 2, 3]], labels: [1], constant: 2 }, undefined],
    [{ kind: "points", inputs: [[1]], labels: [1], constant: 2 }, undefined],
    [{ kind: "mnistPair", digits: [3, 6], trainSize: 100 }, undefined],
    [
      { kind: "teacherStudent", inputDim: 2, teacherWidth: 1, nonzerosPerNeuron: 1, minTeacherScore: 0, trainSize: 2, testSize: 0 },
      undefined,
    ],
  ] as const)("of %j is %j", (data, constant) => {
    expect(planeConstant(data)).toBe(constant);
  });
});
