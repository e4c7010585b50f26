import { expect, test } from "vitest";
import { ended, start, steepest } from "./support/steepest.js";
import { filesOf, folderWith, tiny } from "./support/study.js";

const { gradient, sign } = tiny.arms;
/** The first arm ends at once, the second needs a second or two. */
const definition = {
  ...tiny,
  seeds: [0],
  stop: { steps: 200_000 },
  arms: { gradient: { ...gradient, stop: { steps: 10 } }, sign: { ...sign, step: { rule: "constant", size: 1e-7 } } },
};
const args = ["run", "tiny.json", "--threads", "1", "--progress", "json"];

test.skipIf(process.platform === "win32").each(["SIGINT", "SIGTERM"] as const)(
  "%s in the middle gives exit code 75, keeps complete runs, leaves no other that looks complete, and the same command goes on",
  async (signal) => {
    const cwd = folderWith(definition);
    const child = start(args, { cwd });
    const result = ended(child);
    let told = "";
    child.stderr!.on("data", (text: string) => {
      told += text;
      if (/"event":"(row|step)","arm":"sign","seed":0,("row":\{)?"step":[1-9]/.test(told) && !child.killed) child.kill(signal); // a second signal would end it at once
    });
    const { code, stdout, stderr } = await result;
    expect({ code, stdout }).toEqual({ code: 75, stdout: "" });
    expect(stderr).toMatch(
      new RegExp(
        `\\nerror interrupted by ${signal}\\nhint: complete runs are kept, and so is where the others were: the same command goes on from there\\n$`,
      ),
    );
    expect(Object.keys(filesOf(cwd, "outcome.json")).map((name) => name.slice(0, -13))).toEqual(["gradient-s0"]);
    expect(Object.keys(filesOf(cwd, "rows.jsonl")).map((name) => name.slice(0, -13))).toEqual(["gradient-s0", "sign-s0"]);
    expect(filesOf(cwd, "owner.json")).toEqual({});

    const again = await steepest(args, { cwd });
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stderr.split("\n")[0]!)).toEqual({ event: "begin", total: 2, reused: 1 });
    expect(again.stderr).toMatch(/"event":"resume","arm":"sign","seed":0,"step":[1-9]/);
    const untouched = folderWith(definition);
    await steepest(args, { cwd: untouched });
    expect(filesOf(cwd, "rows.jsonl")).toEqual(filesOf(untouched, "rows.jsonl"));
  },
  120_000,
);
