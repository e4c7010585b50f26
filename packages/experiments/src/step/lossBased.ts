import { lossBased as coreLossBased } from "@steepest/core";
import { positive } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";
import { stepRuleMember } from "./member.js";

export const lossBased = stepRuleMember({
  schema: z.strictObject({
    rule: z.literal("lossBased"),
    size: field(positive(), "Length of a step times the risk.", { unit: "norm of the weights", example: 0.01 }),
    rollback: field(z.boolean(), "Whether steps that raise the risk are taken back, and the size grows while it falls.", {
      example: false,
    }),
  }),
  summary:
    "size / risk, for unnormalised steepest descent; with rollback the size grows while the risk falls and steps that raise it are taken back",
  examples: [{ rule: "lossBased", size: 0.01, rollback: false }],
  build: coreLossBased,
});
