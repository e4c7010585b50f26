import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lossFrame } from "../../../src/optimizer/lossFrame.js";
import { type MomentumOptions, momentum } from "../../../src/optimizer/memory/momentum.js";
import { hosts } from "../../support/hosts.js";

const n = 7;
const epsilon = 2 ** -52;

function bind(options: MomentumOptions, factory: KernelFactory) {
  const memory = momentum(options);
  const plan = new ArenaPlan().span(n);
  memory.plan(plan, n);
  const arena = plan.allocate(factory);
  const ghat = arena.span(n);
  const bound = memory.bind({ kernels: arena.kernels, arena, ghat });
  const moveFrame = lossFrame(arena.kernels, memory.slowest);
  return (gradient: ArrayLike<number>, logRisk: number) => {
    ghat.view.set(gradient);
    const move = moveFrame(logRisk);
    bound.update(move);
    return { frame: move.frame, value: bound.value.view.slice() };
  };
}

const options: fc.Arbitrary<MomentumOptions> = fc.record({
  momentum: fc.constantFrom(0, 0.3, 0.9, 0.99),
  accumulate: fc.constantFrom("sum" as const, "average" as const),
  nesterov: fc.boolean(),
});
const gradient = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: n, maxLength: n });
/** Risks that fall faster than the memory forgets, and risks that rise. */
const path = fc.array(fc.tuple(gradient, fc.double({ min: -20, max: 3, noNaN: true })), { minLength: 1, maxLength: 25 });
const settings = { seed: 20_241_125, numRuns: 200 };

describe.each(hosts)("momentum in the loss frame on the $host", ({ kernels }) => {
  test("is the recursion on the gradients themselves, where those are numbers", () => {
    fc.assert(
      fc.property(options, path, (chosen, steps) => {
        const update = bind(chosen, kernels);
        const { momentum: mu, accumulate, nesterov } = chosen;
        const gain = accumulate === "sum" ? 1 : 1 - mu;
        const buffer = new Float64Array(n);
        const magnitude = new Float64Array(n);
        for (const [ghat, logRisk] of steps) {
          const { frame, value } = update(ghat, logRisk);
          for (let i = 0; i < n; i++) {
            const fresh = gain * Math.exp(logRisk) * ghat[i]!;
            buffer[i] = mu * buffer[i]! + fresh;
            magnitude[i] = mu * magnitude[i]! + Math.abs(fresh);
            const expected = nesterov ? mu * buffer[i]! + fresh : buffer[i]!;
            const size = nesterov ? mu * magnitude[i]! + Math.abs(fresh) : magnitude[i]!;
            // 25 steps of a few roundings each, and those of e^x with |x| <= 23
            expect(Math.abs(Math.exp(frame) * value[i]! - expected)).toBeLessThanOrEqual(1000 * epsilon * size + 1e-300);
          }
        }
      }),
      settings,
    );
  });

  test("depends on the risk by its ratios only", () => {
    fc.assert(
      fc.property(options, path, fc.constantFrom(-(2 ** 14), -1024, 1024), (chosen, steps, shift) => {
        const [near, far] = [bind(chosen, kernels), bind(chosen, kernels)];
        for (const [ghat, risk] of steps) {
          const logRisk = Math.round(risk * 1024) / 1024; // so that the shift is exact
          const one = near(ghat, logRisk);
          const other = far(ghat, logRisk + shift);
          expect(Math.abs(other.frame - shift - one.frame)).toBeLessThanOrEqual(25 * 2 ** -38);
          const size = Math.max(...one.value.map(Math.abs));
          // a frame that rests on its floor adds log μ, rounded at 2^14: 25 times 2^-39 of error in an exponent
          one.value.forEach((value, i) => {
            expect(Math.abs(other.value[i]! - value)).toBeLessThanOrEqual(50 * 2 ** -38 * (size + 2));
          });
        }
      }),
      settings,
    );
  });

  test("of 0 is the gradient itself, bit for bit, however far the risk moves", () => {
    for (const accumulate of ["sum", "average"] as const) {
      for (const nesterov of [false, true]) {
        const update = bind({ momentum: 0, accumulate, nesterov }, kernels);
        for (const logRisk of [3, -5000, -4000, -1e6]) {
          const ghat = Float64Array.from({ length: n }, (_, i) => Math.sin(logRisk + i));
          expect(update(ghat, logRisk)).toEqual({ frame: logRisk, value: ghat });
        }
      }
    }
  });

  test("survives a risk that falls by e^-1000 in a step, and one that rises by as much", () => {
    const update = bind({ momentum: 0.9, accumulate: "sum", nesterov: false }, kernels);
    const ones = new Float64Array(n).fill(1);
    expect(update(ones, 0)).toEqual({ frame: 0, value: ones });
    const fallen = update(
      ones.map((one) => -one),
      -1000,
    ); // the old gradient is e^1000 larger: 0.9 of it remains
    expect(fallen.frame).toBeCloseTo(Math.log(0.9), 14);
    for (const value of fallen.value) expect(value).toBeCloseTo(1, 14);
    expect(update(ones, 1000)).toEqual({ frame: 1000, value: ones });
  });
});
