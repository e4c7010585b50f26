import { field, positive } from "../definition/schema.js";

export const reluPower = field(positive(), "Power of the ReLU: a multiple of 1/2 from 1 to 32.", { unit: "1", example: 2 }).meta({
  minimum: 1,
  maximum: 32,
  multipleOf: 0.5,
});
