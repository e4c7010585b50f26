// The promise of docs/extending.md: in a copy of the workspace its programs build, pass the laws and the tests over every member without an edit of a test, and
// touch no more than is said; and a norm, an optimiser or a layer that is wrong is caught by the same tests.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { changesOf, edited, sizeOf } from "./extension.mjs";
import { copyWorkspace } from "./workspaceCopy.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * New files, and registries with one line each beside its import, that each change may take. The factory of an optimiser or a layer is public: the registry that
 * imports it also exports it.
 */
const promised = {
  "A norm": { files: 1, edited: 1, lines: 1, imports: 1, names: 0 },
  "An optimiser": { files: 2, edited: 2, lines: 2, imports: 2, names: 1 },
  "A data set": { files: 1, edited: 1, lines: 1, imports: 1, names: 0 },
  "An experiment": { files: 1, edited: 1, lines: 1, imports: 1, names: 0 },
  "A layer": { files: 2, edited: 2, lines: 2, imports: 2, names: 1 },
};

/** Tests over registries, by file with the new member that tests of their own must name: those with some names, and whole files. */
const suites = [
  {
    names:
      "channel scale|channelScale|layers of the core|layerMax|quasi-hyperbolic|quasiHyperbolic|sparseParity|every member|every law|what it is|on definition|every data set|menu of",
    files: {
      "packages/core/test/norm/norm.test.ts": "layerMax",
      "packages/core/test/norm/normSizes.test.ts": "layerMax",
      "packages/core/test/network/layers.test.ts": "channel scale",
      "packages/core/test/network/layeredPasses.test.ts": "channel scale",
      "packages/core/test/network/sampleGradient.test.ts": "channel scale",
      "packages/core/test/check/unknownOptions.test.ts": "channelScale",
      "packages/core/test/optimizer/optimizers.test.ts": "quasi-hyperbolic",
      "packages/experiments/test/agreement.test.ts": "quasiHyperbolic",
      "packages/experiments/test/definition/schema.test.ts": "",
      "packages/experiments/test/definition/sizes.test.ts": "sparseParity",
      "packages/web/test/setup/optimizerMenu.test.ts": "quasi-hyperbolic",
    },
  },
  {
    files: {
      "packages/core/test/margin/margin.test.ts": "",
      "packages/experiments/test/registries.test.ts": "",
      "packages/experiments/test/dataset/datasetFiles.test.ts": "sparseParity",
      "packages/experiments/test/catalog/catalog.test.ts": "sparse-parity",
      "packages/experiments/test/definition/parse.test.ts": "",
      "packages/web/test/setup/choices.test.ts": "sparseParity",
      "packages/browser/test/message/sendable.test.ts": "quasi-hyperbolic",
    },
  },
];

/** Faults that must be caught: the line of the document's program, the line instead, and the test file that has to fail with which words. */
const faults = [
  {
    what: "a norm whose lmo is not steepest",
    path: "packages/core/src/norm/layers.ts",
    right: "for (const { offset, length } of layers) euclideanLmo(kernels, entryOf(g, offset), entryOf(out, offset), length);",
    wrong: "for (const { offset, length } of layers) kernels.lmoL1(entryOf(g, offset), entryOf(out, offset), length);",
    test: "packages/core/test/norm/norm.test.ts",
    names: "layerMax",
  },
  {
    what: "an optimiser that remembers without the loss frame",
    path: "packages/core/src/optimizer/quasiHyperbolic.ts",
    right: 'memory: lionMemory({ beta1: requireDecay("momentum", momentum) * requireDecay("share", share), beta2: momentum }),',
    wrong: "memory: unframed(momentum, share),",
    append: `
/** Sums the gradients of risks that it does not know, as a program without the loss frame does. */
function unframed(momentum: number, share: number): Memory {
  const memory = lionMemory({ beta1: momentum * share, beta2: momentum });
  return {
    ...memory,
    bind: (context) => {
      const { value, update } = memory.bind(context);
      return { value, update: ({ frame }) => update({ frame, logMemory: 0, logGain: Math.max(frame, -700) }) };
    },
  };
}
`,
    imports: 'import type { Memory } from "./memory/memory.js";\n',
    test: "packages/core/test/optimizer/optimizers.test.ts",
    names: "quasi-hyperbolic",
  },
  {
    what: "a layer whose gradient forgets samples",
    path: "packages/core/src/layer/channelScale.ts",
    right: "out[c]! += kernels.dot(x + offset, dz + offset, positions);",
    wrong: "out[c] = kernels.dot(x + offset, dz + offset, positions);",
    test: "packages/core/test/network/layers.test.ts",
    names: "channel scale",
  },
  {
    what: "a layer that passes gradients on as they are",
    path: "packages/core/src/layer/channelScale.ts",
    right: "eachChannel(n, (offset, c) => kernels.scale(dz + offset, dx + offset, positions, weights[c]!));",
    wrong: "eachChannel(n, (offset, c) => kernels.scale(dz + offset, dx + offset, positions, weights[c]! > 0 ? 1 : 1));",
    test: "packages/core/test/network/layers.test.ts",
    names: "channel scale",
  },
  {
    what: "a layer of another degree than it says",
    path: "packages/core/src/layer/channelScale.ts",
    right: "    degree: 1,",
    wrong: "    degree: 2,",
    test: "packages/core/test/network/layers.test.ts",
    names: "channel scale",
  },
];

const problems = [];
const copy = copyWorkspace(root);
const at = (path) => join(copy, path);

function run(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", CI: "1" },
  });
  return { passes: status === 0, said: `${stdout}${stderr}` };
}

const bin = (name, script) => at(join("node_modules", name, script));
/** The tests that passed and failed in these files, of those with such names: [file, full name, first line of the failure]. */
function vitest(files, names) {
  const report = at("extension-report.json");
  rmSync(report, { force: true });
  const filter = names ? ["-t", names] : [];
  const { said } = run([
    bin("vitest", "vitest.mjs"),
    "run",
    ...files,
    ...filter,
    "--maxWorkers=2",
    "--reporter=json",
    `--outputFile=${report}`,
  ]);
  if (!existsSync(report)) throw new Error(`vitest wrote no report: ${said.slice(-2000)}`);
  const results = JSON.parse(readFileSync(report, "utf8")).testResults.map(({ name, ...result }) => ({
    ...result,
    file: relative(copy, name),
  }));
  const broken = results.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((one) => one.status === "failed"),
  );
  if (broken.length > 0) throw new Error(`${broken[0].file} does not run: ${broken[0].message}`);
  const ended = (status) =>
    results.flatMap(({ file, assertionResults }) =>
      assertionResults
        .filter((one) => one.status === status)
        .map(({ fullName, failureMessages }) => ({ file, name: fullName, failure: failureMessages[0]?.split("\n")[0] })),
    );
  return { passed: ended("passed"), failed: ended("failed") };
}

function apply(changes) {
  for (const [name, steps] of changes) {
    for (const { path, text, edits } of steps) {
      if (text !== undefined && existsSync(at(path))) problems.push(`${name}: ${path} is there already`);
      const before = () => readFileSync(at(path), "utf8");
      writeFileSync(at(path), text ?? edits.reduce((made, edit) => edited(made, edit, path), before()));
    }
    const size = sizeOf(steps);
    const most = promised[name];
    const { files, lines, imports, names } = size;
    console.log(
      `extension: ${name}: ${files} new files; ${lines} lines, ${imports} imports, ${names} public names in ${size.edited} registries`,
    );
    if (most && Object.keys(most).some((count) => size[count] > most[count])) {
      problems.push(`${name}: more than ${JSON.stringify(most)}: ${JSON.stringify(size)}`);
    }
    for (const { path } of steps) if (/\/test\//.test(path) && most) problems.push(`${name}: ${path} is a test`);
  }
}

try {
  const changes = [...changesOf(readFileSync(join(root, "docs", "extending.md"), "utf8"))];
  for (const name of Object.keys(promised)) {
    if (!changes.some(([heading]) => heading === name)) problems.push(`docs/extending.md has no program under "${name}"`);
  }
  const members = changes.filter(([name]) => promised[name]);
  apply(members);

  const build = run([bin("typescript", "bin/tsc"), "--build"]);
  if (!build.passes) problems.push(`does not build:\n${build.said}`);
  const types = run([bin("typescript", "bin/tsc"), "-p", "tsconfig.test.json"]);
  if (!types.passes) problems.push(`a test does not compile without an edit:\n${types.said}`);
  const paths = members.flatMap(([, steps]) => steps);
  const registries = paths.filter(({ edits }) => edits).map(({ path }) => path);
  run([bin("@biomejs/biome", "bin/biome"), "check", "--write", ...registries]); // puts imports in order, as pnpm run format does
  const added = paths.map(({ path }) => path);
  const lint = run([bin("@biomejs/biome", "bin/biome"), "check", "--colors=off", ...added]);
  if (!lint.passes) problems.push(`is not formatted:\n${lint.said}`);
  const structure = run([at("tools/structure-check.mjs")]);
  if (!structure.passes) problems.push(structure.said);

  for (const file of suites.flatMap(({ files }) => Object.keys(files))) {
    if (!existsSync(at(file))) problems.push(`there is no ${file}: name the place to which it moved in tools/extension-check.mjs`);
  }
  for (const { names, files } of problems.length > 0 ? [] : suites) {
    const { passed, failed } = vitest(Object.keys(files), names);
    for (const [file, member] of Object.entries(files)) {
      const here = passed.filter((test) => test.file === file && test.name.includes(member));
      console.log(`extension: ${file}: ${here.length} tests passed${member && ` of ${member}`}`);
      if (here.length === 0) problems.push(`${file}: no test of ${member || "this name"} was run and passed`);
    }
    problems.push(...failed.map(({ file, name, failure }) => `${file}: ${name}: ${failure}`));
  }

  const study = problems.length > 0 ? undefined : run([at("packages/cli/dist/main.js"), "reproduce", "sparse-parity", "--quick"]);
  if (study) console.log(`extension: steepest reproduce sparse-parity --quick: ${/.* claims hold/.exec(study.said)?.[0]}`);
  if (study && !study.passes) problems.push(`the experiment does not hold:\n${study.said}`);

  for (const { what, path, right, wrong, append = "", imports = "", test, names } of problems.length > 0 ? [] : faults) {
    const text = readFileSync(at(path), "utf8");
    if (text.split(right).length !== 2) problems.push(`${path}: the line to spoil does not stand there once: ${right}`);
    writeFileSync(at(path), imports + text.replace(right, wrong) + append);
    const { failed } = vitest([test], names);
    writeFileSync(at(path), text);
    console.log(`extension: ${what}: ${failed.length} tests fail, the first: ${failed[0]?.name}`);
    if (failed.length === 0) problems.push(`${what} is not caught by ${test}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}

for (const problem of problems) console.error(`extension: ${problem}`);
process.exit(problems.length > 0 ? 1 : 0);
