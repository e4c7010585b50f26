import fc from "fast-check";
import type { Arithmetic } from "../arithmetic.js";
import { equalEntries, type Finding, type Law } from "../law.js";
import type { HiddenLayer, NetworkSubject } from "./networkSubject.js";
import { mostScalings, parameters, powerOfScale } from "./parameters.js";
import { scoreRounding } from "./sampleGradients.js";

const source = "Hecht-Nielsen, Advanced Neural Computers, 1990 (permutations); Neyshabur, Salakhutdinov & Srebro, NeurIPS 2015 (rescaling)";

/** One hidden layer, by its place in the subject's list, and a whole number per unit of it. */
interface Move {
  readonly theta: Float64Array;
  readonly layer: number;
  readonly perUnit: readonly number[];
}

function moves(subject: NetworkSubject, arithmetic: Arithmetic, perUnit: (units: number) => fc.Arbitrary<number[]>): fc.Arbitrary<Move> {
  const layers = subject.hiddenLayers!;
  return fc
    .nat(layers.length - 1)
    .chain((layer) =>
      fc.record({ theta: parameters(subject, arithmetic), layer: fc.constant(layer), perUnit: perUnit(layers[layer]!.units) }),
    );
}

/** Parameters with the weights next to a unit of the layer taken from the unit that `take` names, incoming and outgoing ones apart. */
function movedAround(
  theta: Float64Array,
  { units, incoming, outgoing }: HiddenLayer,
  take: (side: "incoming" | "outgoing", unit: number, weightOf: (unit: number) => number) => number,
): Float64Array {
  const moved = theta.slice();
  for (let unit = 0; unit < units; unit++) {
    for (let k = 0; k < incoming.inputs; k++) {
      const at = (j: number): number => incoming.offset + j * incoming.inputs + k;
      moved[at(unit)] = take("incoming", unit, (j) => theta[at(j)]!);
    }
    for (let o = 0; o < outgoing.outputs; o++) {
      const at = (j: number): number => outgoing.offset + o * units + j;
      moved[at(unit)] = take("outgoing", unit, (j) => theta[at(j)]!);
    }
  }
  return moved;
}

/** Equality of the scores up to the larger of the two bounds: a unit that rounding takes across its kink has a derivative on one side only. */
function sameScores(subject: NetworkSubject, one: Float64Array, other: Float64Array, arithmetic: Arithmetic): Finding {
  const [here, there] = [subject.scores(one), subject.scores(other)];
  const bound = Math.max(scoreRounding(subject, one, here, arithmetic), scoreRounding(subject, other, there, arithmetic));
  return equalEntries(there, here, bound, { part: "scores" });
}

const hasHiddenLayers = ({ hiddenLayers = [] }: NetworkSubject): boolean => hiddenLayers.length > 0;

export const permutation: Law<NetworkSubject, Move> = {
  id: "hidden-units-permute",
  statement: "permuting the units of a hidden layer, rows of incoming and columns of outgoing weights, changes no score",
  source,
  requires: ["hiddenLayers", "blocks", "scores", "gradient"],
  applies: hasHiddenLayers,
  kills: "network whose first unit is linear",
  generate: (subject, arithmetic) =>
    moves(subject, arithmetic, (units) => fc.shuffledSubarray([...Array(units).keys()], { minLength: units, maxLength: units })),
  holds: (subject, { theta, layer, perUnit }, arithmetic) =>
    sameScores(
      subject,
      theta,
      movedAround(theta, subject.hiddenLayers![layer]!, (_side, unit, weightOf) => weightOf(perUnit[unit]!)),
      arithmetic,
    ),
};

export const rescaling: Law<NetworkSubject, Move> = {
  id: "hidden-units-rescale",
  statement: "multiplying the weights into a hidden unit by c > 0 and those out of it by c^-p, p its activation's degree, changes no score",
  source,
  requires: ["hiddenLayers", "blocks", "scores", "gradient"],
  applies: hasHiddenLayers,
  kills: "network with hidden biases",
  generate: (subject, arithmetic) => {
    const most = mostScalings(subject, arithmetic);
    return moves(subject, arithmetic, (units) => fc.array(fc.integer({ min: -most, max: most }), { minLength: units, maxLength: units }));
  },
  holds: (subject, { theta, layer, perUnit }, arithmetic) => {
    const hidden = subject.hiddenLayers![layer]!;
    const scale = { incoming: 1, outgoing: -hidden.degree };
    const moved = movedAround(theta, hidden, (side, unit, weightOf) => powerOfScale(2 * perUnit[unit]!, scale[side], weightOf(unit)));
    return sameScores(subject, theta, moved, arithmetic);
  },
};
