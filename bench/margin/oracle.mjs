// The largest margin of 1000 samples in 100 dimensions, bounds included: for l1 and linf against HiGHS as scipy calls it, on the same linear programme, where python3 has
// scipy; each on one thread. node bench/margin/oracle.mjs [--json]
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { boundedNorm, matrixAtoms, smallestCombination } from "@steepest/certificates";
import { normFromText } from "@steepest/core";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { against } from "../against.mjs";
import { median } from "../kernel/measure.mjs";
import { report } from "../kernel/report.mjs";
import { startPython } from "../python.mjs";

const [count, size] = [1000, 100];
const kernels = await loadKernels(await readFile(binaryUrl()));

/** Signed samples of a linear teacher, moved by `shift` along it. */
function signedSamples(shift) {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 2 ** 31;
  };
  const entry = () => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b, -6);
  const teacher = Array.from({ length: size }, entry);
  const length = Math.hypot(...teacher);
  return Float64Array.from(
    Array.from({ length: count }, () => {
      const x = Array.from({ length: size }, entry);
      const sign = x.reduce((sum, value, j) => sum + value * teacher[j], 0) < 0 ? -1 : 1;
      return x.map((value, j) => sign * value + (shift * teacher[j]) / length);
    }).flat(),
  );
}

const cases = [];
for (const shift of [1, 0.1, 0]) {
  const values = signedSamples(shift);
  for (const id of ["l1", "l2", "linf", "lp(1.5)", "lp(3)"]) {
    const norm = boundedNorm(normFromText(id), kernels, [{ offset: 0, rows: 1, columns: size }]);
    const solve = () => smallestCombination(matrixAtoms(values, size), norm);
    const { lower, upper, closed } = await solve();
    if (!closed) throw new Error(`${id}: the bounds ${lower} and ${upper} do not meet`);
    const seconds = [];
    for (let round = 0; round < 3; round += 1) {
      const before = process.cpuUsage();
      await solve();
      const { user, system } = process.cpuUsage(before);
      seconds.push((user + system) / 1e6);
    }
    const ours = { milliseconds: 1e3 * median(seconds) };
    const peer = ["l1", "linf"].includes(id)
      ? await against(startPython("scipy", fileURLToPath(new URL("scipy_margin.py", import.meta.url))), {
          values: { values: [...values], size, norm: id },
          figures: [lower],
          tolerance: 1e-7,
          step: solve,
        })
      : undefined;
    cases.push({
      name: `${id}, shift ${shift}`,
      result: { ...ours, ...(peer && { scipyMilliseconds: peer.milliseconds, overScipy: peer.overPeer }) },
    });
  }
}
report("margin", cases, ({ result }) => result);
