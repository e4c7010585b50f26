import { word } from "./member.js";

export const tanh = word("tanh", (z) => `torch.tanh(${z})`);
