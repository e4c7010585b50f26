import { conv2d as coreConv2d } from "@steepest/core";
import { field, integer, z } from "../definition/schema.js";
import { layerMember } from "./member.js";
import { weightFields } from "./weightFields.js";

export const conv2d = layerMember({
  schema: z.strictObject({
    kind: z.literal("conv2d"),
    channels: field(integer(1), "Output channels: filters.", { unit: "channels", example: 8 }),
    size: field(integer(1), "Side of the square filters.", { unit: "pixels", example: 5 }),
    stride: field(integer(1), "Pixels from one position to the next, both ways. Default 1.", { unit: "pixels", example: 2 }).optional(),
    padding: field(integer(0), "Zeros around the image. Default 0.", { unit: "pixels", example: 2 }).optional(),
    ...weightFields,
  }),
  summary: "convolution of images with square filters",
  examples: [{ kind: "conv2d", channels: 8, size: 5 }],
  build: (options) => coreConv2d(options),
});
