import type { Law } from "../law.js";
import { axioms } from "./axioms.js";
import { lmoLaws } from "./lmo.js";
import type { NormSubject } from "./normSubject.js";
import { projectionLaws } from "./projection.js";

/** What makes a norm, its dual, its steepest direction and its ball projection belong together. */
export const normLaws: readonly Law<NormSubject>[] = [...axioms, ...lmoLaws, ...projectionLaws];
