import { word } from "./member.js";

export const identity = word("identity", (z) => z);
