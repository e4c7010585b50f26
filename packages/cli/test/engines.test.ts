import { realpathSync } from "node:fs";
import { expect, test } from "vitest";
import { steepest } from "./support/steepest.js";
import { filesOf, folderWith, tiny } from "./support/study.js";

/** The user's Node: `npm test` runs the tests on the tools' Node and names here the one that it was called with. */
const other = process.env.CONSUMER_NODE;
const why =
  other === undefined
    ? "CONSUMER_NODE is not set"
    : realpathSync(other) === realpathSync(process.execPath)
      ? "CONSUMER_NODE is the Node that runs the tests"
      : undefined;

const { gradient, sign } = tiny.arms;
const definition = {
  ...tiny,
  arms: {
    gradient,
    sign: { ...sign, step: { rule: "marginPaced", c: 1 } },
    phased: {
      ...gradient,
      batch: { size: 5, order: "shuffled" },
      phases: [
        {
          when: "separation",
          optimizer: { kind: "steepest", norm: "l1", normalized: true, smoothing: "alignment" },
          step: { rule: "marginPaced", c: 1 },
        },
      ],
    },
    adam: { optimizer: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }, step: { rule: "powerLaw", size: 0.05, exponent: 0.3 } },
  },
  stop: { steps: 400 },
  record: {
    ...tiny.record,
    probes: ["logRisk", "margin.l1", "margin.l2", "margin.linf", "softMargin.own", "alignment"],
    pointsPerDecade: 16,
  },
};

test.skipIf(why !== undefined)(
  `two versions of Node write the same bytes into rows.jsonl${why === undefined ? "" : ` (skipped: ${why})`}`,
  async () => {
    const cwd = folderWith(definition);
    const args = ["run", "tiny.json", "--progress", "none"];
    expect(await steepest([...args, "--runs", "here"], { cwd })).toMatchObject({ code: 0, stderr: "" });
    expect(await steepest([...args, "--runs", "there"], { cwd, node: other! })).toMatchObject({ code: 0, stderr: "" });
    const rows = filesOf(cwd, "rows.jsonl", "here/tiny");
    expect(Object.keys(rows)).toHaveLength(8);
    expect(filesOf(cwd, "rows.jsonl", "there/tiny")).toEqual(rows);
    const versions = ["here/tiny", "there/tiny"].map((runs) => JSON.parse(Object.values(filesOf(cwd, "environment.json", runs))[0]!).node);
    expect(versions[0]).not.toBe(versions[1]);
  },
);
