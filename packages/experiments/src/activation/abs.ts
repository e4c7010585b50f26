import { word } from "./member.js";

export const abs = word("abs", (z) => `torch.abs(${z})`);
