import { word } from "./member.js";

export const gelu = word("gelu", (z) => `torch.nn.functional.gelu(${z})`);
