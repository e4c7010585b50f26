import { linear as coreLinear } from "@steepest/core";
import { z } from "../definition/schema.js";
import { initField } from "./init.js";
import { networkMember } from "./member.js";

export const linear = networkMember({
  schema: z.strictObject({ kind: z.literal("linear"), init: initField() }),
  summary: "the linear model, <w, x> or a score per class",
  examples: [{ kind: "linear", init: { law: "uniformFanIn", scale: 0.3 } }],
  build:
    () =>
    ({ inputDim, outputs }) =>
      coreLinear({ inputDim, outputs }),
  pytorch: () => (z) => z,
});
