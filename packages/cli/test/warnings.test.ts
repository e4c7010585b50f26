import { PassThrough } from "node:stream";
import type { TrainWarning } from "@steepest/core";
import type { PlannedRun } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { jsonProgress } from "../src/progress/json.js";
import { plainProgress } from "../src/progress/plain.js";
import { type Progress, warningText } from "../src/progress/progress.js";
import { terminalProgress } from "../src/progress/terminal.js";
import { warningLines } from "../src/warnings.js";

describe("a warning", () => {
  const run = { arm: "sign", seed: 0 } as unknown as PlannedRun;
  const chatter = { kind: "warning", what: "chatter", step: 120, value: 3.1, advice: "use a smaller size or marginPaced" } as const;
  const line =
    "warning sign s0: at step 120 a step changes sample margins by up to 3.1 (chatter): own margins may fall; use a smaller size or marginPaced";

  test.each([
    [chatter, line],
    [
      { kind: "warning", what: "deadSamples", step: 9, value: 1, advice: "use a wider network or another initialisation" },
      "warning sign s0: at step 9 1 sample is dead (score and gradient 0): only steps of other samples can change that; use a wider network or another initialisation",
    ],
    [
      { kind: "warning", what: "deadSamples", step: 9, value: 2, advice: "remove what is 0 in every input" },
      "warning sign s0: at step 9 2 samples are dead (score and gradient 0): only steps of other samples can change that; remove what is 0 in every input",
    ],
    [
      { kind: "warning", what: "underflow", step: 0, value: 2, advice: "start from larger weights or multiply the inputs by a constant" },
      "warning sign s0: at step 0 2 samples have a score or gradient so small that no double holds it; start from larger weights or multiply the inputs by a constant",
    ],
    [
      { kind: "warning", what: "lostUpdates", step: 9, value: 1, advice: "stop earlier or use a larger c" },
      "warning sign s0: at step 9 rounding swallows every step along the gradient; stop earlier or use a larger c",
    ],
    [
      { kind: "warning", what: "softMarginFall", step: 9, value: 0.0671875, advice: "use a smaller tolerance" },
      "warning sign s0: at step 9 the own soft margin, which theory expects to grow, has fallen by 6.719 % of its peak: the steps do not follow the flow; use a smaller tolerance",
    ],
    [
      { kind: "warning", what: "overdecay", step: 9, value: 2.5, advice: "use a smaller c: steps must be at most 1 / decay = 1" },
      "warning sign s0: at step 9 decay has taken 2.5 times the weights in one step: they turn around and leave the ball that it keeps them in; use a smaller c: steps must be at most 1 / decay = 1",
    ],
    [
      { kind: "warning", what: "stagnation", step: 900, value: 450, advice: "use a smaller c, or momentum" },
      "warning sign s0: at step 900 the log risk has gone up and down for 450 steps without falling (stagnation): they undo each other; use a smaller c, or momentum",
    ],
    [
      { kind: "warning", what: "lostUpdates", step: 9, value: 1 } as TrainWarning, // as runs of earlier versions hold it
      "warning sign s0: at step 9 rounding swallows every step along the gradient",
    ],
  ] as const)("%o is one line", (warning, text) => expect(warningText(run, warning)).toBe(text));

  test("of several seeds is one line, spoken by the one with the largest value", () => {
    const warned = (arm: string, seed: number, value: number) => ({ arm, seed, warnings: [{ ...chatter, value }] });
    const dead = { kind: "warning", what: "deadSamples", step: 9, value: 1, advice: "" } as const;
    const lines = warningLines([
      warned("sign", 0, 1),
      { ...warned("sign", 1, 3.1), warnings: [{ ...chatter, value: 3.1 }, dead] },
      warned("sign", 2, 2),
      warned("adam", 1, 4),
    ]);
    expect(lines.map((text) => text.slice(0, text.indexOf(":")))).toEqual([
      "warning sign s1 (s0, s2 too)",
      "warning sign s1",
      "warning adam s1",
    ]);
    expect(lines[0]).toContain("up to 3.1 (chatter)");
    expect(lines[1]).toContain("1 sample is dead");
  });

  test("is a line of plain progress, an object of JSON progress, and a lasting line above the live ones", () => {
    const spoken = (make: (stream: PassThrough) => Progress): string => {
      const stream = new PassThrough();
      make(stream).warn(run, chatter);
      return String(stream.read());
    };
    const { kind: _, ...told } = chatter;
    expect(spoken(plainProgress)).toBe(`${line}\n`);
    expect(JSON.parse(spoken(jsonProgress))).toEqual({ event: "warning", arm: "sign", seed: 0, ...told });
    const terminal = spoken((stream) =>
      terminalProgress(Object.assign(stream, { columns: 80, rows: 24 }) as unknown as NodeJS.WriteStream),
    );
    expect(terminal).toContain(
      "warning sign s0: at step 120 a step changes sample margins by up to 3.1\n  (chatter): own margins may fall; use a smaller size or marginPaced\n",
    );
  });
});
