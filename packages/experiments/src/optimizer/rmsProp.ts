import { rmsProp as coreRmsProp } from "@steepest/core";
import { field, memoryDecay, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { rmsProp as rmsPropClass } from "../pytorch/optimizerClasses.js";
import { options } from "../pytorch/optimizerSource.js";
import { epsilonOptions, insideOption } from "./epsilon.js";
import { optimizerMember } from "./member.js";

export const rmsProp = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("rmsProp"),
    decay: field(memoryDecay(), "Share of the second moment that a step keeps.", {
      unit: "1",
      example: 0.99,
      otherNames: ["alpha", "rho"],
    }),
    ...epsilonOptions(),
    momentum: field(memoryDecay(), "Share of the last step that is added to the next; 0 for none.", { unit: "1", example: 0 }),
  }),
  summary:
    "RMSProp with its second moments in the loss frame; momentum of the steps; epsilonPlacement outside the root (default) or inside",
  examples: [{ kind: "rmsProp", decay: 0.99, epsilon: 1e-8, momentum: 0 }],
  build: coreRmsProp,
  pytorch: ({ decay, epsilon, momentum, epsilonPlacement }) => ({
    text: `RMSProp(${options({ decay, epsilon, momentum, ...insideOption(epsilonPlacement) })})`,
    needs: [rmsPropClass],
    norm: () => normSource("linf"),
  }),
});
