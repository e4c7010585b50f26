import { readFileSync } from "node:fs";
import type { LabelledData } from "@steepest/core";

interface Golden {
  readonly inputs: string;
  readonly inputDim: number;
  readonly classes: number;
  readonly perClass: number;
  readonly largestMargin: Readonly<Record<string, number>>;
}
const {
  inputs,
  inputDim,
  classes,
  perClass,
  largestMargin: known,
} = JSON.parse(readFileSync(new URL("../../../core/test/golden/multiclass15.json", import.meta.url), "utf8")) as Golden;
const bytes = Uint8Array.from(Buffer.from(inputs, "base64"));
/** 750 samples of 15 classes in 25 dimensions, whose largest margins are published. */
export const fifteen: LabelledData = {
  inputs: new Float64Array(bytes.buffer),
  inputDim,
  labels: Array.from({ length: classes * perClass }, (_, i) => Math.floor(i / perClass)),
  classes,
};

/** Largest margins by norm: linf of a linear programme, the others as published, with six digits. */
export const largestMargin: Readonly<Record<string, number>> = known;
