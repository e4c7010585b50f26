import { frozen, plainTree } from "../definition/plainTree.js";
import { absoluteValue, elu, leakyRelu, silu, squaredRelu } from "./activations.js";
import { adamSwitch2v7, adamSwitch3v6 } from "./adamSwitch.js";
import { batchSize } from "./batchSize.js";
import { cifarPair } from "./cifarPair.js";
import { cnn3v6 } from "./cnn3v6.js";
import { deep2, deep3, deep4, deep5 } from "./deep.js";
import type { CatalogEntry } from "./entry.js";
import { globalMargin8, globalMargin32, globalMargin128 } from "./globalMargin.js";
import { initAndStepSize, initAndStepSizeGradient } from "./initAndStepSize.js";
import { kkt2, kkt3, kkt4, kktSquared } from "./kkt.js";
import { matrixSensing } from "./matrixSensing.js";
import { mnist2v7 } from "./mnist2v7.js";
import { mnist3v6 } from "./mnist3v6.js";
import { multiclassLinear } from "./multiclassLinear.js";
import { oneThird, oneThirdBatches } from "./oneThird.js";
import { shampooSpectral } from "./shampooSpectral.js";
import { simplicityMixture, simplicityPatch } from "./simplicity.js";
import { switching } from "./switching.js";
import { teacherStudent } from "./teacherStudent.js";
import { teacherStudentSmall } from "./teacherStudentSmall.js";
import { whichMuon } from "./whichMuon.js";

const entries: readonly CatalogEntry[] = [
  mnist3v6,
  teacherStudent,
  teacherStudentSmall,
  switching,
  adamSwitch3v6,
  adamSwitch2v7,
  batchSize,
  shampooSpectral,
  mnist2v7,
  initAndStepSize,
  initAndStepSizeGradient,
  cifarPair,
  whichMuon,
  deep2,
  deep3,
  deep4,
  deep5,
  cnn3v6,
  oneThird,
  oneThirdBatches,
  simplicityPatch,
  simplicityMixture,
  multiclassLinear,
  matrixSensing,
  globalMargin8,
  globalMargin32,
  globalMargin128,
  leakyRelu,
  squaredRelu,
  absoluteValue,
  elu,
  silu,
  kkt2,
  kkt3,
  kkt4,
  kktSquared,
];

/** Every experiment that ships with the program, by id. Adding one: its file and a line above. */
export const catalog: ReadonlyMap<string, CatalogEntry> = new Map(
  entries.map((entry) => [entry.definition.id, frozen(plainTree(entry) as CatalogEntry)]), // entries are written with parts that arms share
);
