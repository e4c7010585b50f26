import { field, positive } from "../definition/schema.js";

export const elu = field(positive(), "Size of the negative part: alpha (e^z - 1) below 0.", { unit: "1", example: 1 });
