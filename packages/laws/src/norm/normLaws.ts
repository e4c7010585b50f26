import type { Law } from "../law.js";
import { axioms } from "./axioms.js";
import { dualityLaws } from "./duality.js";
import { invarianceLaws } from "./invariance.js";
import { lmoLaws } from "./lmo.js";
import type { NormSubject } from "./normSubject.js";
import { polarLaws } from "./polar.js";
import { projectionLaws } from "./projection.js";
import { proxLaws } from "./prox.js";
import { subgradientLaws } from "./subgradient.js";

/** Laws of a norm with its dual, its steepest direction, its projection and its proximal map. */
export const normLaws: readonly Law<NormSubject>[] = [
  ...axioms,
  ...lmoLaws,
  ...projectionLaws,
  ...dualityLaws,
  ...proxLaws,
  ...subgradientLaws,
  ...invarianceLaws,
  ...polarLaws,
];
