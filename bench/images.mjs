const inputDim = 784;
const usedColumns = 450; // of the figure's images
const density = 0.33; // within the used columns

/** Sparse inputs like those of the MNIST figure, from a small linear congruential generator, equal for all sides of a bench. */
export function images(sampleCount) {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const inputs = new Float64Array(sampleCount * inputDim);
  for (let i = 0; i < sampleCount; i++) for (let k = 0; k < usedColumns; k++) if (next() < density) inputs[i * inputDim + k] = next();
  return { inputs, labels: Array.from({ length: sampleCount }, (_, i) => (i % 2 ? 1 : -1)), inputDim };
}
