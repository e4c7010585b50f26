import { describe, expect, test } from "vitest";
import {
  adam,
  constant,
  DefinitionError,
  losses,
  marginPaced,
  mlp,
  normShape,
  norms,
  type Optimizer,
  type PlainOptimizer,
  plainOptimizer,
  type StepRule,
  signum,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { admitOptimizer } from "../../src/internal.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

const [host] = hosts as [(typeof hosts)[number]];
const network = mlp({ widths: [5, 4, 1], activation: { leakyRelu: 0.1 } });
const shape = normShape(network.layout);

const optionsOf = (optimizer: Optimizer, step: StepRule = marginPaced({ c: 0.5 })): TrainOptions => ({
  network,
  data: samples({ seed: 3, sampleCount: 8, inputDim: 5 }),
  loss: losses.exponential,
  optimizer,
  step,
  init: { law: "normalFanIn", scale: 1 },
  seed: 0,
});

const after = (steps: number, optimizer: Optimizer, step?: StepRule): Training => {
  const made = new Training(optionsOf(optimizer, step), host);
  for (let t = 0; t < steps; t++) made.advance();
  return made;
};

const signedMomentum = (momentum: number): PlainOptimizer => ({
  id: "signed-momentum",
  norm: norms.linf,
  lengthUnit: "unit",
  memory: { mean: { size: "parameters", degree: 1, keeps: momentum } },
  direction: ({ gradient, memory: { mean } }) =>
    gradient.map((g, i) => {
      mean![i] = momentum * mean![i]! + (1 - momentum) * g;
      return -Math.sign(mean![i]!);
    }),
});

/** Adam with its corrections of the bias. */
const plainAdam = ({ beta1, beta2, epsilon }: { beta1: number; beta2: number; epsilon: number }): PlainOptimizer => ({
  id: "plain-adam",
  norm: norms.linf,
  lengthUnit: "unit",
  memory: {
    mean: { size: "parameters", degree: 1, keeps: beta1 },
    square: { size: "parameters", degree: 2, keeps: beta2 },
    powers: { size: 2, degree: 0 },
  },
  direction: ({ gradient, memory, step, constant: inUnit }) => {
    const [mean, square, powers] = [memory.mean!, memory.square!, memory.powers!];
    powers[0] = (step === 1 ? 1 : powers[0]!) * beta1;
    powers[1] = (step === 1 ? 1 : powers[1]!) * beta2;
    return gradient.map((g, i) => {
      mean[i] = beta1 * mean[i]! + (1 - beta1) * g;
      square[i] = beta2 * square[i]! + (1 - beta2) * g * g;
      return -mean[i]! / (1 - powers[0]!) / (Math.sqrt(square[i]! / (1 - powers[1]!)) + inUnit(epsilon, 1));
    });
  },
});

describe("an optimiser written in TypeScript", () => {
  test("signs of an average of gradients are Signum, bit for bit, down to a risk of 1e-1000", () => {
    const [own, builtIn] = [
      after(1500, plainOptimizer(signedMomentum(0.9)), constant({ size: 0.1 })),
      after(1500, signum({ momentum: 0.9 }), constant({ size: 0.1 })),
    ];
    expect(own.parameters()).toEqual(builtIn.parameters());
    expect(own.point()).toEqual({ ...builtIn.point(), health: own.point().health }); // of which the fall of a margin is told where a theorem lets it grow
    expect(own.point().logRisk).toBeLessThan(-2303);
  });

  test("a direction that grows with the gradient is gradient descent, bit for bit", () => {
    const descent = plainOptimizer({ id: "descent", lengthUnit: "gradient", direction: ({ gradient }) => gradient.map((g) => -g) });
    const builtIn = steepestDescent({ norm: norms.l2, normalized: false });
    const [own, other] = [descent, builtIn].map((optimizer) => after(300, optimizer, constant({ size: 0.1 })));
    expect(own!.parameters()).toEqual(other!.parameters());
  });

  test("Adam of twenty lines agrees with ours to 1e-9 over 400 steps, epsilon included", () => {
    const options = { beta1: 0.9, beta2: 0.99, epsilon: 1e-4 };
    const [own, builtIn] = [after(400, plainOptimizer(plainAdam(options))), after(400, adam(options))];
    // the two round every entry of the memories differently, a few ε per step, and the network multiplies that by little
    const [x, y] = [own.parameters(), builtIn.parameters()];
    expect(Math.max(...x.map((entry, i) => Math.abs(entry - y[i]!)))).toBeLessThan(1e-9 * Math.max(...x.map(Math.abs)));
  });

  test.each([
    ["signed momentum", plainOptimizer(signedMomentum(0.9))],
    ["Adam", plainOptimizer(plainAdam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }))],
  ])("%s goes on from a kept state, bit for bit", (_name, optimizer) => {
    const whole = after(60, optimizer);
    const half = after(25, optimizer);
    const resumed = new Training(optionsOf(optimizer), host, half.state());
    for (let t = 25; t < 60; t++) resumed.advance();
    expect(resumed.parameters()).toEqual(whole.parameters());
  });

  test("a memory that forgets nothing holds the unit: gradients vanish 1e-308 below the largest risk", () => {
    const seen: number[] = [];
    const optimizer = plainOptimizer({
      id: "sum",
      lengthUnit: "unit",
      memory: { sum: { size: "parameters", degree: 1, keeps: 1 } },
      direction: ({ gradient, memory: { sum }, logUnit }) => {
        seen.push(logUnit);
        return gradient.map((g, i) => {
          sum![i] = sum![i]! + g;
          return -Math.sign(sum![i]!);
        });
      },
    });
    after(50, optimizer);
    expect(Math.min(...seen)).toBe(Math.max(...seen.slice(0, 1)));
  });

  test("with a norm it steps along what the norm says, and is steepest descent in it", () => {
    const spectral = plainOptimizer({
      id: "spectral",
      norm: norms.spectral,
      lengthUnit: "unit",
      direction: ({ gradient, norm }) => norm!.lmo(gradient),
    });
    const builtIn = steepestDescent({ norm: norms.spectral, normalized: true });
    expect(after(100, spectral).parameters()).toEqual(after(100, builtIn).parameters());
    expect(spectral.expectation.margin).toBeUndefined();
    expect(plainOptimizer({ ...signedMomentum(0.5), expectation: "a theorem" }).expectation).toEqual({
      margin: norms.linf,
      source: "a theorem",
    });
  });
});

describe("refusals", () => {
  const admit = (changes: Partial<PlainOptimizer>): void =>
    admitOptimizer(plainOptimizer({ ...signedMomentum(0.9), ...changes }), shape, host.kernels);
  let steps = 0;

  test("optimisers that obey the laws are admitted", () => {
    admit({});
    admitOptimizer(plainOptimizer(plainAdam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-3 })), shape, host.kernels);
    admitOptimizer(adam({ beta1: 0.9, beta2: 0.99, epsilon: 1e-3 }), shape, host.kernels);
  });

  test.each<[string, Partial<PlainOptimizer>, RegExp]>([
    [
      "a wrong length",
      { direction: ({ gradient }) => gradient.slice(1) },
      /must return a Float64Array of length 24, got one of length 23 in step 1/,
    ],
    ["no array", { direction: () => 1 as never }, /must return a Float64Array of length 24, got number/],
    ["NaN", { direction: ({ gradient }) => gradient.map(() => Number.NaN) }, /gave NaN at entry 0 in step 1, of a finite gradient/],
    [
      "a throw",
      {
        direction: () => {
          throw new RangeError("no");
        },
      },
      /threw in step 1: RangeError: no/,
    ],
    [
      "a state of its own",
      { direction: ({ gradient }) => gradient.map((g) => -g * ++steps) },
      /violates "equal gradients give equal directions"/,
    ],
    [
      "a memory of the wrong degree",
      {
        memory: { mean: { size: "parameters", degree: 2, keeps: 0.9 } },
        direction: ({ gradient, memory: { mean } }) =>
          gradient.map((g, i) => {
            mean![i] = 0.9 * mean![i]! + g;
            return -Math.sign(mean![i]!);
          }),
      },
      /violates "the unit of the gradient is no matter"/,
    ],
    [
      "an epsilon without a unit",
      { direction: ({ gradient }) => gradient.map((g) => -g / (Math.abs(g) + 1e-3)) },
      /violates "the unit of the gradient is no matter"/,
    ],
  ])("%s", (_name, changes, message) => {
    expect(() => admit(changes)).toThrow(message);
  });

  test("hidden state per run is found by a restored memory", () => {
    const hidden = (): PlainOptimizer => ({ ...signedMomentum(0.9) });
    const counts = new WeakMap<object, number>();
    const optimizer = plainOptimizer({
      ...hidden(),
      direction: ({ gradient, memory }) => {
        const count = (counts.get(memory) ?? 0) + 1;
        counts.set(memory, count);
        return gradient.map((g) => -g * count);
      },
    });
    expect(() => admitOptimizer(optimizer, shape, host.kernels)).toThrow(/violates "its memory is all that it remembers"/);
  });

  test.each<[object, string]>([
    [{ id: 3 }, "plainOptimizer.id"],
    [{ direction: undefined }, "plainOptimizer.direction"],
    [{ lengthUnit: "step" }, "plainOptimizer.lengthUnit"],
    [{ memories: {} }, 'unknown option "memories"'],
    [{ norm: "linf" }, "plainOptimizer.norm"],
    [{ memory: { "a-b": { size: 1, degree: 0 } } }, "a name of letters and digits"],
    [{ memory: { mean: { size: "parameters", degree: 1 } } }, "plainOptimizer.memory.mean.keeps"],
    [{ memory: { mean: { size: 0, degree: 1, keeps: 0.9 } } }, "plainOptimizer.memory.mean.size"],
    [{ memory: { mean: { size: 1, degree: -1, keeps: 0.9 } } }, "plainOptimizer.memory.mean.degree"],
  ])("options %j are refused at once", (changes, message) => {
    const make = (): Optimizer => plainOptimizer({ ...signedMomentum(0.9), ...changes } as PlainOptimizer);
    expect(make).toThrow(DefinitionError);
    expect(make).toThrow(message);
  });
});
