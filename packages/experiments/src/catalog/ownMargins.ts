import type { ArmDefinition } from "../definition/arm.js";
import type { BestClaim } from "../definition/claim.js";
import { algorithms } from "./teacherStudentParts.js";

const names = ["gradient", "sign", "adam", "coordinate", "spectral", "muon"] as const;
type Name = (typeof names)[number];

/** Optimisers whose own margins are compared, with one step rule. @param coordinate  where coordinate descent, the slowest, ends before the others */
export function ownMarginArms(step: ArmDefinition["step"], coordinate: NonNullable<ArmDefinition["stop"]>): Record<Name, ArmDefinition> {
  return {
    gradient: { ...algorithms.gradient, step },
    sign: { ...algorithms.sign, step },
    adam: { label: "Adam β = (.9, .9), ε = 0", optimizer: { kind: "adam", beta1: 0.9, beta2: 0.9, epsilon: 0 }, step },
    coordinate: { ...algorithms.coordinate, step, stop: coordinate },
    spectral: { ...algorithms.spectral, step },
    muon: {
      label: "Muon",
      optimizer: { kind: "muon", momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" },
      step,
    },
  };
}

/** The margin that each is to raise. */
const ownMargins: Readonly<Record<Name, string>> = {
  gradient: "margin.l2",
  sign: "margin.linf",
  adam: "margin.linf",
  coordinate: "margin.l1",
  spectral: "margin.spectral",
  muon: "margin.spectral",
};

/** Claims that an arm has a larger own margin than every arm that measures its steps otherwise: coordinate descent at a log risk, the others at the end. */
export function ownMarginClaims(coordinateAt: number): BestClaim[] {
  return names.map((best) => ({
    best,
    of: ownMargins[best],
    at: best === "coordinate" ? { logRiskBelow: coordinateAt } : "end",
    among: names.filter((other) => ownMargins[other] !== ownMargins[best]),
  }));
}
