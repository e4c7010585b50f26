/** Limits above which a page would become unusable; a setup that is merely slow gets an estimate beside the start button. */
export const hardLimits = {
  width: 2048,
  depth: 16,
  /** Side of the filters of convolutions. */
  filter: 64,
  steps: 100_000_000,
  samples: 5000,
  /** Largest input dimension, a bias coordinate included. */
  inputDim: 10_000,
  teacherWidth: 4096,
  /** Largest dropped table: 5000 images of 28 x 28 doubles fit as an array of NumPy, and 5000 samples of some 320 random doubles as CSV. */
  fileBytes: 32e6,
  /** Bytes that the weights of a file may unpack to, and that its numbers may take: more than any network of the page has. */
  weightBytes: 2 ** 28,
} as const;
