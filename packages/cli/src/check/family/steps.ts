import { arrayNorm, arrayOptimizer, type Norm, type NormShape, norms, steepestDescent, type TrainHost } from "@steepest/core";
import { type StepSubject, stepLaws } from "@steepest/laws";
import { defineFamily, type Family } from "../family.js";
import { type Foreign, isCount } from "../foreign.js";

/** The weights of a network 4-3-1. */
const shape: NormShape = {
  length: 15,
  blocks: [
    { offset: 0, rows: 3, columns: 4 },
    { offset: 12, rows: 1, columns: 3 },
  ],
};

/** 50 n eps for the longest side n: what an exact singular value decomposition is held to. */
const extraRoundings = 100 * 4;

function steepest(norm: Norm, normalized: boolean, host: TrainHost): StepSubject {
  const { norm: value, dualNorm } = arrayNorm(norm, host.kernels, () => shape.blocks);
  const { aim, move } = arrayOptimizer(steepestDescent({ norm, normalized }), shape, host.kernels);
  const step: StepSubject["step"] = (theta, gradient, logRisk, eta) => {
    aim(theta, gradient, logRisk);
    return move(theta, { size: eta, logScale: 0 }).theta;
  };
  return { step, normalized, norm: value, dualNorm, dimension: shape.length, extraRoundings };
}

function remoteStep(foreign: Foreign): StepSubject {
  const { normalized, dimension, extraRoundings: roundings } = foreign.hello;
  if (typeof normalized !== "boolean")
    foreign.refuse(`said normalized ${JSON.stringify(normalized)} in its hello, expected true or false`, normalized);
  if (dimension !== undefined && !isCount(dimension))
    foreign.refuse(`said dimension ${JSON.stringify(dimension)} in its hello, expected a positive integer`, dimension);
  return {
    normalized: normalized as boolean,
    step: (theta, gradient, logRisk, eta) => foreign.vector(theta.length, "step", theta, gradient, logRisk, eta),
    norm: (x) => foreign.number("norm", x),
    dualNorm: (g) => foreign.number("dualNorm", g),
    ...(isCount(dimension) && { dimension }),
    ...(typeof roundings === "number" && { extraRoundings: roundings }),
  };
}

/** Steepest descent in every norm of the registry, normalised and not, on the weights of two layers. */
export const stepFamily: Family = defineFamily<StepSubject>({
  id: "steps",
  laws: stepLaws,
  members: { step: "function", normalized: "boolean", norm: "function", dualNorm: "function" },
  own: (host) =>
    Object.fromEntries(
      Object.entries(norms).flatMap(([id, norm]) => [
        [`${id}, normalized`, steepest(norm, true, host)],
        [id, steepest(norm, false, host)],
      ]),
    ),
  remote: { calls: ["step", "norm", "dualNorm"], subject: remoteStep },
});
