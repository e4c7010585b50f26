import type { SupervisedData } from "../network/data.js";
import { binary } from "./binary.js";
import { classes } from "./classes.js";
import type { Head } from "./head.js";
import { targets } from "./targets.js";

/** Every head. Adding one: its file and a line here; the kinds of data exclude each other. */
const heads: readonly Head[] = [binary, classes, targets];

/** The head of checked data. */
export function headOf(data: SupervisedData): Head {
  return heads.find((head) => head.owns(data))!;
}
