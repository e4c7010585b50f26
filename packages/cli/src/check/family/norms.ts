import { arrayNorm, type BlocksOf, type Norm, norms } from "@steepest/core";
import { type NormSubject, normLaws } from "@steepest/laws";
import { defineFamily, type Family } from "../family.js";
import { type Foreign, isCount } from "../foreign.js";

/** Lengths differ, so that the length of a vector says which layout it has. */
const layouts: NonNullable<NormSubject["layouts"]> = [
  [[1, 1]],
  [[1, 7]],
  [[5, 1]],
  [[3, 3]],
  [[4, 6]],
  [[7, 3]],
  [
    [3, 4],
    [1, 5],
  ],
];

const blocksOf: BlocksOf = (length) => {
  const layout = layouts.find((matrices) => matrices.reduce((sum, [rows, columns]) => sum + rows * columns, 0) === length);
  let offset = 0;
  return (layout ?? [[1, length] as const]).map(([rows, columns]) => {
    const block = { offset, rows, columns };
    offset += rows * columns;
    return block;
  });
};

/** The claims of a norm that laws ask about, as it declares them. */
function claimsOf({ facts }: Norm): Pick<NormSubject, "invariances" | "partialIsometry"> {
  return { ...(facts && { invariances: facts.invariances }), ...(facts?.partialIsometry && { partialIsometry: true }) };
}

const scalarCalls = ["norm", "dualNorm", "subgradientGap"] as const;
const vectorCalls = ["lmo", "projectBall", "prox"] as const;
const invariances: readonly unknown[] = ["signs", "permutations", "leftOrthogonal", "rightOrthogonal", "orthogonal"];

const isLayouts = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (layout) =>
      Array.isArray(layout) &&
      layout.length > 0 &&
      layout.every((sides) => Array.isArray(sides) && sides.length === 2 && sides.every(isCount)),
  );

/** Facts that a process may state about itself, in the words of `NormSubject`. */
const facts: Readonly<Record<string, (value: unknown) => boolean>> = {
  dimension: isCount,
  layouts: isLayouts,
  invariances: (value) => Array.isArray(value) && value.every((claim) => invariances.includes(claim)),
  partialIsometry: (value) => typeof value === "boolean",
  extraRoundings: (value) => typeof value === "number" && value >= 0,
};

function remoteNorm(foreign: Foreign): NormSubject {
  const { hello, members } = foreign;
  const said = Object.entries(facts)
    .filter(([fact]) => hello[fact] !== undefined)
    .map(([fact, isFit]) => {
      if (!isFit(hello[fact])) foreign.refuse(`said ${fact} ${JSON.stringify(hello[fact])} in its hello`, hello[fact]);
      return [fact, hello[fact]];
    });
  const scalars = scalarCalls
    .filter((call) => members.includes(call))
    .map((call) => [call, (x: Float64Array, ...rest: unknown[]) => foreign.number(call, x, ...rest)]);
  const vectors = vectorCalls
    .filter((call) => members.includes(call))
    .map((call) => [call, (x: Float64Array, ...rest: unknown[]) => foreign.vector(x.length, call, x, ...rest)]);
  return Object.fromEntries([...said, ...scalars, ...vectors]) as unknown as NormSubject;
}

/** Every norm of the registry with its dual, on matrices of several layouts. */
export const normFamily: Family = defineFamily<NormSubject>({
  id: "norms",
  laws: normLaws,
  members: { norm: "function", dualNorm: "function", lmo: "function" },
  own: ({ kernels }) =>
    Object.fromEntries(
      Object.entries(norms).map(([id, norm]) => {
        const subject: NormSubject = { ...arrayNorm(norm, kernels, blocksOf), layouts };
        const dual: NormSubject = { ...arrayNorm(norm.dual, kernels, blocksOf), layouts, dual: subject };
        return [id, { ...subject, ...claimsOf(norm), dual }];
      }),
    ),
  remote: { calls: ["norm", "dualNorm", "lmo"], subject: remoteNorm },
});
