import { maxout as coreMaxout } from "@steepest/core";
import { field, integer, z } from "../definition/schema.js";
import { layerMember } from "./member.js";

export const maxout = layerMember({
  schema: z.strictObject({
    kind: z.literal("maxout"),
    pieces: field(integer(1), "Neighbouring entries of which the largest is kept.", { unit: "1", example: 2 }),
  }),
  summary: "the largest of neighbouring entries",
  examples: [{ kind: "maxout", pieces: 2 }],
  build: (options) => coreMaxout(options),
});
