import { linearDecay as coreLinearDecay } from "@steepest/core";
import { z } from "../definition/schema.js";
import { stepRuleMember } from "./member.js";
import { checkedSchedule, scheduleFields, scheduleSource } from "./schedule.js";

export const linearDecay = stepRuleMember({
  schema: checkedSchedule(z.strictObject({ rule: z.literal("linearDecay"), ...scheduleFields() })),
  summary: "falls from size to final along a straight line within so many steps, after a warm-up if there is one",
  examples: [{ rule: "linearDecay", size: 0.1, steps: 1000, final: 0.001, warmUp: 50 }],
  build: coreLinearDecay,
  pytorch: (choice) => scheduleSource(choice, "(1 - share)"),
});
