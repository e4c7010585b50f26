import { scion as coreScion, normOf } from "@steepest/core";
import { field, memoryDecay, positive, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { along } from "../pytorch/optimizerSource.js";
import { pythonNumber } from "../pytorch/python.js";
import { optimizerMember } from "./member.js";
import { normField } from "./normSchema.js";

export const scion = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("scion"),
    norm: normField(),
    momentum: field(memoryDecay(), "Share of the remembered average that a step keeps.", { unit: "1", example: 0.9 }),
    radius: field(positive(), "Radius of the ball that the iterates stay in, in the norm; without it they are free.", {
      unit: "norm of the weights",
      example: 10,
    }).optional(),
  }),
  summary: "steps along the linear minimisation oracle of a norm per layer, free or within a ball",
  examples: [
    { kind: "scion", norm: "spectral", momentum: 0.9 },
    { kind: "scion", norm: "spectral", momentum: 0.9, radius: 10 },
  ],
  build: ({ norm, momentum, radius }) => coreScion({ norm: normOf(norm), momentum, ...(radius !== undefined && { radius }) }),
  pytorch: ({ norm, momentum, radius }) => {
    const free = { momentum, nesterov: false };
    return radius === undefined
      ? along(normSource(norm), free)
      : { ...along(normSource(norm), { ...free, radius }), decay: "1", unitLength: pythonNumber("optimizer.radius", radius) };
  },
});
