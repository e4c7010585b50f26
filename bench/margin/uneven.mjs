// The largest margin where columns or rows of the data differ in size by many powers of ten, or margins are tiny, 1000 x 100: CPU seconds of one search, how far its
// bounds are apart and what closed them. node bench/margin/uneven.mjs [--json] [--only="l2, columns of 1e-5 to 1e5"]
import { readFile } from "node:fs/promises";
import { boundedNorm, matrixAtoms, smallestCombination } from "@steepest/certificates";
import { normFromText } from "@steepest/core";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { benchmarkOptions, report } from "../kernel/report.mjs";
import { unevenKinds } from "./data.mjs";

const kernels = await loadKernels(await readFile(binaryUrl()));
const { only } = benchmarkOptions();
const cases = [];
for (const [kind, draw] of Object.entries(unevenKinds)) {
  for (const id of ["l1", "l2", "linf", "lp(3)"]) {
    const name = `${id}, ${kind}`;
    if (only !== undefined && only !== name) continue;
    const { values, size } = draw();
    const norm = boundedNorm(normFromText(id), kernels, [{ offset: 0, rows: 1, columns: size }]);
    const before = process.cpuUsage();
    const { lower, upper, closed, method, iterations } = await smallestCombination(matrixAtoms(values, size), norm);
    const { user, system } = process.cpuUsage(before);
    cases.push({ name, result: { seconds: (user + system) / 1e6, apart: (upper - lower) / upper, closed, method, iterations } });
  }
}
report("uneven margins", cases, ({ result }) => result);
