import { colMax, colSum } from "./columns.js";
import { l2 } from "./l2.js";
import { l1, linf } from "./linfAndL1.js";
import type { Norm } from "./norm.js";
import { rowMax, rowSum } from "./rows.js";
import { nuclear, spectral } from "./spectralAndNuclear.js";

/** Every built-in norm, in the order in which reports list them. Adding one: its file and a line here. */
const members = {
  l1: l1 as Norm,
  l2: l2 as Norm,
  linf: linf as Norm,
  spectral: spectral as Norm,
  nuclear: nuclear as Norm,
  rowMax: rowMax as Norm,
  rowSum: rowSum as Norm,
  colMax: colMax as Norm,
  colSum: colSum as Norm,
};

export type NormId = keyof typeof members;

/** Every built-in norm by its id. l2 is also the Frobenius norm. */
export const norms: Readonly<Record<NormId, Norm>> = members;

/** The norms of the registry whose steepest direction can also be smoothed. */
export const smoothedNorms: readonly NormId[] = (Object.keys(members) as NormId[]).filter((id) => norms[id].smoothDirection);
