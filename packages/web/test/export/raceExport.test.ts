import { Training } from "@steepest/core";
import { drawData, type LabelledDataset, refuseContradictions, trainOptions } from "@steepest/experiments";
import { expect, test } from "vitest";
import { raceDefinition } from "../../src/export/raceExport.js";
import { raceFigure } from "../../src/export/raceFigure.js";
import { type ProgramLanguage, programText } from "../../src/export/raceProgram.js";
import { defaultSetup, shownNorms } from "../../src/setup/defaults.js";
import { runsOfSetup } from "../../src/setup/definition.js";
import { writeLink } from "../../src/setup/link.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { small } from "../engine/setups.js";
import { host } from "../hosts.js";
import { laboratory } from "../lab/fakeWorker.js";
import { doublesIn } from "./doublesIn.js";

const setup: RaceSetup = { ...small, depth: 2, width: 5, seed: 11 };

async function prepared(): Promise<ReturnType<typeof laboratory>> {
  const lab = laboratory();
  lab.open(writeLink(setup));
  await expect.poll(() => lab.activity.value, { timeout: 20_000 }).toBe("ready");
  return lab;
}

test("a PyTorch program holds the data and the initial weights of the race, bit for bit", async () => {
  const lab = await prepared();
  for (const [arm, run] of runsOfSetup(setup).entries()) {
    const { train } = await drawData(run.dataset, run.seed, host);
    const weights = new Training(trainOptions(run, train, undefined), host).parameters();
    const [inputs, ...layers] = doublesIn(programText("PyTorch", lab, arm));
    expect(inputs).toEqual(train.inputs);
    expect(layers.flatMap((layer) => [...layer])).toEqual([...weights]);
  }
  expect(setup.seed).not.toBe(defaultSetup.seed);
});

test("a TypeScript program draws them as the race does: from its seed and its law", async () => {
  const text = programText("TypeScript", await prepared(), 0);
  expect(text).toContain("  seed: 11,\n");
  expect(text).toContain('  init: { law: "uniformFanIn", scale: 0.5 },\n');
});

test("the definition of samples that contradict one another says that they are wanted, so that the command line takes it", async () => {
  const lab = laboratory();
  const inputs = [
    [1, 2],
    [3, 4],
    [1, 2],
  ];
  lab.open(writeLink({ ...setup, data: { kind: "points", inputs, labels: [1, -1, -1], constant: 1 } }));
  await expect.poll(() => lab.activity.value, { timeout: 20_000 }).toBe("ready");
  const { dataset, network } = raceDefinition(lab);
  expect(dataset).toMatchObject({ kind: "points", inputs, contradictions: "keep" });
  const { train } = await drawData(dataset, 0, host);
  expect(() => refuseContradictions({ dataset, network }, train)).not.toThrow();
  expect(() => refuseContradictions({ dataset: { ...(dataset as LabelledDataset), contradictions: undefined }, network }, train)).toThrow(
    "opposite labels",
  );
  expect(raceDefinition(await prepared()).dataset).toEqual(setup.data);
});

test("a program is that of the chosen arm", async () => {
  const lab = await prepared();
  const ids = Object.keys(raceDefinition(lab).arms);
  for (const language of ["TypeScript", "PyTorch"] satisfies ProgramLanguage[]) {
    ids.forEach((id, arm) => {
      expect(programText(language, lab, arm)).toContain(`Arm ${id}`);
    });
  }
});

test("the figure shows the late phase: from where all samples are right, without the rise to the margin at separation", async () => {
  const lab = await prepared();
  lab.start();
  await expect.poll(() => lab.activity.value, { timeout: 20_000 }).toBe("over");
  const { histories } = lab;
  const { concat } = raceFigure(lab) as unknown as { concat: { layer: { encoding: Record<"x" | "y", { scale: object }> }[] }[] };
  const first = Math.min(...histories.flatMap(({ perfectAccuracyStep }) => perfectAccuracyStep ?? []));
  expect(first).toBeGreaterThan(1);
  shownNorms.forEach((norm, i) => {
    const { x, y } = concat[i]!.layer[1]!.encoding;
    expect(x.scale).toMatchObject({ domain: [first, Math.max(setup.steps, 2 * first)] });
    const late = histories.flatMap(({ frames, separationStep = setup.steps }) =>
      frames.filter(({ row }) => row.step >= separationStep).map(({ row }) => row[`margin.${norm}`]!),
    );
    const least = Math.min(...late.filter((margin) => margin > 0));
    const isRoom = histories.some(({ frames }) => frames.some(({ row }) => row[`margin.${norm}`]! > least));
    if (isRoom) expect(y.scale).toMatchObject({ domainMin: least }); // nothing above it: the axis begins with the curves
  });
});
