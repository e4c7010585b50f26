import { progressiveRescaling as coreProgressiveRescaling } from "@steepest/core";
import { expecting, field, integer, z } from "../definition/schema.js";
import { progressiveRescaling as progressiveRescalingClass } from "../pytorch/movingOptimizers.js";
import { options, refuseOption } from "../pytorch/optimizerSource.js";
import { optimizerMember } from "./member.js";
import { steepest, steepestSource } from "./steepest.js";

export const progressiveRescaling = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("progressiveRescaling"),
    optimizer: field(steepest.schema, "What moves between rescalings; gradient descent in PRGD.", {
      example: { kind: "steepest", norm: "l2", normalized: false },
    }),
    period: field(integer(2), "Steps between rescalings.", { unit: "steps", example: 100 }),
    growth: field(
      expecting("must be finite and > 1", (error) => z.number(error).gt(1, error)),
      "Factor by which the radius grows at a rescaling.",
      { unit: "1", example: 1.05 },
    ),
  }),
  summary: "steepest descent on a ball whose radius grows by a factor every so many steps: PRGD",
  examples: [{ kind: "progressiveRescaling", optimizer: { kind: "steepest", norm: "l2", normalized: false }, period: 10, growth: 1.2 }],
  firstStep: { rule: "lossBased", size: 0.01, rollback: false },
  complete: ({ optimizer, ...choice }) => ({ ...choice, optimizer: steepest.complete!(optimizer) }),
  build: ({ optimizer, period, growth }) => coreProgressiveRescaling(steepest.build(optimizer), { period, growth }),
  pytorch: ({ optimizer, period, growth }) => {
    const inner = steepestSource(optimizer);
    const norm = inner.norm();
    const name = typeof optimizer.norm === "string" ? optimizer.norm : Object.keys(optimizer.norm)[0]!;
    const project = norm.projection ?? refuseOption("optimizer.optimizer.norm", `projection onto the ball of ${name}`);
    return {
      text: `ProgressiveRescaling(${inner.text}, ${norm.text}, ${project.name}, ${options({ period, growth })})`,
      needs: [...inner.needs, project.function, progressiveRescalingClass],
      norm: () => norm,
      moves: true,
      rescales: true,
    };
  },
});
