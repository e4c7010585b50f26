import { comparableScale } from "./euclidean.js";
import type { Norm } from "./norm.js";
import { singularScratchBytes, singularValueCalculus } from "./singular.js";
import { spectral } from "./spectral.js";

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
  scratchBytes: (shape) => singularScratchBytes(shape) + 3 * 8 * singularCount(shape),
  bind: (kernels, shape, scratch) => {
    const { blocks } = shape;
    const count = singularCount(shape);
    const all = new Float64Array(kernels.buffer, scratch, count); // the singular values of every block, one after another
    const projected = new Float64Array(kernels.buffer, scratch + 8 * count, count);
    const svd = singularValueCalculus(kernels, shape, scratch + 3 * 8 * count);
    const starts = blocks.map((_, i) => singularCount({ ...shape, blocks: blocks.slice(0, i) }));

    const collect = (x: number): void => {
      for (const [i, block] of blocks.entries()) all.set(svd.values(x + 8 * block.offset, block), starts[i]!);
    };
    return {
      norm: (x) => {
        collect(x.ptr);
        return kernels.sumAbs(scratch, count);
      },
      lmo: (g, out) => {
        // the direction is that of 2ᵏ g: subnormal singular values are too coarse to compare
        kernels.scale(g.ptr, out.ptr, g.length, comparableScale(kernels, g));
        collect(out.ptr);
        const tops = blocks.map((_, i) => all[starts[i]!] ?? 0);
        const top = tops.reduce((best, value, i) => (value > tops[best]! || Number.isNaN(value) ? i : best), 0);
        const block = blocks[top];
        if (block) svd.decompose(out.ptr + 8 * block.offset, block);
        kernels.scale(out.ptr, out.ptr, g.length, 0);
        if (block && tops[top] !== 0) svd.assemble(out.ptr + 8 * block.offset, block, [-1]);
      },
      projectBall: (x, out, radius) => {
        kernels.scale(x.ptr, out.ptr, x.length, 1);
        collect(x.ptr);
        if (kernels.sumAbs(scratch, count) <= radius) return;
        kernels.projectL1(scratch, scratch + 8 * count, count, radius, scratch + 16 * count);
        for (const [i, block] of blocks.entries()) {
          const values = projected.slice(starts[i], starts[i]! + Math.min(block.rows, block.columns));
          svd.decompose(x.ptr + 8 * block.offset, block);
          svd.assemble(out.ptr + 8 * block.offset, block, values);
        }
      },
      prox: (x, out, t) => {
        for (const block of blocks) {
          const { sigma } = svd.decompose(x.ptr + 8 * block.offset, block);
          svd.assemble(
            out.ptr + 8 * block.offset,
            block,
            sigma.map((value) => Math.max(value - t, 0)),
          );
        }
      },
      shrunkNorm: (x) => {
        const sigma = blocks.flatMap((block) => [...svd.values(x.ptr + 8 * block.offset, block)]);
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

function singularCount({ blocks }: { readonly blocks: readonly { readonly rows: number; readonly columns: number }[] }): number {
  return blocks.reduce((sum, { rows, columns }) => sum + Math.min(rows, columns), 0);
}
