import { adaGrad } from "./adaGrad.js";
import { adam } from "./adam.js";
import { adamW } from "./adamW.js";
import { heavyBall } from "./heavyBall.js";
import { lion } from "./lion.js";
import { mirrorDescent } from "./mirrorDescent.js";
import { momentum } from "./momentum.js";
import { muon } from "./muon.js";
import { muonAdam } from "./muonAdam.js";
import { muonSignum } from "./muonSignum.js";
import { progressiveRescaling } from "./progressiveRescaling.js";
import { rmsProp } from "./rmsProp.js";
import { scion } from "./scion.js";
import { shampoo } from "./shampoo.js";
import { signum } from "./signum.js";
import { soap } from "./soap.js";
import { steepest } from "./steepest.js";

/** Every optimiser of definitions that holds no other, but for `progressiveRescaling`. Adding one: its file and a line here. */
export const members = {
  steepest,
  heavyBall,
  momentum,
  signum,
  muon,
  muonSignum,
  muonAdam,
  scion,
  adam,
  adamW,
  rmsProp,
  adaGrad,
  lion,
  shampoo,
  soap,
  mirrorDescent,
  progressiveRescaling,
};
