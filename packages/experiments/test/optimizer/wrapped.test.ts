import { arrayOptimizer, clipped, coupledDecay, decoupledDecay, normOf, type Optimizer, signum } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { buildOptimizer, type OptimizerChoice, optimizerName, parseDefinition, runsOf } from "../../src/index.js";
import { collect } from "../support/collect.js";
import { binary, twin } from "../support/hosts.js";
import { changed, tiny } from "../support/tiny.js";

const within: OptimizerChoice = { kind: "signum", momentum: 0.9 };
const clip = (optimizer: OptimizerChoice, norm: "l2" | "linf"): OptimizerChoice => ({ kind: "clipped", optimizer, norm, length: 0.5 });
const coupled = (optimizer: OptimizerChoice): OptimizerChoice => ({ kind: "coupledDecay", optimizer, decay: 0.1 });
const decoupled = (optimizer: OptimizerChoice): OptimizerChoice => ({ kind: "decoupledDecay", optimizer, decay: 0.25 });
const inCore = signum({ momentum: 0.9 });
const clipInCore = (optimizer: Optimizer, norm: "l2" | "linf"): Optimizer => clipped(optimizer, { norm: normOf(norm), length: 0.5 });

const nested: readonly (readonly [name: string, OptimizerChoice, Optimizer])[] = [
  ["Signum, clipped gradients, clipped gradients", clip(clip(within, "linf"), "l2"), clipInCore(clipInCore(inCore, "linf"), "l2")],
  ["Signum, clipped gradients, coupled decay", coupled(clip(within, "l2")), coupledDecay(clipInCore(inCore, "l2"), 0.1)],
  ["Signum, coupled decay, clipped gradients", clip(coupled(within), "l2"), clipInCore(coupledDecay(inCore, 0.1), "l2")],
  ["Signum, coupled decay, decoupled decay", decoupled(coupled(within)), decoupledDecay(coupledDecay(inCore, 0.1), 0.25)],
  [
    "Signum, decoupled decay, clipped gradients, decoupled decay",
    decoupled(clip(decoupled(within), "linf")),
    decoupledDecay(clipInCore(decoupledDecay(inCore, 0.25), "linf"), 0.25),
  ],
];

/** θ after three steps of size 1/8 at risks e, 1 and e^-1. */
function moved(optimizer: Optimizer): Float64Array {
  const one = arrayOptimizer(optimizer, { length: 6, blocks: [{ offset: 0, rows: 2, columns: 3 }] }, binary);
  let theta = Float64Array.of(1, -2, 0.5, 3, 0, -1);
  for (let t = 0; t < 3; t++) {
    one.aim(
      theta,
      theta.map((value, j) => Math.cos(value + t * j)),
      1 - t,
    );
    theta = one.move(theta, { size: 0.125, logScale: 0 }).theta as Float64Array<ArrayBuffer>;
  }
  return theta;
}

describe.each(nested)("%s", (name, choice, core) => {
  const run = () =>
    runsOf(parseDefinition(changed(tiny, "arms/sign/optimizer", choice))).find(({ run: { arm } }) => arm.optimizer.kind === choice.kind)!
      .run;

  test("is the core's, has a name, and trains to the same rows from the binary and from the twin", async () => {
    expect(moved(buildOptimizer(choice))).toEqual(moved(core));
    expect(optimizerName(choice)).toBe(name);
    const [fast, plain] = [await collect(run(), binary), await collect(run(), twin)];
    expect(fast).toEqual(plain);
    expect(fast.end.outcome.kind).toBe("finished");
  });
});

test("a mistake within is told at its place", () => {
  const parsed = (optimizer: object) => () =>
    parseDefinition(changed(tiny, "arms/sign/optimizer", coupled(clip(optimizer as OptimizerChoice, "l2"))));
  expect(parsed({ kind: "signum", momentum: 1 })).toThrow("arms.sign.optimizer.optimizer.optimizer.momentum: must be in [0, 1), got 1");
  expect(parsed({ kind: "sgnum", momentum: 0.5 })).toThrow(
    /arms\.sign\.optimizer\.optimizer\.optimizer\.kind: must be one of .*signum.*, got "sgnum"/,
  );
});
