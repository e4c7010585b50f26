import type { Operation } from "../tape/operation.js";
import type { Place, Recorder } from "../tape/recorder.js";

/** Entry c of the weights at every position of channel c, for every sample. */
function broadcastOperation(channels: number, positions: number): Operation {
  const size = channels * positions;
  return {
    degree: 0,
    isMajorized: true,
    sampleGradient: positions === 1 ? "one" : "formed",
    pytorch: (_x, w) => `${w}.expand(-1, ${positions}).reshape(1, -1).expand(len(inputs), -1)`,
    scratch: () => ({ bytes: 0 }),
    bind: (kernels) => ({
      forward: (_x, w, z, n) => {
        const weights = new Float64Array(kernels.buffer, w, channels);
        const out = new Float64Array(kernels.buffer, z, n * size);
        for (let row = 0; row < n * channels; row++) out.fill(weights[row % channels]!, row * positions, (row + 1) * positions);
      },
      inputGradient: () => {},
      weightGradient: (_x, dz, dw, n) => {
        const delta = new Float64Array(kernels.buffer, dz, n * size);
        const out = new Float64Array(kernels.buffer, dw, channels).fill(0);
        for (let i = 0, next = 0; i < n; i++) {
          for (let c = 0; c < channels; c++) for (let p = 0; p < positions; p++) out[c]! += delta[next++]!;
        }
      },
    }),
  };
}

/** The place after a bias per channel, b[channels][1], is added: every sum in the order of samples, then positions. */
export function withBias(recorder: Recorder, input: Place, options: { readonly fanIn: number; readonly frozen: boolean }): Place {
  const { channels, height, width } = input.shape;
  const block = recorder.block({ name: undefined, role: "bias", rows: channels, columns: 1, ...options });
  const bias = recorder.apply(broadcastOperation(channels, height * width), undefined, input.shape, block);
  return recorder.add([input, bias]);
}
