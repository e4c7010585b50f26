import { field, positive } from "../definition/schema.js";
import { family } from "./member.js";

export const elu = family(
  "elu",
  field(positive(), "Size of the negative part: alpha (e^z - 1) below 0.", { unit: "1", example: 1 }),
  (z, alpha) => `torch.nn.functional.elu(${z}, ${alpha})`,
);
