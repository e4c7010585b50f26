import { adaGrad as coreAdaGrad } from "@steepest/core";
import { z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { adaGrad as adaGradClass } from "../pytorch/optimizerClasses.js";
import { options } from "../pytorch/optimizerSource.js";
import { epsilonOptions, insideOption } from "./epsilon.js";
import { optimizerMember } from "./member.js";

export const adaGrad = optimizerMember({
  schema: z.strictObject({ kind: z.literal("adaGrad"), ...epsilonOptions() }),
  summary:
    "AdaGrad with its sums in the loss frame; lossBased steps go on at tiny risks; epsilonPlacement outside the root (default) or inside",
  examples: [{ kind: "adaGrad", epsilon: 1e-10 }],
  firstStep: { rule: "constant", size: 0.1 },
  build: coreAdaGrad,
  pytorch: ({ epsilon, epsilonPlacement }) => ({
    text: `AdaGrad(${options({ epsilon, ...insideOption(epsilonPlacement) })})`,
    needs: [adaGradClass],
    norm: () => normSource("linf"),
  }),
});
