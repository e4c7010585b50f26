import { ArenaPlan, denseScratchBytes, sparseScratchBytes } from "@steepest/kernels";

/** A small generator of our own, so that every run and both sides see the same numbers (Numerical Recipes' 32-bit LCG). */
export function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** x[n][inputs]: dense normal-like numbers, or images whose pixels are lit around the centre so often that `density` of them are nonzero. */
function inputValues({ n, inputs, density }, random) {
  if (density === undefined) return Float64Array.from({ length: n * inputs }, () => random() - 0.5);
  const side = Math.sqrt(inputs);
  const bell = Array.from({ length: inputs }, (_, i) =>
    Math.exp(-(((i % side) / side - 0.5) ** 2 + (Math.floor(i / side) / side - 0.5) ** 2) / 0.05),
  );
  const level = (density * inputs) / bell.reduce((sum, value) => sum + value, 0);
  return Float64Array.from({ length: n * inputs }, (_, i) => (random() < level * bell[i % inputs] ? random() : 0));
}

/** Compressed rows of a matrix that is read through `at`. */
function compress(rows, columns, at) {
  const start = [0];
  const index = [];
  const values = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const value = at(row, column);
      if (value !== 0) {
        index.push(column);
        values.push(value);
      }
    }
    start.push(index.length);
  }
  return { start, index, values };
}

/** Every operand that a layer kernel takes, in the memory of one side. */
export function layerOperands(factory, shape) {
  const { n, inputs, outputs } = shape;
  const random = generator(1);
  const x = inputValues(shape, random);
  const rows = compress(n, inputs, (i, j) => x[i * inputs + j]);
  const columns = compress(inputs, n, (j, i) => x[i * inputs + j]);
  const scratchBytes = Math.max(denseScratchBytes(n, inputs, outputs), sparseScratchBytes(n, inputs, outputs));
  const lengths = [n * inputs, inputs * outputs, n * outputs, n * inputs, inputs * outputs, n * outputs];
  const plan = new ArenaPlan().scratch(scratchBytes);
  for (const length of lengths) plan.span(length);
  for (const { start, index } of [rows, columns]) {
    plan.indexSpan(3).indexSpan(start.length).indexSpan(index.length).span(index.length);
  }
  const arena = plan.allocate(factory);
  const scratch = arena.scratch(scratchBytes);
  const [xSpan, w, dz, dx, dw, z] = lengths.map((length) => arena.span(length));
  xSpan.view.set(x);
  for (const { view } of [w, dz]) for (let i = 0; i < view.length; i += 1) view[i] = random() - 0.5;
  const place = ({ start, index, values }) => {
    const header = arena.indexSpan(3);
    const spans = [arena.indexSpan(start.length), arena.indexSpan(index.length), arena.span(index.length)];
    for (const [i, source] of [start, index, values].entries()) spans[i].view.set(source);
    header.view.set(spans.map(({ ptr }) => ptr));
    return header.ptr;
  };
  const pointers = { x: xSpan.ptr, w: w.ptr, dz: dz.ptr, dx: dx.ptr, dw: dw.ptr, z: z.ptr, csr: place(rows), csc: place(columns), scratch };
  return { kernels: arena.kernels, pointers, nonzeros: rows.index.length };
}
