import { readFileSync } from "node:fs";
import { norms, Training, type TrainOptions, train } from "@steepest/core";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { createEngine } from "../../node/src/engine.js";
import type { Said } from "./fixture/app.js";
import { bitsOf } from "./fixture/bits.js";
import { cases } from "./fixture/cases.js";

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

/** The certificate of the fixture's engine on Node. */
export async function certifiedOnNode(): Promise<string> {
  const run = (await createEngine()).train(cases.sign);
  for await (const _ of run.points({ perDecade: 1 }));
  return bitsOf(await run.certificate("linf"));
}
