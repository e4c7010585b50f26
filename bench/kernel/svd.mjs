// Polar factor by thinSvd and a product: WASM against the twin and, where python3 has numpy, against numpy's (LAPACK's) thin SVD alone.
// node bench/kernel/svd.mjs [--json] [--only=<case>]
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ArenaPlan, binaryUrl, denseScratchBytes, loadKernels, svdScratchBytes } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { startPython } from "../python.mjs";
import { interleave, median, pairedRatio } from "./measure.mjs";
import { generator } from "./operands.mjs";
import { benchmarkOptions, report } from "./report.mjs";

const cases = [
  { name: "128x784", rows: 128, columns: 784 },
  { name: "784x128", rows: 784, columns: 128 },
  { name: "128x450", rows: 128, columns: 450 },
  { name: "64x512", rows: 64, columns: 512 },
  { name: "128x128", rows: 128, columns: 128 },
  { name: "1x128", rows: 1, columns: 128 },
];
const numpySamples = 9;

/** Normal numbers by Box and Muller, in the memory of one side, and the calls on them. */
function side(factory, { rows, columns }) {
  const count = Math.min(rows, columns);
  const bytes = Math.max(svdScratchBytes(rows, columns), denseScratchBytes(count, columns, rows));
  const lengths = [rows * columns, count * rows, count, count * columns, rows * columns];
  const plan = new ArenaPlan().scratch(bytes);
  for (const length of lengths) plan.span(length);
  const arena = plan.allocate(factory);
  const scratch = arena.scratch(bytes);
  const [g, ut, sigma, vt, o] = lengths.map((length) => arena.span(length));
  const random = generator(1);
  for (let i = 0; i < g.view.length; i += 1) g.view[i] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const { kernels } = arena;
  return {
    g: g.view,
    polar: () => {
      const rank = kernels.thinSvd(g.ptr, ut.ptr, sigma.ptr, vt.ptr, rows, columns, scratch);
      kernels.denseWeightGradient(vt.ptr, ut.ptr, o.ptr, rank, columns, rows, scratch);
    },
    values: () => kernels.singularValues(g.ptr, sigma.ptr, rows, columns, scratch),
  };
}

/** Ours and numpy's in turn, of the same matrix: their times drift together, so only the ratios within a pair count. */
async function againstNumpy(numpy, definition, { polar, g }) {
  const values = Buffer.from(g.buffer, g.byteOffset, g.byteLength).toString("base64");
  numpy.tell(`matrix ${definition.rows} ${definition.columns} ${values}`);
  const { polar: once } = interleave({ polar }, 1);
  const calls = Math.max(1, Math.ceil(0.02 / once[0]));
  const ours = [];
  const theirs = [];
  for (let sample = 0; sample < numpySamples; sample += 1) {
    const start = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) polar();
    const { user, system } = process.cpuUsage(start);
    ours.push((user + system) / 1e6 / calls);
    theirs.push(await numpy.seconds(calls));
  }
  return {
    numpyMilliseconds: 1e3 * median(theirs),
    overNumpyTime: pairedRatio(ours, theirs),
    bestOverNumpyBest: Math.min(...ours) / Math.min(...theirs),
  };
}

const factory = await loadKernels(await readFile(binaryUrl()));
const numpy = await startPython("numpy", fileURLToPath(new URL("numpySvd.py", import.meta.url)));

const comparisons = new Map();
const { only } = benchmarkOptions();
for (const definition of cases.filter(({ name }) => only === undefined || name === only)) {
  if (numpy !== undefined) comparisons.set(definition, await againstNumpy(numpy, definition, side(factory, definition)));
}
numpy?.stop();

report("svd", cases, (definition) => {
  const wasm = side(factory, definition);
  const seconds = interleave({ wasm: wasm.polar, values: wasm.values, twin: side(referenceKernels, definition).polar }, 5);
  return {
    milliseconds: 1e3 * median(seconds.wasm),
    valuesMilliseconds: 1e3 * median(seconds.values),
    overTwin: pairedRatio(seconds.twin, seconds.wasm),
    ...comparisons.get(definition),
  };
});
