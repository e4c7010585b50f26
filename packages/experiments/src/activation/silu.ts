import { word } from "./member.js";

export const silu = word("silu", (z) => `torch.nn.functional.silu(${z})`);
