import type { RandomKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { normalQuantile } from "../scalar/normalQuantile.js";
import { philox } from "../scalar/philox.js";

/** 53 bits of a word pair as a number in [0, 1). */
const uniform = (hi: number, lo: number): number => ((hi >>> 5) * 2 ** 26 + (lo >>> 6)) * 2 ** -53;

/** Φ⁻¹ of the middle of one of 2⁵² equal intervals. */
const normal = (hi: number, lo: number): number => normalQuantile(((hi >>> 6) * 2 ** 26 + (lo >>> 6) + 0.5) * 2 ** -52);

/** Counter-based random numbers: number i of a stream comes from word pair i mod 2 of block ⌊i / 2⌋. */
export function randomKernels({ f64 }: Memory): RandomKernels {
  const words = new Uint32Array(4);

  const fill =
    (fromPair: (hi: number, lo: number) => number): RandomKernels["randomUniform"] =>
    (out, n, seedLow, seedHigh, stream) => {
      const start = out >>> 3;
      for (let i = 0; i < n; i++) {
        if (i % 2 === 0) {
          words[0] = i / 2;
          words[1] = stream;
          words[2] = 0;
          words[3] = 0;
          philox(words, seedLow, seedHigh);
        }
        f64[start + i] = i % 2 === 0 ? fromPair(words[0]!, words[1]!) : fromPair(words[2]!, words[3]!);
      }
    };

  return { randomUniform: fill(uniform), randomNormal: fill(normal) };
}
