import { readFileSync } from "node:fs";
import { norms, Training, type TrainOptions, train } from "@steepest/core";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import type { Said } from "./fixture/app.js";
import { bitsOf } from "./fixture/bits.js";

const kernels = await loadKernels(readFileSync(binaryUrl()));

/** The expected answers of the fixture's engine: those of Node for the same options. */
export function saidOnNode(options: TrainOptions): Omit<Said, "host"> {
  const points = [...train(options, { perDecade: 8, at: [77] }, { kernels })];
  const training = new Training(options, { kernels });
  while (!training.outcome) training.advance();
  training.inspect();
  return {
    points: bitsOf(points),
    outcome: bitsOf(training.outcome),
    kktResidual: bitsOf(training.kktResidual(norms.linf)),
    parameters: bitsOf(training.parameters()),
  };
}
