import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { safetensorsBytes } from "@steepest/formats";
import { expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { filesOf, folderWith, tiny } from "../support/study.js";

const wave = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => ((i * 7) % 11) / 8 - 0.6);
const start = safetensorsBytes({
  metadata: {},
  tensors: { "0.weight": { shape: [6, 4], values: wave(24) }, "2.weight": { shape: [1, 6], values: wave(6) } },
});
const definition = {
  ...tiny,
  seeds: [0],
  claims: [],
  network: { ...tiny.network, init: { file: "start.safetensors" } },
  arms: { gradient: tiny.arms.gradient, half: { ...tiny.arms.gradient, init: { file: "start.safetensors", scale: 0.5 } } },
};

test("a run that starts at a file has the same name in every folder, goes on, and is certified only while the file is there", async () => {
  const cwd = folderWith(definition);
  writeFileSync(join(cwd, "start.safetensors"), start);
  const first = await steepest(["run", "tiny.json"], { cwd });
  expect(first.code).toBe(0);
  const made = filesOf(cwd, "rows.jsonl");
  expect(Object.keys(made)).toHaveLength(2);
  const elsewhere = join(cwd, "elsewhere");
  mkdirSync(elsewhere);
  for (const name of ["tiny.json", "start.safetensors"]) cpSync(join(cwd, name), join(elsewhere, name));
  await steepest(["run", "elsewhere/tiny.json", "--runs", "others"], { cwd });
  expect(filesOf(cwd, "rows.jsonl", "others/tiny")).toEqual(made);
  const longer = await steepest(["run", "tiny.json", "--set", "stop.steps=80", "--progress", "json"], { cwd });
  expect(longer.stderr.match(/"event":"resume"/g)).toHaveLength(2);
  const whole = await steepest(["run", "tiny.json", "--set", "stop.steps=80", "--runs", "others", "--checkpoint", "never", "--fresh"], {
    cwd,
  });
  expect([longer.code, whole.code]).toEqual([0, 0]);
  expect(filesOf(cwd, "rows.jsonl")).toEqual(filesOf(cwd, "rows.jsonl", "others/tiny"));
  const [name] = readdirSync(join(cwd, "runs/tiny")).filter((one) => one.startsWith("half"));
  const certified = await steepest(["certify", `runs/tiny/${name}`], { cwd });
  expect(certified.stderr).toBe("");
  const written = JSON.parse(readFileSync(join(cwd, "runs/tiny", name!, "definition.json"), "utf8")) as {
    network: { init: { facts: { sha256: string } } };
  };
  rmSync(join(cwd, "start.safetensors"));
  const without = await steepest(["certify", `runs/tiny/${name}`], { cwd });
  expect(without.code).toBe(3);
  expect(without.stderr).toContain(`the initial weights are those of the SHA-256 ${written.network.init.facts.sha256}`);
}, 60_000);
