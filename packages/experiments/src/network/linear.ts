import { linear as coreLinear } from "@steepest/core";
import { z } from "../definition/schema.js";
import { initField } from "./init.js";
import { networkMember } from "./member.js";
import { agreedOutputs, outputsField } from "./outputs.js";

export const linear = networkMember({
  schema: z.strictObject({ kind: z.literal("linear"), outputs: outputsField(), init: initField() }),
  summary: "the linear model <w, x>; with several classes Wx, one row of W per class",
  examples: [{ kind: "linear", init: { law: "uniformFanIn", scale: 0.3 } }],
  build:
    ({ outputs: written }) =>
    ({ inputDim, outputs: needed }) => {
      const outputs = agreedOutputs(written, needed);
      return coreLinear({ inputDim, ...(outputs > 1 && { outputs }) });
    },
  pytorch: () => (z) => z,
});
