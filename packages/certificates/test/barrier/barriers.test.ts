import { type MatrixBlock, normFromText } from "@steepest/core";
import { boundByCones } from "@steepest/core/internal";
import { describe, expect, test } from "vitest";
import { DoubledVector, doubledProduct } from "../../src/arithmetic/doubledVector.js";
import { Derivatives } from "../../src/barrier/barrier.js";
import { BarrierProgram } from "../../src/barrier/barrierProgram.js";
import { boundedNorm } from "../../src/index.js";
import { kernels as factory } from "../support/kernels.js";
import { randomNumbers } from "../support/randomNumbers.js";

const one: readonly MatrixBlock[] = [{ offset: 0, rows: 2, columns: 3 }];
const tall: readonly MatrixBlock[] = [{ offset: 0, rows: 3, columns: 2 }];
const two: readonly MatrixBlock[] = [...one, { offset: 6, rows: 1, columns: 2 }];
const subjects: [string, readonly MatrixBlock[]][] = [
  ...["l1", "l2", "linf", "lp(3)", "lp(1.5)", "lp(1.0001)", "lp(1000)", "rowMax", "rowSum", "colMax", "colSum"].map(
    (id): [string, readonly MatrixBlock[]] => [id, one],
  ),
  ...["spectral", "nuclear"].flatMap((id): [string, readonly MatrixBlock[]][] => [one, tall, two].map((blocks) => [id, blocks])),
  ...["max(3*spectral,linf)", "sum(nuclear,0.5*l1)", "l2(0.75*lp(3),rowMax)", "l2(linf,2*l2)"].map(
    (id): [string, readonly MatrixBlock[]] => [id, two],
  ),
];

describe.each(subjects)("the barriers of %s on %j", (id, blocks) => {
  const size = blocks.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const norm = boundedNorm(normFromText(id), factory, blocks);
  // the limit is a variable, after the entries
  const program = new BarrierProgram(size + 1, norm.kernels);
  const entries = Array.from({ length: size }, (_, index) => ({ index, factor: 2 ** (index - 3) }));
  program.inside[size] = 1;
  boundByCones(norm.norm, program, entries, { length: size, blocks }, { variable: size, factor: 0.5 });
  const order = program.inside.length;
  const at = (x: DoubledVector, withHessian: boolean): Derivatives | undefined => {
    const to = new Derivatives(order, withHessian);
    return program.barriers.every((barrier) => barrier.add(x, to)) ? to : undefined;
  };
  const inside = (): DoubledVector => {
    const next = randomNumbers(7);
    const x = new DoubledVector(order);
    x.high.set(program.inside.map((value, j) => (j < size ? ((next() - 0.5) * 0.04) / entries[j]!.factor : value * (1 + 0.1 * next()))));
    return x;
  };
  const hessianTimes = ({ hessian }: Derivatives, v: DoubledVector): number[] => {
    const out = new Array<number>(order).fill(0);
    for (const [i, row] of hessian!.entries()) {
      for (let j = 0; j <= i; j++) {
        out[i]! += row.high[j]! * v.high[j]!;
        if (j < i) out[j]! += row.high[j]! * v.high[i]!;
      }
    }
    return out;
  };

  // F(s x) = F(x) - ν log s: ⟨∇F, x⟩ = -ν and F'' x = -∇F
  test("are logarithmically homogeneous, with the parameter they say", () => {
    const x = inside();
    const { gradient } = at(x, false)!;
    const parameter = program.barriers.reduce((sum, barrier) => sum + barrier.parameter, 0);
    // powers are those of doubles, and the rest as good as twice the precision
    expect(doubledProduct(gradient, x, order).high / -parameter).toBeCloseTo(1, 12);
    const largest = gradient.high.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [j, value] of hessianTimes(at(x, true)!, x).entries())
      expect(Math.abs(value + gradient.high[j]!) / largest).toBeLessThan(1e-11);
  });

  test("have the Hessian that their gradients have by differences", () => {
    const x = inside();
    const next = randomNumbers(11);
    const way = new DoubledVector(order);
    way.high.set(Array.from(x.high, (value) => (next() - 0.5) * Math.max(Math.abs(value), 1e-3)));
    const step = 2 ** -16;
    const [ahead, behind] = [at(x.plus(way, step), false)!, at(x.plus(way, -step), false)!];
    const expected = hessianTimes(at(x, true)!, way);
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (let j = 0; j < order; j++) {
      const difference = ahead.gradient.at(j).high - behind.gradient.at(j).high;
      // the third derivative times step² is some 1e-9 of it
      expect(Math.abs(difference / (2 * step) - expected[j]!) / largest).toBeLessThan(1e-6);
    }
  });

  test("end where the norm is at its limit, however the further variables are chosen", () => {
    const next = randomNumbers(13);
    for (let draw = 0; draw < 20; draw++) {
      const x = inside();
      const theta = entries.map(() => next() - 0.5);
      const scale = 0.5 / norm.value(Float64Array.from(theta)); // ||scale theta|| = 0.5, the limit where its variable is 1
      for (const [j, { factor }] of entries.entries()) x.high[j] = (theta[j]! * scale * (1 + 1e-9)) / factor;
      for (let j = size; j < order; j++) x.high[j] = program.inside[j]! * (j === size ? 1 : 0.5 + next());
      expect(at(x, false)).toBeUndefined();
    }
  });

  test("have the Hessian of their roots, where they have any", () => {
    const x = inside();
    for (const barrier of program.barriers) {
      if (!barrier.roots) continue;
      const own = new Derivatives(order, true);
      barrier.add(x, own);
      for (const [i, row] of own.hessian!.entries()) {
        for (let j = 0; j <= i; j++) {
          const expected = barrier.roots(x).reduce((total, root) => total + root.high[i]! * root.high[j]!, 0);
          expect(Math.abs(row.high[j]! - expected)).toBeLessThanOrEqual(1e-13 * Math.abs(expected));
        }
      }
    }
  });

  test("hold 0, and other points, inside", () => {
    const x = new DoubledVector(order);
    x.high.set(program.inside);
    expect(at(x, false)).toBeDefined();
  });
});
