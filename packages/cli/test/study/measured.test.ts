import { readFile } from "node:fs/promises";
import { canonicalJson } from "@steepest/core";
import { type ExperimentDefinition, execute, type Row, runsOf } from "@steepest/experiments";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { filesOf, folderWith, tiny } from "../support/study.js";

const kernels = await loadKernels(await readFile(binaryUrl()));
const files = { images: () => Promise.reject(new Error("no file is needed here")) };
const probes = ["logRisk", "margin.l2", "margin.linf", "eulerDefect.max", "quasiEulerDefect.median", "homogenizedMargin.linf"];

/** The text of a run's rows, trained in this thread. */
async function rowsText(definition: ExperimentDefinition, arm: string): Promise<string> {
  const { run } = runsOf(definition).find((planned) => planned.arm === arm)!;
  const rows: Row[] = [];
  for await (const event of execute(run, { kernels, files })) if (event.kind === "row") rows.push(event.row);
  return rows.map((row) => `${canonicalJson(row)}\n`).join("");
}

test.each(["silu", "gelu", { elu: 1 }, "softplus", "tanh"] as const)(
  "a network with %j trains in worker threads with the rows of this thread, and its report expects nothing of it",
  async (activation) => {
    const network = { kind: "mlp", hidden: [6], activation, homogeneity: "measured", init: { law: "normalFanIn", scale: 0.3 } } as const;
    const definition: ExperimentDefinition = { ...tiny, seeds: [0], network, record: { ...tiny.record, probes } };
    const cwd = folderWith(definition);
    const { code, stdout } = await steepest(["run", "tiny.json", "--threads", "2", "--progress", "none"], { cwd });
    expect(code).toBe(0);
    for (const [name, text] of Object.entries(filesOf(cwd, "rows.jsonl"))) {
      expect(text).toBe(await rowsText(definition, name.split("-")[0]!));
    }
    expect(stdout).toMatch(/^arm +seed +ended +logRisk \(sum\) +margin\.l2\* +margin\.linf\*$/m);
    expect(stdout.replace(/\n/g, " ")).toMatch(/ \* the network is not homogeneous: margins are those of the degree of its limit, [12], /);
    expect(stdout).toMatch(/^sign +not expected: the network is not homogeneous +- +theory is of networks with /m);
    expect(stdout).toMatch(/^sign: margin\.linf at the end +largest of all arms \(a conjecture: the network is not homogeneous\) /m);
  },
);
