import { ArenaPlan, type KernelFactory } from "@steepest/kernels";
import { evaluationError } from "@steepest/laws";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bindNormIn,
  DefinitionError,
  l2Of,
  lp,
  maxOf,
  type Norm,
  type NormShape,
  normFromText,
  normOf,
  norms,
  planNorm,
  sumOf,
  weighted,
} from "../../src/index.js";
import { hosts } from "../support/hosts.js";

const seed = 20_241_029;

/** Two matrices: 3 x 4 and 1 x 5. */
const shape: NormShape = {
  length: 17,
  blocks: [
    { offset: 0, rows: 3, columns: 4 },
    { offset: 12, rows: 1, columns: 5 },
  ],
};

const diagonal = Array.from({ length: 17 }, (_, i) => 0.5 + (i % 4));
const expressions: readonly Norm[] = [
  ...Object.values(norms),
  lp(1.25),
  lp(3),
  maxOf([norms.spectral, norms.linf], [1, 0.5]),
  sumOf([norms.nuclear, norms.l1], [2, 3]),
  l2Of([norms.spectral, norms.l2], [0.25, 4]),
  weighted(norms.l1, diagonal),
  weighted(norms.l2, diagonal),
  weighted(norms.linf, diagonal),
];

function bound(norm: Norm, factory: KernelFactory) {
  const plan = new ArenaPlan();
  for (let i = 0; i < 4; i++) plan.span(shape.length);
  planNorm(plan, norm, shape);
  planNorm(plan, norm.dual, shape);
  const arena = plan.allocate(factory);
  const [x, z, a, b] = [arena.span(17), arena.span(17), arena.span(17), arena.span(17)];
  return { norm: bindNormIn(arena, norm, shape), dual: bindNormIn(arena, norm.dual, shape), x, z, a, b, kernels: arena.kernels };
}

const entries = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 17, maxLength: 17 });
const tolerance = 64 * evaluationError(17);

describe.each(hosts)("the algebra of norms on the $host", ({ kernels: factory }) => {
  describe.each(expressions.map((norm) => [norm.id, norm] as const))("%s", (_id, norm) => {
    const made = bound(norm, factory);

    test("the dual of the dual is the norm itself", () => {
      expect(norm.dual.dual).toBe(norm);
      expect(made.dual.dualNorm(made.x)).toBe(made.norm.norm(made.x));
    });

    test("Moreau: x is its projection onto a ball plus the prox of the dual norm", () => {
      fc.assert(
        fc.property(entries, fc.double({ min: 0.1, max: 5, noNaN: true }), (values, radius) => {
          const { x, a, b } = made;
          x.view.set(values);
          made.norm.projectBall(x, a, radius);
          made.dual.prox(x, b, radius);
          const scale = x.view.reduce((sum, v) => sum + Math.abs(v), 0);
          for (const [i, v] of x.view.entries()) expect(Math.abs(a.view[i]! + b.view[i]! - v)).toBeLessThanOrEqual(1e-13 * (1 + scale));
          expect(made.norm.norm(a)).toBeLessThanOrEqual(radius * (1 + tolerance));
        }),
        { seed, numRuns: 25 },
      );
    });

    test("a projection is optimal: no point of the ball lies closer, <x - P x, u - P x> <= 0 at the ball's extreme point", () => {
      fc.assert(
        fc.property(entries, fc.double({ min: 0.1, max: 5, noNaN: true }), (values, radius) => {
          const { x, z, a, b, kernels } = made;
          x.view.set(values);
          made.norm.projectBall(x, a, radius);
          for (let i = 0; i < 17; i++) z.view[i] = a.view[i]! - x.view[i]!;
          made.norm.lmo(z, b); // radius · b maximises <x - P x, u> over the ball
          const gain = -radius * kernels.dot(z.ptr, b.ptr, 17) + kernels.dot(z.ptr, a.ptr, 17);
          const scale = kernels.dot(x.ptr, x.ptr, 17);
          expect(gain).toBeLessThanOrEqual(2e-12 * (1 + scale));
        }),
        { seed, numRuns: 25 },
      );
    });

    test("-lmo of the dual at x is a subgradient at x, and twice it is not", () => {
      fc.assert(
        fc.property(entries, (values) => {
          const { x, z } = made;
          x.view.set(values);
          if (made.norm.norm(x) === 0) return;
          made.dual.lmo(x, z);
          for (let i = 0; i < 17; i++) z.view[i] = -z.view[i]!;
          expect(made.norm.subgradientGap(x, z)).toBeLessThanOrEqual(tolerance);
          for (let i = 0; i < 17; i++) z.view[i] = 2 * z.view[i]!;
          expect(made.norm.subgradientGap(x, z)).toBeGreaterThan(0.5);
        }),
        { seed, numRuns: 25 },
      );
    });
  });

  test("dual norms of combinations are the largest <g, u> that a search over the ball finds, never less", () => {
    for (const norm of expressions.slice(11)) {
      const { norm: subject, x, z, kernels } = bound(norm, factory);
      fc.assert(
        fc.property(entries, entries, (g, direction) => {
          x.view.set(g);
          z.view.set(direction);
          const length = subject.norm(z);
          if (length === 0) return;
          expect(kernels.dot(x.ptr, z.ptr, 17) / length).toBeLessThanOrEqual(subject.dualNorm(x) * (1 + tolerance));
        }),
        { seed, numRuns: 200 },
      );
    }
  });

  test.each([
    [1 + 2 ** -40, norms.l1],
    [2 ** 40, norms.linf],
    [2 + 2 ** -40, norms.l2],
  ])("lp(%d) agrees with its limit", (p, limit) => {
    const [near, exact] = [bound(lp(p), factory), bound(limit, factory)];
    fc.assert(
      fc.property(entries, (values) => {
        for (const { x } of [near, exact]) x.view.set(values);
        expect(near.norm.norm(near.x)).toBeCloseTo(exact.norm.norm(exact.x), 8);
        expect(near.norm.dualNorm(near.x)).toBeCloseTo(exact.norm.dualNorm(exact.x), 8);
      }),
      { seed, numRuns: 100 },
    );
  });
});

describe("norms as data", () => {
  test("an expression, its id and its text are the same norm", () => {
    const hybrid = normOf({ max: ["spectral", "spectral", "linf"], weights: [1, 1, 0.5] });
    expect(hybrid.id).toBe("max(1*spectral,1*spectral,0.5*linf)");
    expect(hybrid.dual.id).toBe("sum(1*nuclear,1*nuclear,2*l1)");
    for (const id of [hybrid.id, "lp(3)", "l2(rowMax,max(l1,lp(1.5)))", ...Object.keys(norms)]) expect(normFromText(id).id).toBe(id);
  });

  test.each([
    [() => normOf("spectra" as never), 'norm: there is no norm "spectra"'],
    [() => lp(1), "lp: must be a number with 1 < p < infinity, got 1"],
    [() => lp(Number.POSITIVE_INFINITY), "lp: must be a number with 1 < p < infinity, got Infinity"],
    [() => maxOf([]), "max: must hold at least one norm"],
    [() => maxOf([norms.l1], [1, 2]), "max.weights: must hold 1 numbers, one per norm, got 2"],
    [() => sumOf([norms.l1], [0]), "sum.weights[0]: must be finite and > 0, got 0"],
    [
      () => weighted(norms.spectral, [1]),
      "weighted: the norm spectral has no Euclidean projection under a diagonal, expected l1, l2 or linf",
    ],
    [() => weighted(norms.l1, [1, -1]), "weighted.diagonal[1]: must be finite and > 0, got -1"],
    [() => bound(maxOf([norms.l1]), hosts[0]!.kernels), "max: must hold one norm per trainable layer, 2, got 1"],
    [() => bound(weighted(norms.l1, [1]), hosts[0]!.kernels), "weighted: the diagonal has 1 entries, there are 17 parameters"],
  ])("refuses what has no meaning: %#", (make, message) => {
    expect(make).toThrow(DefinitionError);
    expect(make).toThrow(message);
  });
});
