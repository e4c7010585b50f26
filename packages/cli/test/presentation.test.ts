import { PassThrough } from "node:stream";
import type { TrainWarning } from "@steepest/core";
import type { PlannedRun } from "@steepest/experiments";
import { afterEach, describe, expect, test, vi } from "vitest";
import { jsonText } from "../src/jsonText.js";
import { lineWidth, wrapped } from "../src/lineWidth.js";
import { jsonProgress } from "../src/progress/json.js";
import { LiveRun } from "../src/progress/liveRun.js";
import { plainProgress } from "../src/progress/plain.js";
import { outcomeText, type Progress, warningText } from "../src/progress/progress.js";
import { terminalProgress } from "../src/progress/terminal.js";
import { table } from "../src/table.js";
import { warningLines } from "../src/warnings.js";

describe("a table", () => {
  const head = ["claim", "measured"];
  const rows = [
    ["gradient: margin.l2 at the end", "0.1481 .. 0.1513, next best 0.09393 .. 0.1001"],
    ["sign", "1"],
  ];

  test("keeps every cell in one line where nothing limits it", () => {
    expect(table(head, rows, { available: Number.POSITIVE_INFINITY })).toBe(
      `claim                           measured
gradient: margin.l2 at the end  0.1481 .. 0.1513, next best 0.09393 .. 0.1001
sign                            1`,
    );
  });

  test("folds its widest column so that no line is longer than the terminal", () => {
    const text = table(head, rows, { available: 60 });
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text.split("\n").slice(1, 3)).toEqual([
      "gradient: margin.l2 at the     0.1481 .. 0.1513, next best",
      "end                            0.09393 .. 0.1001",
    ]);
  });

  test("never breaks a word, however narrow the terminal", () => {
    const words = table(head, rows, { available: 10 }).split(/\s+/);
    for (const word of rows.flat().flatMap((cell) => cell.split(" "))) expect(words).toContain(word);
  });

  test("whose first columns name the row becomes several tables, each with the names", () => {
    const numbers = [
      ["sign", "0", "log risk at step 81", "-16.38", "1.068e-6", "288.3"],
      ["adam", "0", "step 1000", "-9.194", "1.074e-6", "256.5"],
    ];
    const named = ["arm", "seed", "ended", "logRisk (sum)", "margin.l1", "margin.linf"];
    expect(table(named, numbers, { available: 60, names: 2 })).toBe(
      `arm   seed  ended                logRisk (sum)  margin.l1
sign  0     log risk at step 81  -16.38         1.068e-6
adam  0     step 1000            -9.194         1.074e-6

arm   seed  margin.linf
sign  0     288.3
adam  0     256.5`,
    );
    expect(table(named, numbers, { available: 70, names: 2 }).split("\n")).toHaveLength(3);
    expect(table(named, numbers, { available: 69, names: 2 }).split("\n\n")).toHaveLength(2);
  });

  test("that would be folded to a thread stands row by row", () => {
    const source = "Tsilivis et al., JMLR 27 (2026), section 4, while epsilon is negligible; l2 once epsilon dominates the second moments";
    const text = table(
      ["arm", "expects", "largest", "source"],
      [
        ["adam-.9-.99-1e-8", "margin.linf", "not judged: too early", source],
        ["sign", "margin.linf", "yes", "theorem 1"],
      ],
      { available: 60 },
    );
    expect(text).toBe(`arm: adam-.9-.99-1e-8
expects: margin.linf
largest: not judged: too early
source: Tsilivis et al., JMLR 27 (2026), section 4, while
  epsilon is negligible; l2 once epsilon dominates the
  second moments

arm: sign
expects: margin.linf
largest: yes
source: theorem 1`);
  });

  test("has its header alone where there are no rows", () => expect(table(head, [], { available: 80 })).toBe("claim  measured"));
});

describe("a line", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("is as wide as the terminal; elsewhere as COLUMNS says, or without end", () => {
    vi.stubEnv("COLUMNS", undefined);
    expect(lineWidth({ isTTY: true, columns: 93 })).toBe(93);
    expect(lineWidth({ isTTY: false, columns: 93 })).toBe(Infinity);
    for (const [said, width] of [
      ["72", 72],
      ["0", Infinity],
      ["wide", Infinity],
      ["", Infinity],
      ["-5", Infinity],
    ] as const) {
      vi.stubEnv("COLUMNS", said);
      expect(lineWidth({ isTTY: false, columns: 93 }), said).toBe(width);
      expect(lineWidth({ isTTY: true, columns: 93 })).toBe(93);
    }
  });

  test("of prose is cut between words and goes on indented; a longer word stays whole", () => {
    expect(wrapped("one two three four", 18)).toBe("one two three four");
    expect(wrapped("one two three four", 12)).toBe("one two\n  three four");
    expect(wrapped("one twothreefour five", 8)).toBe("one\n  twothreefour\n  five");
  });
});

describe("the line of a run under way", () => {
  const live = (): LiveRun => {
    const run = { arm: "adam-.9-.99-1e-8", seed: 0, run: { stop: { steps: 5000 } } } as unknown as PlannedRun;
    const line = new LiveRun(run, 0);
    line.row({ step: 100, logRisk: -1, trainAccuracy: 0.99, "margin.l1": 1e-7, "margin.l2": 0.05, "margin.linf": 300, alignment: 0.4 });
    line.row({
      step: 340,
      logRisk: -5.4412,
      trainAccuracy: 1,
      "margin.l1": 9.149e-7,
      "margin.l2": 0.05,
      "margin.linf": 282.4,
      alignment: 0.4663,
    });
    return line;
  };

  test("says the step, log risk, accuracy, margins with their trend, alignment, speed and the time left at most", () => {
    expect(live().text(10_000)).toBe(
      "adam-.9-.99-1e-8 s0  step 340  log risk -5.44  accuracy 100 %  margin l1 9.15e-7↑ l2 0.05= linf 282↓  alignment 0.466  34 steps/s  <= 3 min left",
    );
  });

  test("leaves out what has no value", () => {
    const run = { arm: "sign", seed: 0, run: { stop: {} } } as unknown as PlannedRun;
    const line = new LiveRun(run, 0);
    line.row({ step: 1, logRisk: Number.NaN, "margin.l1": Number.NaN, "margin.l2": 2, alignment: Number.NaN });
    expect(line.text(1000)).toBe("sign s0  step 1  margin l2 2=  1 steps/s");
  });

  test("leaves out whole fields where the terminal is narrow, the least important first", () => {
    expect(live().text(10_000, 120)).toBe(
      "adam-.9-.99-1e-8 s0  step 340  log risk -5.44  accuracy 100 %  margin l1 9.15e-7↑ l2 0.05= linf 282↓  <= 3 min left",
    );
    expect(live().text(10_000, 50)).toBe("adam-.9-.99-1e-8 s0  step 340  log risk -5.44");
    expect(live().text(10_000, 20)).toBe("adam-.9-.99-1e-8 s0…");
  });
});

test("plain progress speaks at powers of two from 1024 on and when a run ends, in whole lines", () => {
  const stream = new PassThrough();
  const run = { arm: "sign", seed: 3, run: { stop: { steps: 5000 } } } as unknown as PlannedRun;
  const progress = plainProgress(stream);
  progress.begin({ total: 1, reused: 0 });
  progress.start(run);
  for (let step = 0; step <= 5000; step += 100) progress.step(run, step, -1);
  progress.finish(run, { kind: "diverged", step: 5001, what: "scores" });
  progress.finish(run, { kind: "diverged", step: 7, what: "underflow" });
  progress.end();
  const text = String(stream.read());
  expect(text.split("\n").map((line) => line.replace(/ {2}\d+ steps\/s.*$/, ""))).toEqual([
    "1 run",
    "sign s3  step 1100  log risk -1",
    "sign s3  step 2100  log risk -1",
    "sign s3  step 4100  log risk -1",
    "sign s3  diverged at step 5001 (scores no longer finite)",
    "sign s3  diverged at step 7 (the gradient is 0 only because no double is so small)",
    "",
  ]);
});

describe("a warning", () => {
  const run = { arm: "sign", seed: 0 } as unknown as PlannedRun;
  const chatter = { kind: "warning", what: "chatter", step: 120, value: 3.1, advice: "use a smaller size or marginPaced" } as const;
  const line =
    "warning sign s0: at step 120 a step changes sample margins by up to 3.1 (chatter): own margins may fall; use a smaller size or marginPaced";

  test.each([
    [chatter, line],
    [
      { kind: "warning", what: "deadSamples", step: 9, value: 1, advice: "use a wider network or another initialisation" },
      "warning sign s0: at step 9 1 sample is dead (score and gradient 0): no step can change that; use a wider network or another initialisation",
    ],
    [
      { kind: "warning", what: "deadSamples", step: 9, value: 2, advice: "remove what is 0 in every input" },
      "warning sign s0: at step 9 2 samples are dead (score and gradient 0): no step can change that; remove what is 0 in every input",
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

describe("JSON", () => {
  const value = { b: [1, [], {}, null, "x\n", undefined], a: { c: true, d: undefined, e: [{ f: 1e-7 }] }, é: "" };

  test("is what JSON.stringify makes of plain data, indented or in one line", () => {
    expect(jsonText(value)).toBe(JSON.stringify(value, null, 2));
    expect(jsonText(value, 0)).toBe(JSON.stringify(value));
    for (const simple of [[], {}, 1, "a", true, null]) expect(jsonText(simple)).toBe(JSON.stringify(simple, null, 2));
  });

  test("keeps -0, and has NaN and infinities as strings", () => {
    expect(jsonText([-0, Number.NaN, Infinity, -Infinity], 0)).toBe('[-0.0,"NaN","Infinity","-Infinity"]');
    expect(JSON.parse(jsonText({ last: { alignment: -0 } }))).toEqual({ last: { alignment: -0 } }); // toEqual tells -0 from 0
  });
});

test.each([
  [{ kind: "stalled", step: 7 }, "stalled at step 7: no smaller step is accepted"],
  [{ kind: "finished", step: 7, reason: "steps" }, "finished at step 7"],
] as const)("%o is told as: %s", (outcome, text) => expect(outcomeText(outcome)).toBe(text));
