import { word } from "./member.js";

export const relu = word("relu", (z) => `torch.relu(${z})`);
