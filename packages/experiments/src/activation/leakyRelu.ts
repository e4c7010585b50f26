import { field, positive } from "../definition/schema.js";
import { family } from "./member.js";

export const leakyRelu = family(
  "leakyRelu",
  field(positive(), "Slope below 0.", { unit: "1", example: 0.1 }),
  (z, slope) => `torch.nn.functional.leaky_relu(${z}, ${slope})`,
);
