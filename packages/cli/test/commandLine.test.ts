import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { steepest } from "./support/steepest.js";
import { folderWith, temporaryFolder } from "./support/study.js";

const run = (...settings: string[]) => ["run", "tiny.json", ...settings.flatMap((setting) => ["--set", setting])];
const known = "known: id, source, question, dataset, network, loss, arms, seeds, stop, record, claims, figure";

test.each([
  [["runn"], "error unknown command 'runn'\nhint: did you mean run?\n"],
  [["run", "tiny.json", "--sed", "1"], "error unknown option '--sed'\nhint: did you mean one of --seed, --set?\n"],
  [
    ["run"],
    "error run: expected <definition>, got none\nhint: definition: catalog id, path of a JSON file, or - for the standard input; e.g. steepest run teacher-student-small --seed 0\n",
  ],
  [
    ["show"],
    "error show: expected <target>, got none\nhint: target: catalog id, path of a JSON file, - for the standard input, or the folder of a run; e.g. steepest show teacher-student-small > mine.json && steepest run mine.json\n",
  ],
  [
    ["certify"],
    "error certify: expected <target...>, got none\nhint: target: folders of runs, whose ends are made again where they are not kept, or files of weights: .weights.json, or .safetensors and .npz with --definition; e.g. steepest certify runs/teacher-student/gradient-s0-* --out certificates\n",
  ],
  [
    ["certify", "--norm"],
    "error --norm: expected <norm>, got none\nhint: l2, linf, lp(3), an expression in JSON, ...; repeatable; by default that of the run's optimiser, l2 for weights\n",
  ],
  [
    ["serve", "here", "there"],
    "error too many arguments for 'serve'. Expected 1 argument but got 2.\nhint: usage: steepest serve [options] [dir]\n",
  ],
  [
    ["list", "nroms"],
    'error list: must be one of experiments, norms, optimizers, steps, losses, networks, layers, datasets, probes, got "nroms"\nhint: did you mean "norms"?\n',
  ],
  [["run", "tiny.json", "--seed", "-1"], "error --seed: must be an integer >= 0, a range as 0-4, or a list as 0,2,5-9, got -1\n"],
  [["run", "tiny.json", "--threads", "0"], "error --threads: must be an integer from 1 to 1024, got 0\n"],
  [
    ["run", "tiny.json", "--progress", "jsn"],
    'error --progress: must be one of auto, plain, json, none, got "jsn"\nhint: did you mean "json"?\n',
  ],
  [
    ["run", "mnist-3v"],
    'error mnist-3v: neither an experiment of the catalog nor a definition file that can be read\nhint: did you mean "mnist-3v6"?\n',
  ],
  [["reproduce", "teacher-studnet"], 'error teacher-studnet: no experiment of the catalog\nhint: did you mean "teacher-student"?\n'],
  [run("arms.gradient.step.size=0"), "error arms.gradient.step.size: must be finite and > 0, got 0\n"],
  [run("arms.gradient.step.size=NaN"), 'error arms.gradient.step.size: must be finite and > 0, got "NaN"\nhint: e.g. "size": 0.01\n'],
  [run("arms.gradient.step.sise=1"), 'error arms.gradient.step.sise: unknown key\nhint: did you mean "size"?\n'],
  [
    run("arms.gradien.step.size=1"),
    'error --set arms.gradien.step.size: there is nothing at "gradien" to set a part of\nhint: did you mean "gradient"?\n',
  ],
  [run("garbage"), 'error --set: must be path=value, got "garbage"\nhint: e.g. --set stop.steps=1000\n'],
  [run("claims[0].best=snig"), 'error claims[0]: there is no arm "snig"\nhint: did you mean "sign"?\n'],
  [run("__proto__.x=1"), `error --set __proto__.x: there is nothing at "__proto__" to set a part of\nhint: ${known}\n`],
  [run("__proto__=1"), `error __proto__: unknown key\nhint: ${known.replace("id", "$schema, id")}\n`],
  [
    run("network.init.scale=0"),
    "error network.init.scale: must be > 0 for a network of degree 2, got 0\nhint: theta = 0 is a stationary point: the gradient vanishes there and training can never start\n",
  ],
])("steepest %j is refused with exit code 2 before anything is written", async (args, stderr) => {
  const cwd = folderWith();
  expect(await steepest(args, { cwd })).toEqual({ code: 2, signal: null, stdout: "", stderr });
  expect(existsSync(join(cwd, "runs"))).toBe(false);
});

test.each([
  [
    "{ not json",
    /^error bad\.json: not valid JSON in line 1, column 3: "not" is no value of JSON\nhint: keys and texts stand in double quotes\n$/,
  ],
  ["[1, 2]", /^error bad\.json: must hold a JSON object, the definition\n$/],
  [
    "{}",
    /^error definition: id, dataset, network, loss, arms, seeds, stop and record are missing\nhint: e\.g\. "id": "my-experiment", "dataset": .+\n$/,
  ],
])("a definition file that holds %j is refused with exit code 2", async (text, stderr) => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "bad.json"), text);
  const result = await steepest(["run", "bad.json"], { cwd });
  expect(result).toMatchObject({ code: 2, stdout: "" });
  expect(result.stderr).toMatch(stderr);
});

test("without a command the help goes to stderr, with exit code 2", async () => {
  const { code, stdout, stderr } = await steepest([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^Usage: steepest/);
});

describe("a mistake on the command line is answered with what to write", () => {
  test.each([
    [["run", "tiny.json", "--quick"], "error unknown option '--quick'\nhint: --quick is an option of steepest reproduce\n"],
    [
      ["run", "tiny.json", "--epochs", "3"],
      "error unknown option '--epochs'\nhint: steepest COMMAND --help lists the options of a command\n",
    ],
    [
      ["train", "tiny.json"],
      "error unknown command 'train'\nhint: commands: init, run, reproduce, list, show, diff, figure, export, query, schema, check, maxmargin, measure, certify, serve, doctor, completion, version\n",
    ],
  ])("%j", async (args, stderr) => {
    expect(await steepest(args, { cwd: folderWith() })).toEqual({ code: 2, signal: null, stdout: "", stderr });
  });

  test.each([
    ["./mine.py", 'asked as a process: --subject "exec:python3 ./mine.py"'],
    ["python3 mine.py l2", 'asked as a process: --subject "exec:python3 mine.py l2"'],
    ["./none.mjs", "a module is given by its path, and its default export is the subject"],
  ])("check --subject %s", async (subject, hint) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "mine.py"), "print(1)\n");
    const { code, stderr } = await steepest(["check", "--subject", subject], { cwd });
    expect({ code, hint: stderr.split("\nhint: ")[1] }).toEqual({ code: 2, hint: expect.stringContaining(hint) });
  });
});

test("version prints what --version does", async () => {
  const { stdout } = await steepest(["--version"]);
  expect(await steepest(["version"])).toMatchObject({ code: 0, stdout, stderr: "" });
});

test("--version prints the package's", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await steepest(["--version"])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
});

test("--help names the commands and the exit codes", async () => {
  const { code, stdout } = await steepest(["--help"]);
  expect(code).toBe(0);
  for (const command of ["run", "reproduce", "list", "schema"]) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, "m"));
  expect(stdout).toContain("Exit codes: 0 done, 1 claimFailed, 2 usage, 3 badData, 4 diverged");
});
