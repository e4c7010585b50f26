// The largest margin of kinds of data, bounds included: for l1 and linf against HiGHS as scipy calls it, on the same linear programme, where python3 has scipy; each on
// one thread. node bench/margin/oracle.mjs [--json] [--only="linf, gaussian, tight"]
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { boundedNorm, matrixAtoms, smallestCombination } from "@steepest/certificates";
import { normFromText } from "@steepest/core";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { against } from "../against.mjs";
import { median } from "../kernel/measure.mjs";
import { benchmarkOptions, report } from "../kernel/report.mjs";
import { startPython } from "../python.mjs";
import { kinds } from "./data.mjs";

const kernels = await loadKernels(await readFile(binaryUrl()));
const { only } = benchmarkOptions();
const linear = ["l1", "linf"];

/** The CPU time of ours; and for linear programmes that of scipy's HiGHS, which answers to 1e-7. */
async function measured(id, { values, size }) {
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
  if (!linear.includes(id)) return ours;
  const peer = await against(startPython("scipy", fileURLToPath(new URL("scipy_margin.py", import.meta.url))), {
    values: { values: [...values], size, norm: id },
    figures: [lower],
    tolerance: Math.max(1e-7, 3e-7 / lower),
    step: solve,
  });
  return { ...ours, ...(peer && { scipyMilliseconds: peer.milliseconds, overScipy: peer.overPeer }) };
}

const cases = [];
for (const [kind, draw] of Object.entries(kinds)) {
  for (const id of ["l1", "l2", "linf", "lp(1.01)", "lp(1.1)", "lp(1.5)", "lp(3)", "lp(100)"]) {
    const name = `${id}, ${kind}`;
    if (only === undefined || only === name) cases.push({ name, result: await measured(id, draw()) });
  }
}
report("margin", cases, ({ result }) => result);
