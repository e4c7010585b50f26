import { cosine as coreCosine } from "@steepest/core";
import { z } from "../definition/schema.js";
import { stepRuleMember } from "./member.js";
import { checkedSchedule, scheduleFields, scheduleSource } from "./schedule.js";

export const cosine = stepRuleMember({
  schema: checkedSchedule(z.strictObject({ rule: z.literal("cosine"), ...scheduleFields() })),
  summary: "falls from size to final along half a cosine within so many steps, after a warm-up if there is one",
  examples: [{ rule: "cosine", size: 0.1, steps: 1000, final: 0.001, warmUp: 50 }],
  build: coreCosine,
  pytorch: (choice) => scheduleSource(choice, "0.5 * (1 + math.cos(math.pi * share))"),
});
