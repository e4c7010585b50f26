import { field, positive } from "../definition/schema.js";

export const leakyRelu = field(positive(), "Slope below 0.", { unit: "1", example: 0.1 });
