import { entryOf, partOf, Scratch, type Sized, type Span } from "@steepest/kernels";
import { upward } from "../number/upward.js";
import { limitsOfSum, rowsOfEntries } from "./boundByCones.js";
import { comparableScale } from "./euclidean.js";
import type { LinearMap, Norm, NormShape } from "./norm.js";
import { nuclearClass, projectSpectral, spectralClass } from "./pytorch/singular.js";
import { singularScratch, singularValueCalculus } from "./singular.js";
import { type KnownFactors, productsOfRankOnes, SingularDerivative } from "./singularDerivative.js";
import { isOneVector, nuclearPiece, spectralPiece } from "./singularPieces.js";

/**
 * Spectral norm: the largest singular value; on several matrices the largest of all. Steepest descent in this norm is spectral descent, Shampoo
 * without accumulation, and Muon without momentum and with an exact polar factor.
 *
 *   ||θ|| = maxₗ σ₁(Wₗ)      ||G||_* = Σₗ Σᵢ σᵢ(Gₗ)      lmo(G)ₗ = -U Vᵀ
 *
 * Tie rule: null directions (σᵢ <= max(m, n) ε σ₁ of their block) give 0, so the direction is a partial isometry; lmo(0) = 0.
 * Source: Tsilivis et al., JMLR 27 (2026), section 3; Bernstein & Newhouse, arXiv:2409.20325.
 */
export const spectral: Norm = {
  id: "spectral",
  get dual() {
    return nuclear;
  },
  dependsOnPosition: false,
  decomposes: true,
  isStrictlyConvexOn: isOneVector,
  facts: {
    phrase: "the spectral norm",
    paperMargin: { symbol: "γσ", name: "spectral margin" },
    descent: "spectral descent",
    invariances: ["leftOrthogonal", "rightOrthogonal", "orthogonal"],
    partialIsometry: true,
    pytorch: { class: spectralClass, name: "Spectral", projection: { function: projectSpectral, name: "project_spectral" } },
  },
  boundByCones: (program, entries, { blocks }, limit) => {
    for (const block of blocks) program.singularValuesWithin(rowsOfEntries(entries, block).flat(), block.rows, limit);
    return true;
  },
  scratch: singularScratch,
  bind: (kernels, shape, region) => {
    const svd = singularValueCalculus(kernels, shape, region);
    const { blocks } = shape;
    const known: KnownFactors = new WeakMap();
    const decreasing = (x: Span): number[] =>
      blocks.flatMap((block) => [...svd.values(entryOf(x, block.offset), block)]).sort((a, b) => b - a);
    /** out ← x with its singular values clipped at `most`. */
    const clip = (x: Span, out: Span, most: number): void => {
      kernels.scale(x.ptr, out.ptr, x.length, 1);
      for (const block of blocks) {
        const { sigma } = svd.decompose(entryOf(x, block.offset), block);
        if (sigma.length === 0 || sigma[0]! <= most) continue;
        svd.assemble(
          entryOf(out, block.offset),
          block,
          sigma.map((value) => Math.min(value, most)),
        );
      }
    };
    return {
      upperBound: (x) =>
        blocks.reduce(
          (largest, block) => Math.max(largest, svd.upperBounds(partOf(x, block.offset, block.rows * block.columns), block).spectral),
          0,
        ),
      norm: (x) => blocks.reduce((largest, block) => Math.max(largest, svd.values(entryOf(x, block.offset), block)[0] ?? 0), 0),
      lmo: (g, out) => {
        for (const block of blocks) {
          const { rank } = svd.decompose(entryOf(g, block.offset), block);
          svd.assemble(entryOf(out, block.offset), block, new Array<number>(rank).fill(-1));
        }
      },
      flatPiece: (g, most) => spectralPiece(svd, shape, g, most),
      projectBall: clip,
      projectsAlong: true,
      projectionDerivative: (x, radius, out) => {
        if (out) kernels.scale(x.ptr, out.ptr, x.length, 1);
        const parts = blocks.map((block) => {
          const sigma = svd.decompose(entryOf(x, block.offset), block).sigma.slice();
          const values = sigma.map((value) => Math.min(value, radius));
          const slopes = sigma.map((value) => (value < radius ? 1 : 0));
          const vectors = svd.vectors(block);
          if (out && sigma.length > 0 && !(sigma[0]! <= radius)) svd.assemble(entryOf(out, block.offset), block, values);
          return new SingularDerivative(block, { ...vectors, sigma }, { values, slopes, slopeAtZero: 1 });
        });
        const map: LinearMap = (z, out) => {
          for (const part of parts) {
            part.take(z);
            part.finish(out, z, 0);
          }
        };
        map.products = (vectors) => productsOfRankOnes(parts, vectors, known);
        return map;
      },
      prox: (x, out, t) => clip(x, out, clippedAt(decreasing(x), t)),
      shrunkNorm: (x) => {
        const sigma = decreasing(x);
        return (s) => clippedAt(sigma, s);
      },
      rankOne: {
        rowValue: (_block, _side, x, out, rows, columns) => kernels.rowEuclidean(x, out, rows, columns),
        combine: (total, value) => Math.max(total, value),
        finish: (total) => total,
      },
    };
  },
};

/**
 * Nuclear norm: the sum of the singular values; on several matrices the sum over all of them.
 *
 *   ||θ|| = Σₗ Σᵢ σᵢ(Wₗ)      ||G||_* = maxₗ σ₁(Gₗ)      lmo(G) = -u₁ v₁ᵀ in the block of the largest σ₁, 0 elsewhere
 *
 * Tie rule: the first of tied singular pairs, the first of tied blocks; lmo(0) = 0.
 */
export const nuclear: Norm = {
  id: "nuclear",
  get dual() {
    return spectral;
  },
  dependsOnPosition: false,
  decomposes: true,
  isStrictlyConvexOn: isOneVector,
  facts: {
    invariances: ["leftOrthogonal", "rightOrthogonal", "orthogonal"],
    pytorch: { class: nuclearClass, name: "Nuclear" },
  },
  boundByCones: (program, entries, { blocks }, limit) => {
    const parts = blocks.length === 1 ? [limit] : limitsOfSum(program, blocks.length, limit);
    for (const [i, block] of blocks.entries())
      program.sumOfSingularValuesWithin(rowsOfEntries(entries, block).flat(), block.rows, parts[i]!);
    return true;
  },
  scratch: nuclearPieces,
  bind: (kernels, shape, region) => {
    const { blocks } = shape;
    const count = singularCount(shape);
    const { all, projected, work, inside } = nuclearPieces(shape).cut(kernels, region);
    const svd = singularValueCalculus(kernels, shape, inside);
    const known: KnownFactors = new WeakMap();
    const starts = blocks.map((_, i) => singularCount({ ...shape, blocks: blocks.slice(0, i) }));

    const collect = (x: number): void => {
      for (const [i, block] of blocks.entries()) all.view.set(svd.values(x + 8 * block.offset, block), starts[i]!);
    };
    return {
      upperBound: (x) =>
        upward(
          blocks.reduce((sum, block) => sum + svd.upperBounds(partOf(x, block.offset, block.rows * block.columns), block).nuclear, 0),
          blocks.length + 2,
        ),
      norm: (x) => {
        collect(x.ptr);
        return kernels.sumAbs(all.ptr, count);
      },
      lmo: (g, out) => {
        // the direction is that of 2ᵏ g: subnormal singular values are too coarse to compare
        kernels.scale(g.ptr, out.ptr, g.length, comparableScale(kernels, g));
        collect(out.ptr);
        const tops = blocks.map((_, i) => all.view[starts[i]!] ?? 0);
        const top = tops.reduce((best, value, i) => (value > tops[best]! || Number.isNaN(value) ? i : best), 0);
        const block = blocks[top];
        if (block) svd.decompose(entryOf(out, block.offset), block);
        kernels.scale(out.ptr, out.ptr, g.length, 0);
        if (block && tops[top] !== 0) svd.assemble(entryOf(out, block.offset), block, [-1]);
      },
      ...(blocks.length === 1 && { flatPiece: (g: Span, most: number) => nuclearPiece(svd, shape, g, most) }),
      projectBall: (x, out, radius) => {
        kernels.scale(x.ptr, out.ptr, x.length, 1);
        collect(x.ptr);
        if (kernels.sumAbs(all.ptr, count) <= radius) return;
        kernels.projectL1(all.ptr, projected.ptr, count, radius, work.ptr);
        for (const [i, block] of blocks.entries()) {
          const values = projected.view.slice(starts[i], starts[i]! + Math.min(block.rows, block.columns));
          svd.decompose(entryOf(x, block.offset), block);
          svd.assemble(entryOf(out, block.offset), block, values);
        }
      },
      projectsAlong: true,
      projectionDerivative: (x, radius, out) => {
        if (out) kernels.scale(x.ptr, out.ptr, x.length, 1);
        collect(x.ptr);
        if (kernels.sumAbs(all.ptr, count) <= radius) return (z, moved) => moved.set(z);
        kernels.projectL1(all.ptr, projected.ptr, count, radius, work.ptr);
        const kept = projected.view.slice(0, count);
        const active = kept.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
        const parts = blocks.map((block, b) => {
          const values = kept.subarray(starts[b], starts[b]! + Math.min(block.rows, block.columns));
          const sigma = svd.decompose(entryOf(x, block.offset), block).sigma.slice();
          const slopes = values.map((value) => (value > 0 ? 1 : 0));
          const vectors = svd.vectors(block);
          if (out) svd.assemble(entryOf(out, block.offset), block, values);
          return { values, part: new SingularDerivative(block, { ...vectors, sigma }, { values, slopes, slopeAtZero: 0 }) };
        });
        const map: LinearMap = (z, moved) => {
          let total = 0; // the threshold moves by the mean change of the values above it
          for (const { part, values } of parts) {
            part.take(z);
            for (const [i, value] of values.entries()) if (value > 0) total += part.change(i);
          }
          for (const { part } of parts) part.finish(moved, z, active === 0 ? 0 : total / active);
        };
        map.products = (vectors) => {
          const totals = new Float64Array(vectors.length);
          const products = productsOfRankOnes(
            parts.map(({ part }) => part),
            vectors,
            known,
            (p, changes) => {
              const { values } = parts[p]!;
              for (const [m, own] of changes.entries()) for (const [i, value] of values.entries()) if (value > 0) totals[m]! += own[i]!;
            },
          );
          for (const [m, row] of products?.entries() ?? [])
            for (let n = 0; n < row.length; n++) row[n]! -= (totals[m]! * totals[n]!) / Math.max(active, 1);
          return products;
        };
        return map;
      },
      prox: (x, out, t) => {
        for (const block of blocks) {
          const { sigma } = svd.decompose(entryOf(x, block.offset), block);
          svd.assemble(
            entryOf(out, block.offset),
            block,
            sigma.map((value) => Math.max(value - t, 0)),
          );
        }
      },
      shrunkNorm: (x) => {
        const sigma = blocks.flatMap((block) => [...svd.values(entryOf(x, block.offset), block)]);
        return (s) => sigma.reduce((sum, value) => sum + Math.max(value - s, 0), 0);
      },
      rankOne: {
        rowValue: (_block, _side, x, out, rows, columns) => kernels.rowEuclidean(x, out, rows, columns),
        combine: (total, value) => total + value,
        finish: (total) => total,
      },
    };
  },
};

/** The largest entry of prox(σ, s) of the ℓ∞ norm: τ >= 0 with Σᵢ max(σᵢ - τ, 0) = s, 0 from s = Σᵢ σᵢ on. `sigma` decreases. */
function clippedAt(sigma: readonly number[], s: number): number {
  let sum = 0;
  for (const [i, value] of sigma.entries()) {
    sum += value;
    const tau = (sum - s) / (i + 1);
    if (tau >= (sigma[i + 1] ?? -Infinity)) return Math.max(tau, 0);
  }
  return sigma.length === 0 ? 0 : Number.NaN;
}

/** The singular values of every block one after another, twice, and what the projection onto an ℓ1 ball takes. */
function nuclearPieces(shape: NormShape): Scratch<Record<"all" | "projected" | "work", number> & { inside: Sized }> {
  const count = singularCount(shape);
  return new Scratch({ all: count, projected: count, work: count, inside: singularScratch(shape) });
}

function singularCount({ blocks }: { readonly blocks: readonly { readonly rows: number; readonly columns: number }[] }): number {
  return blocks.reduce((sum, { rows, columns }) => sum + Math.min(rows, columns), 0);
}
