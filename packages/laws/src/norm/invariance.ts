import fc from "fast-check";
import { asked, shapes, vectors } from "../arbitrary/vectors.js";
import type { Arithmetic } from "../arithmetic.js";
import { equal, type Finding, type Law, worst } from "../law.js";
import { type Invariance, layoutOf, type NormDomain, type NormSubject, roundingOf } from "./normSubject.js";

const source = "Horn & Johnson, Matrix Analysis, sections 5.4 and 5.6: absolute, symmetric gauge and unitarily invariant norms";

/** A vector and its image under the map. */
interface Image {
  readonly x: Float64Array;
  readonly image: Float64Array;
}

interface Mapping {
  readonly id: string;
  readonly statement: string;
  readonly kills: string;
  readonly claims: readonly Invariance[];
  generate(domain: NormDomain, arithmetic: Arithmetic): fc.Arbitrary<Image>;
}

function invariant({ id, statement, kills, claims, generate }: Mapping): Law<NormSubject, Image> {
  return {
    id,
    statement,
    source,
    requires: ["norm", "dualNorm", "invariances"],
    applies: ({ invariances }) => claims.some((claim) => invariances!.includes(claim)),
    kills,
    generate,
    holds: (subject, { x, image }, arithmetic) => {
      // an entry of a reflected image is off by at most (length + 16) subnormal spacings of its own, which every norm adds up over the entries
      const subnormal = (4 + x.length * (x.length + 16)) * arithmetic.subnormalSpacing;
      const bound = (value: number): number => 4 * Math.sqrt(x.length) * roundingOf(subject, x.length, arithmetic) * value + subnormal;
      const moved = (member: "norm" | "dualNorm"): Finding => {
        const value = subject[member](x);
        return equal(subject[member](image), value, bound(value), { part: member });
      };
      return worst([moved("norm"), moved("dualNorm")]);
    },
  };
}

const flips = (domain: NormDomain, arithmetic: Arithmetic): fc.Arbitrary<Image> =>
  fc
    .tuple(vectors(domain, arithmetic), fc.integer({ min: 0, max: 2 ** 31 - 1 }))
    .map(([x, bits]) => ({ x, image: x.map((value, i) => ((bits >>> (i % 31)) & 1 ? -value : value)) }));

const permutations = (domain: NormDomain, arithmetic: Arithmetic): fc.Arbitrary<Image> =>
  fc.tuple(vectors(domain, arithmetic), fc.array(fc.nat(1000), { minLength: 4, maxLength: 40 })).map(([x, swaps]) => {
    const image = x.slice();
    swaps.forEach((draw, i) => {
      const [a, b] = [i % x.length, draw % x.length];
      [image[a], image[b]] = [image[b]!, image[a]!];
    });
    return { x, image };
  });

/** I - 2 v vᵀ / vᵀv applied to every matrix, from the left to its columns or from the right to its rows. */
function reflections(side: "left" | "right"): Mapping["generate"] {
  const mirror = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 5, maxLength: 5 });
  return (domain, arithmetic) =>
    fc.tuple(shapes(domain, arithmetic), mirror).map(([x, draws]) => {
      const image = x.slice();
      let offset = 0;
      for (const [rows, columns] of layoutOf(domain, x.length)) {
        for (let line = 0; line < (side === "left" ? columns : rows); line++) {
          if (side === "left") reflect(image, offset + line, columns, rows, draws);
          else reflect(image, offset + line * columns, 1, columns, draws);
        }
        offset += rows * columns;
      }
      return { x, image: asked(image, arithmetic) };
    });
}

function reflect(x: Float64Array, first: number, stride: number, count: number, draws: readonly number[]): void {
  const v = (i: number): number => draws[i % draws.length]! + (i % 3) - 1;
  let square = 0;
  let product = 0;
  for (let i = 0; i < count; i++) {
    square += v(i) ** 2;
    product += v(i) * x[first + i * stride]!;
  }
  if (square === 0) return;
  for (let i = 0; i < count; i++) x[first + i * stride]! -= 2 * (product / square) * v(i);
}

export const invarianceLaws: readonly Law<NormSubject>[] = [
  invariant({
    id: "invariant-under-signs",
    statement: "the norm and its dual do not see the signs of single entries",
    kills: "linf that takes the largest entry without its sign",
    claims: ["signs"],
    generate: flips,
  }),
  invariant({
    id: "invariant-under-permutations",
    statement: "the norm and its dual do not see the order of the entries",
    kills: "weighted norm that claims to be symmetric",
    claims: ["permutations"],
    generate: permutations,
  }),
  invariant({
    id: "invariant-under-left-orthogonal",
    statement: "||Q X|| = ||X||, and so for the dual, for every orthogonal Q",
    kills: "largest row that claims to be unitarily invariant",
    claims: ["leftOrthogonal", "orthogonal"],
    generate: reflections("left"),
  }),
  invariant({
    id: "invariant-under-right-orthogonal",
    statement: "||X Q|| = ||X||, and so for the dual, for every orthogonal Q",
    kills: "largest column that claims to be unitarily invariant",
    claims: ["rightOrthogonal", "orthogonal"],
    generate: reflections("right"),
  }),
];
