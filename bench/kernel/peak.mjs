import { readFile } from "node:fs/promises";
import { blocking } from "@steepest/kernels";

const depth = 384;
const repeat = 1000;
const packedA = 256; // after the tile
const packedB = packedA + 8 * blocking.rows * depth;

/** Floating-point operations of one call of the yardstick. */
export const peakFlop = 2 * blocking.rows * blocking.columns * depth * repeat;

/** The yardstick, the micro-kernel on panels in the first-level cache, as a call. */
export async function loadPeak() {
  const bytes = await readFile(new URL("../../assembly/build/peak.wasm", import.meta.url));
  const { peak } = (await WebAssembly.instantiate(bytes)).instance.exports;
  return () => peak(packedA, packedB, 0, depth, repeat);
}
