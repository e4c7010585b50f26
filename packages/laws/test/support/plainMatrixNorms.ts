import type { Layout, NormSubject } from "../../src/index.js";
import { l1, l2, linf, paired } from "./plainNorms.js";
import { singularValues } from "./plainSvd.js";

/** Single entries, rows, columns, square, wide, tall and two matrices, with lengths that tell them apart. */
export const layouts: readonly Layout[] = [
  [[1, 1]],
  [[2, 2]],
  [[1, 5]],
  [[3, 1]],
  [[2, 3]],
  [[4, 2]],
  [[3, 3]],
  [
    [2, 2],
    [3, 2],
  ],
  [[4, 5]],
];

const sizeOf = (layout: Layout): number => layout.reduce((sum, [rows, columns]) => sum + rows * columns, 0);

function blocksOf(x: Float64Array): { block: Float64Array; rows: number; columns: number }[] {
  let next = 0;
  return layouts
    .find((layout) => sizeOf(layout) === x.length)!
    .map(([rows, columns]) => {
      next += rows * columns;
      return { block: x.subarray(next - rows * columns, next), rows, columns };
    });
}

/** The numbers that decide a norm of matrices, and a function that puts other numbers in their place. */
interface Parts {
  readonly sizes: Float64Array;
  rebuild(sizes: Float64Array): Float64Array;
}

/** The matrix norm that is `gauge` of the parts. */
function ofParts(gauge: NormSubject, split: (x: Float64Array) => Parts, nullShare = 0): Omit<NormSubject, "dual"> {
  const broken = (x: Float64Array): boolean => x.some(Number.isNaN);
  const sized = (x: Float64Array, value: (sizes: Float64Array) => number): number => (broken(x) ? Number.NaN : value(split(x).sizes));
  return {
    norm: (x) => sized(x, gauge.norm),
    dualNorm: (g) => sized(g, gauge.dualNorm),
    lmo: (g) => {
      if (broken(g)) return g.map(() => Number.NaN);
      const { sizes, rebuild } = split(g);
      const threshold = nullShare * linf.norm(sizes);
      return rebuild(gauge.lmo(sizes.map((size) => (size > threshold ? size : 0))));
    },
    projectBall: (x, radius) => {
      if (broken(x)) return x.map(() => Number.NaN);
      const { sizes, rebuild } = split(x);
      return gauge.norm(sizes) <= radius ? x.slice() : rebuild(gauge.projectBall!(sizes, radius));
    },
  };
}

function singular(x: Float64Array): Parts {
  const found = blocksOf(x).map(({ block, rows, columns }) => singularValues(block, rows, columns));
  return {
    sizes: Float64Array.from(found.flatMap(({ sigma }) => [...sigma])),
    rebuild: (sizes) => {
      let next = 0;
      return Float64Array.from(
        found.flatMap(({ sigma, rebuild }) => {
          next += sigma.length;
          return [...rebuild(sizes.subarray(next - sigma.length, next))];
        }),
      );
    },
  };
}

/** Lengths of the rows, or of the columns. */
function lines(kind: "rows" | "columns"): (x: Float64Array) => Parts {
  return (x) => {
    const lineOf = new Int32Array(x.length);
    let count = 0;
    let at = 0;
    for (const { block, rows, columns } of blocksOf(x)) {
      block.forEach((_, i) => {
        lineOf[at++] = count + (kind === "rows" ? Math.floor(i / columns) : i % columns);
      });
      count += kind === "rows" ? rows : columns;
    }
    const along = (line: number): Float64Array => x.filter((_v, i) => lineOf[i] === line);
    const found = Array.from({ length: count }, (_, line) => along(line));
    const directions = found.map((line) => l2.lmo(line).map((v) => -v)); // unit length, however small the line
    return {
      sizes: Float64Array.from(found, l2.norm),
      rebuild: (changed) => {
        const taken = new Int32Array(count);
        return x.map((_v, i) => changed[lineOf[i]!]! * directions[lineOf[i]!]![taken[lineOf[i]!]!++]!);
      },
    };
  };
}

const rest = { layouts } as const;
const eps = 2 ** -52;
const [maxOfSingular, sumOfSingular] = paired(ofParts(linf, singular, 5 * eps), ofParts(l1, singular), {
  ...rest,
  invariances: ["orthogonal"],
});
export const spectral: NormSubject = { ...maxOfSingular, partialIsometry: true };
export const nuclear: NormSubject = sumOfSingular;
export const [rowMax, rowSum]: [NormSubject, NormSubject] = paired(ofParts(linf, lines("rows")), ofParts(l1, lines("rows")), {
  ...rest,
  invariances: ["signs", "rightOrthogonal"],
});
export const [colMax]: [NormSubject, NormSubject] = paired(ofParts(linf, lines("columns")), ofParts(l1, lines("columns")), {
  ...rest,
  invariances: ["signs", "leftOrthogonal"],
});

/** Five steps of the iteration with Muon's coefficients, Keller Jordan (2024): singular values end between 0.68 and 1.13. */
export function newtonSchulz(g: Float64Array): Float64Array {
  return Float64Array.from(
    blocksOf(g).flatMap(({ block, rows, columns }) => {
      const { sigma, rebuild } = singularValues(block, rows, columns);
      const length = l2.norm(sigma);
      if (length === 0) return [...new Float64Array(block.length)];
      return [
        ...rebuild(
          sigma.map((size) => {
            let s = size / length;
            for (let k = 0; k < 5; k++) s = 3.4445 * s - 4.775 * s ** 3 + 2.0315 * s ** 5;
            return -s;
          }),
        ),
      ];
    }),
  );
}

/** The polar factor of G + tiny E, E of ones on the diagonal, as a solver gives it that cannot tell null directions. */
export function completed(g: Float64Array): Float64Array {
  const size = linf.norm(g);
  if (size === 0) return g.slice();
  const disturbed = Float64Array.from(
    blocksOf(g).flatMap(({ block, columns }) => [...block.map((v, i) => v / size + (Math.floor(i / columns) === i % columns ? 1e-9 : 0))]),
  );
  return spectral.lmo(disturbed);
}
