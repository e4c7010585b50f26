import { word } from "./member.js";

export const softplus = word("softplus", (z) => `torch.logaddexp(${z}, torch.zeros_like(${z}))`);
