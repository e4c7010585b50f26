import { optimizers, rulesFor, stepStarts } from "@steepest/experiments";
import fc from "fast-check";
import { activationNames, dataStarts } from "../../src/setup/choices.js";
import { type ArmSetup, fewestArms, mostArms, type RaceData, type RaceSetup, type Receipt } from "../../src/setup/raceSetup.js";

const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true });

const plane = fc.record({
  kind: fc.constantFrom("moons" as const, "xor" as const, "separable" as const, "circles" as const),
  trainSize: fc.integer({ min: 2, max: 5000 }),
  noise: fc.constantFrom(0, 0.05, 0.123456789),
  constant: fc.constantFrom(0, 1, 0.1),
});

const drawn = fc
  .array(fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true })), { minLength: 2, maxLength: 9 })
  .map(
    (inputs): RaceData => ({
      kind: "points",
      inputs: inputs.map((row) => row.map((value) => value + 0)),
      labels: inputs.map((_, i) => (i % 2 === 0 ? 1 : -1)),
      constant: 1,
    }),
  );

const file = fc.record({
  kind: fc.constant("dropped" as const),
  name: fc.string({ unit: "grapheme", maxLength: 30 }),
  sha256: fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 }),
});

export const anyData: fc.Arbitrary<RaceData> = fc.oneof(plane, drawn, file, fc.constantFrom(...Object.values(dataStarts)));

const anyOptimizer = fc.constantFrom(...Object.values(optimizers).flatMap(({ examples }) => examples as readonly ArmSetup["optimizer"][]));

export const anyArm: fc.Arbitrary<ArmSetup> = anyOptimizer.chain((optimizer) =>
  fc.constantFrom(...rulesFor(optimizer)).map((rule) => ({ optimizer, step: stepStarts[rule] })),
);

const withoutBias: fc.Arbitrary<RaceSetup> = fc.record({
  data: anyData,
  width: fc.integer({ min: 1, max: 2048 }),
  depth: fc.integer({ min: 0, max: 3 }),
  activation: fc.constantFrom(...activationNames.map(([, choice]) => choice)),
  init: fc
    .tuple(fc.constantFrom("uniformFanIn" as const, "uniformInverseFanIn" as const, "normalFanIn" as const), positive)
    .map(([law, scale]) => ({ law, scale })),
  loss: fc.constantFrom("exponential" as const, "logistic" as const),
  reduction: fc.constantFrom("sum" as const, "mean" as const),
  seed: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  steps: fc.integer({ min: 1, max: 100_000_000 }),
  arms: fc.array(anyArm, { minLength: fewestArms, maxLength: mostArms }),
});

/** Any race that the page accepts. */
export const anySetup: fc.Arbitrary<RaceSetup> = fc
  .tuple(withoutBias, fc.constantFrom(undefined, true as const, "every" as const), fc.constantFrom(undefined, 1, 3))
  .map(([setup, bias, filter]) => ({
    ...setup,
    ...(bias && { bias }),
    ...(filter && setup.data.kind === "mnistPair" && setup.depth < 3 && { filter, width: 1 + (setup.width % 32) }),
  }));

const digit = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

export const anyReceipt: fc.Arbitrary<Omit<Receipt, "at">> = fc.record({
  hash: fc.string({ unit: digit, minLength: 43, maxLength: 43 }),
  trace: fc.array(digit, { maxLength: 300 }).map((digits) => digits.slice(0, digits.length & ~1).join("")),
});
