import { Scratch, type Sized, type Span } from "@steepest/kernels";
import { requireNumbers, requirePositive } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { DefinitionError } from "../error/errors.js";
import { upward } from "../number/upward.js";
import { recorded } from "../recipe/recipe.js";
import type { ConeProgram } from "./cones.js";
import { dualPair } from "./dualPair.js";
import { type Norm, type NormShape, normPart } from "./norm.js";
import type { Limit, ScaledEntry } from "./polytope.js";

/**
 * Diagonally weighted norm ||D θ|| with D = diag(d), d > 0. Dual: ||D⁻¹ g||_*. lmo(g) = D⁻¹ lmo(D⁻¹ g).
 *
 * @param diagonal  f64[p]; copied
 * @param base  the norm of D θ
 * @returns a norm for networks of p trainable parameters
 * @throws DefinitionError  if an entry is not positive, the norm has no projection under a diagonal, or, at bind time, there are not as many entries as
 *                          parameters
 */
export function weighted(base: Norm, diagonal: ArrayLike<number>): Norm {
  requirePart("weighted.norm", base, normPart);
  const d = Float64Array.from(requireNumbers("weighted.diagonal", diagonal));
  for (const [i, value] of d.entries()) requirePositive(`weighted.diagonal[${i}]`, value);
  const inverse = d.map((value) => 1 / value);
  return recorded("weighted", [base, d], dualPair(make(base, d), make(base.dual, inverse)));
}

function make(base: Norm, diagonal: Float64Array): Omit<Norm, "dual"> {
  const project = base.projectWeightedBall;
  if (!project) {
    throw new DefinitionError(`weighted: the norm ${base.id} has no Euclidean projection under a diagonal, expected l1, l2 or linf`, {
      path: "weighted.norm",
      value: base.id,
    });
  }
  return {
    id: `weighted(${base.id},${digest(diagonal)})`,
    dependsOnPosition: true,
    decomposes: base.decomposes ?? false,
    strictlyConvex: base.strictlyConvex ?? false,
    ...(base.isStrictlyConvexOn && { isStrictlyConvexOn: (shape) => base.isStrictlyConvexOn!(shape) }),
    ...(base.euclideanDiagonal && {
      euclideanDiagonal: (shape: NormShape) => base.euclideanDiagonal?.(shape)?.map((value, j) => value * diagonal[j]!),
    }),
    ...(base.boundLinearly &&
      ({
        boundLinearly: (program, entries, shape, limit) => {
          const scaled = entries.map(({ index, factor }, j) => ({ index, factor: factor * diagonal[j]! }));
          return base.boundLinearly?.(program, scaled, shape, limit) ?? false;
        },
      } satisfies Pick<Norm, "boundLinearly">)),
    ...(base.boundByCones && {
      boundByCones: (program: ConeProgram, entries: readonly ScaledEntry[], shape: NormShape, limit: Limit) =>
        base.boundByCones?.(
          program,
          entries.map(({ index, factor }, j) => ({ index, factor: factor * diagonal[j]! })),
          shape,
          limit,
        ) ?? false,
    }),
    scratch: (shape) => pieces(base, shape),
    bind: (kernels, shape, region) => {
      const { length } = shape;
      if (diagonal.length !== length) {
        throw new DefinitionError(`weighted: the diagonal has ${diagonal.length} entries, there are ${length} parameters`, {
          path: "weighted.diagonal",
          value: diagonal.length,
        });
      }
      const { d, inverse, scaled, moved, inside } = pieces(base, shape).cut(kernels, region);
      const inner = base.bind(kernels, shape, inside);
      const load = (): void => {
        d.view.set(diagonal);
        for (let i = 0; i < length; i++) inverse.view[i] = 1 / diagonal[i]!;
      };
      const norm = (x: Span): number => {
        load();
        kernels.multiply(x.ptr, d.ptr, scaled.ptr, length);
        return inner.norm(scaled);
      };
      return {
        norm,
        ...(inner.upperBound && {
          upperBound: (x: Span) => {
            load();
            kernels.multiply(x.ptr, d.ptr, scaled.ptr, length);
            return upward(inner.upperBound?.(scaled) ?? Number.NaN, length + 4); // the diagonal of a dual is rounded, and so is every product
          },
        }),
        lmo: (g, out) => {
          load();
          kernels.multiply(g.ptr, inverse.ptr, scaled.ptr, length);
          inner.lmo(scaled, moved);
          kernels.multiply(moved.ptr, inverse.ptr, out.ptr, length);
        },
        projectBall: (x, out, radius) => {
          const isBounded = kernels.maxAbs(x.ptr, length) < Infinity;
          kernels.scale(x.ptr, out.ptr, length, isBounded ? 1 : Number.NaN);
          if (!isBounded || norm(x) <= radius) return;
          project(x.view, diagonal, out.view, radius);
        },
        ...(base.proxWeighted && {
          prox: (x: Span, out: Span, t: number) => {
            if (t === 0) kernels.scale(x.ptr, out.ptr, length, 1);
            else base.proxWeighted?.(x.view, diagonal, out.view, t);
          },
        }),
      };
    },
  };
}

function pieces(base: Norm, shape: NormShape): Scratch<Record<"d" | "inverse" | "scaled" | "moved", number> & { inside: Sized }> {
  const { length } = shape;
  return new Scratch({ d: length, inverse: length, scaled: length, moved: length, inside: base.scratch(shape) });
}

/** FNV-1a of the bytes, so that norms with different diagonals have different ids. */
function digest(diagonal: Float64Array): string {
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(diagonal.buffer)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
