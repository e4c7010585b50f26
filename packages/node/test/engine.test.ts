import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { certify } from "@steepest/certificates";
import {
  constant,
  type LabelledData,
  losses,
  marginPaced,
  mlp,
  norms,
  plainNorm,
  steepestDescent,
  type TrainOptions,
  type TrainPoint,
  type TrainWarning,
  train,
} from "@steepest/core";
import { abiVersion, binaryUrl } from "@steepest/kernels";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createEngine, type Engine, type EngineOptions } from "../src/engine.js";
import { refusal } from "./support/refusal.js";
import { temporaryFolder } from "./support/temporaryFolder.js";

const data: LabelledData = { inputs: Float64Array.of(1, 2, -1, 0.5, 2, -1, -2, -1), labels: [1, -1, 1, -1], inputDim: 2 };
const options: TrainOptions = {
  network: mlp({ widths: [2, 8, 1], activation: "relu" }),
  data,
  loss: losses.exponential,
  optimizer: steepestDescent({ norm: norms.linf, normalized: true, smoothing: "none" }),
  step: marginPaced({ c: 0.25 }),
  init: { law: "uniformFanIn", scale: 0.1 },
  seed: 7,
};

async function engineFor(more?: EngineOptions): Promise<Engine> {
  const engine = await createEngine(more);
  onTestFinished(() => engine[Symbol.asyncDispose]());
  return engine;
}

async function all(points: AsyncGenerator<TrainPoint, unknown>): Promise<TrainPoint[]> {
  const seen: TrainPoint[] = [];
  for await (const point of points) seen.push(point);
  return seen;
}

describe("the example of the documentation", () => {
  test("runs until a risk below 1e-1000 and certifies the direction", async () => {
    const engine = await engineFor();
    const run = engine.train(options);
    let last: TrainPoint | undefined;
    for await (const point of run.points({ perDecade: 32 })) {
      last = point;
      if (point.logRisk < -2302.6) break;
    }
    expect(last!.logRisk).toBeLessThan(-2302.6);
    expect(last!.ownNorm).toBe("linf");
    expect(run.outcome).toBeUndefined();
    const kktResidual = await run.kktResidual("linf");
    expect(kktResidual.norm).toBe("linf");
    expect(kktResidual.margin).toBe(last!.margin.linf);
    expect(kktResidual.stationarity).toBe(1 - last!.alignment);
    expect(await run.kktResidual(norms.linf)).toEqual(kktResidual);
    expect((await run.parameters()).length).toBe(2 * 8 + 8);
  });
});

describe("run.certificate", () => {
  const stop = { logRiskBelow: -40, steps: 20_000 };
  const networkDefinition = { kind: "mlp", hidden: [8], activation: "relu" };

  test("gives the document of certify at the weights of the moment, with bounds above the multipliers of training", async () => {
    const engine = await engineFor();
    const run = engine.train({ ...options, stop });
    await all(run.points({ perDecade: 1 }));
    for (const norm of [norms.linf, norms.l2, norms.spectral]) {
      const answer = await run.certificate(norm.id, { networkDefinition, kinks: 0 });
      if (answer.kind !== "certified") throw new Error("no margin");
      const question = { network: options.network, data: options.data as LabelledData, weights: await run.parameters(), kinks: 0 };
      const direct = await certify({ ...question, norm, kernels: engine.kernels, networkDefinition });
      const { kappa: of, dualNorm } = (direct as typeof answer).document.entries[0]!;
      const { kappa, ...rest } = answer.document.entries[0]!;
      expect(kappa[1]! / kappa[0] - 1).toBeLessThan(2e-6);
      expect([kappa[0] <= of[1]!, of[0] <= kappa[1]!]).toEqual([true, true]); // another start, the same number
      expect(rest.dualNorm[1] / dualNorm[1] - 1).toBeCloseTo(0, 5);
      expect(kappa[1]).toBeGreaterThanOrEqual((await run.kktResidual(norm)).tangentMarginRatio * (1 - 1e-12));
      expect(JSON.parse(answer.text)).toMatchObject({ norm: norm.id, network: networkDefinition });
      expect(await run.certificate(norm, { networkDefinition, kinks: 0 })).toEqual(answer);
    }
  });

  test("polishes towards a larger margin on demand, and certifies what the run does not track", async () => {
    const run = (await engineFor()).train({ ...options, track: [norms.l2], stop: { ...stop, logRiskBelow: -5 } });
    await all(run.points({ perDecade: 1 }));
    const { polished } = await run.certificate("lp(3)", { polish: 3, kinks: 0 });
    expect(polished!.after).toBeGreaterThan(polished!.before);
    expect(polished!.certification.kind).toBe("certified");
    expect(await run.certificate({ lp: 3 }, { polish: 3, kinks: 0 })).toMatchObject({ polished: { after: polished!.after } });
  });

  test("finds a norm of the user's own by its id", async () => {
    const mine = plainNorm({
      id: "mine",
      norm: (x) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0)),
      dualNorm: (g) => Math.sqrt(g.reduce((sum, v) => sum + v * v, 0)),
      lmo: (g) => g.map((v) => -v / (Math.sqrt(g.reduce((sum, w) => sum + w * w, 0)) || 1)),
      projectBall: (x, radius) => x.map((v) => v * Math.min(1, radius / Math.sqrt(x.reduce((sum, w) => sum + w * w, 0)))),
    });
    const run = (await engineFor()).train({ ...options, track: [mine], stop: { ...stop, logRiskBelow: -5 } });
    await all(run.points({ perDecade: 1 }));
    const answer = await run.certificate("mine", { kinks: 0 });
    expect(answer).toMatchObject({ kind: "certified", document: { norm: "mine", rounding: "estimated" } });
  });

  test("says that there is no margin yet, and refuses what has no meaning", async () => {
    const run = (await engineFor()).train(options);
    expect(await run.certificate("l2")).toMatchObject({ kind: "noMargin", sample: expect.any(Number) });
    expect(await refusal(() => run.certificate("l0"))).toMatchObject({ code: "DEFINITION" });
    expect(await refusal(() => run.certificate("l2", { kink: 0 } as object))).toMatchObject({
      code: "DEFINITION",
      hint: "did you mean kinks?",
    });
    expect(await refusal(() => run.certificate("l2", { kinks: 1 }))).toMatchObject({ code: "DEFINITION", path: "kinks" });
    expect(await refusal(() => run.certificate("l2", { polish: 0 }))).toMatchObject({ code: "DEFINITION", path: "polish" });
    const gone = new Error("gone");
    const ended = (await engineFor()).train({ ...options, stop });
    await all(ended.points({ perDecade: 1 }));
    await expect(ended.certificate("l2", { signal: AbortSignal.abort(gone) })).rejects.toBe(gone);
    await run.close();
    expect(await refusal(() => run.certificate("l2"))).toMatchObject({ code: "DEFINITION", path: "run" });
  });
});

describe("points", () => {
  const stop = { steps: 300 };

  test.each(["silu", "gelu", { elu: 1 }, "softplus", "tanh"] as const)(
    "of a network with %j are the same, its defects among them",
    async (activation) => {
      const engine = await engineFor();
      const network = mlp({ widths: [2, 8, 1], activation, homogeneity: "measured" });
      const measured: TrainOptions = { ...options, network, measure: ["eulerDefect", "homogenizedMargin"], stop };
      const points = await all(engine.train(measured).points({ perDecade: 8 }));
      expect(points).toEqual([...train(measured, { perDecade: 8 }, engine)]);
      expect(points.at(-1)!.eulerDefect.max).toBeGreaterThan(0);
      expect(points.at(-1)!.homogenizedMargin.linf).toBeTypeOf("number");
    },
  );

  test("are those of the core's train, and the outcome is returned", async () => {
    const engine = await engineFor();
    const run = engine.train({ ...options, stop });
    const expected = [...train({ ...options, stop }, { perDecade: 8, at: [77] }, engine)];
    expect(await all(run.points({ perDecade: 8, at: [77] }))).toEqual(expected);
    expect(expected.map((point) => point.step)).toContain(77);
    expect(run.outcome).toEqual({ kind: "finished", step: 300, reason: "steps" });
    expect(await run.points({ perDecade: 1 }).next()).toMatchObject({ done: false, value: { step: 300 } });
  });

  test("go on where a reader left off, with the same bits", async () => {
    const engine = await engineFor();
    const whole = engine.train({ ...options, stop });
    await all(whole.points({ perDecade: 4 }));
    const halves = engine.train({ ...options, stop });
    for await (const point of halves.points({ perDecade: 4 })) if (point.step >= 100) break;
    await all(halves.points({ perDecade: 4 }));
    expect(await halves.parameters()).toEqual(await whole.parameters());
  });

  test("have one reader at a time", async () => {
    const run = (await engineFor()).train(options);
    const first = run.points({ perDecade: 4 });
    await first.next();
    expect(await refusal(() => run.points({ perDecade: 4 }).next())).toMatchObject({ code: "DEFINITION", path: "run.points" });
    await first.return(undefined as never);
    expect(await run.points({ perDecade: 4 }).next()).toMatchObject({ done: false });
  });

  test("let the event loop turn, however few are asked for", async () => {
    const run = (await engineFor()).train({ ...options, stop: { steps: 40_000 } });
    let longest = 0;
    let turns = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      turns++;
    }, 1);
    const begun = performance.now();
    await all(run.points({ perDecade: 1 }));
    clearInterval(timer);
    const elapsed = performance.now() - begun;
    expect(turns).toBeGreaterThanOrEqual(Math.floor(elapsed / 20) / 4); // a busy machine may be four times slower
    expect(longest).toBeLessThan(1000);
  });

  test("end with the reason of an aborted signal", async () => {
    const run = (await engineFor()).train(options);
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 30);
    await expect(all(run.points({ perDecade: 1, signal: controller.signal }))).rejects.toBe(reason);
    await expect(all(run.points({ perDecade: 1, signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    expect(await run.points({ perDecade: 1, at: Array.from({ length: 10 ** 5 }, (_, i) => i) }).next()).toMatchObject({ done: false });
  });
});

describe("misuse", () => {
  test("an unknown option is refused with the nearest name", async () => {
    const wsam = { wsam: binaryUrl() } as EngineOptions;
    expect(await refusal(() => createEngine(wsam))).toMatchObject({
      code: "DEFINITION",
      path: "createEngine.wsam",
      hint: "did you mean wasm?",
    });
    const engine = await engineFor();
    const sed = { ...options, optimiser: 1 };
    expect(await refusal(() => engine.train(sed))).toMatchObject({ code: "DEFINITION", hint: "did you mean optimizer?" });
    const perdecade = { perDecade: 1, sginal: undefined };
    expect(await refusal(() => engine.train(options).points(perdecade))).toMatchObject({
      code: "DEFINITION",
      hint: "did you mean signal?",
    });
  });

  test("an unknown norm is refused", async () => {
    const run = (await engineFor()).train(options);
    for (const norm of ["l3", "toString"]) {
      expect(await refusal(() => run.kktResidual(norm as "l1"))).toMatchObject({ code: "DEFINITION", value: norm });
    }
  });

  test("a definition that cannot be trained is refused by train, not later", async () => {
    const engine = await engineFor();
    expect(await refusal(() => engine.train({ ...options, seed: -1 }))).toMatchObject({ code: "DEFINITION", path: "seed" });
  });

  test.each(["close", Symbol.asyncDispose] as const)("an engine after %s refuses new runs", async (end) => {
    const engine = await createEngine();
    const run = engine.train({ ...options, stop: { steps: 3 } });
    await engine[end]();
    expect(await refusal(() => engine.train(options))).toMatchObject({ code: "DEFINITION", path: "engine" });
    expect(await refusal(() => engine.kernels)).toMatchObject({ code: "DEFINITION", path: "engine" });
    expect(await refusal(() => run.points({ perDecade: 1 }).next())).toMatchObject({ code: "DEFINITION", path: "engine" });
  });
});

describe("a closed run", () => {
  test.each(["close", Symbol.asyncDispose] as const)("refuses whatever is asked of it after %s, and knows its outcome", async (end) => {
    const run = (await engineFor()).train({ ...options, stop: { steps: 3 } });
    await all(run.points({ perDecade: 1 }));
    await run[end]();
    await run[end]();
    const closed = { code: "DEFINITION", path: "run", hint: "make another with engine.train()" };
    expect(await refusal(() => run.points({ perDecade: 1 }).next())).toMatchObject(closed);
    expect(await refusal(() => run.kktResidual("linf"))).toMatchObject(closed);
    expect(await refusal(() => run.parameters())).toMatchObject(closed);
    expect(run.outcome).toEqual({ kind: "finished", step: 3, reason: "steps" });
  });

  test("tells its reader", async () => {
    const run = (await engineFor()).train(options);
    const reading = all(run.points({ perDecade: 1 }));
    setTimeout(() => void run.close(), 30);
    await expect(reading).rejects.toMatchObject({ code: "DEFINITION", path: "run" });
  });
});

describe("loading", () => {
  const binary = readFileSync(binaryUrl());

  test.each<[string, () => NonNullable<EngineOptions["wasm"]>]>([
    ["a file URL", () => binaryUrl()],
    ["bytes", () => binary],
    ["a compiled module", () => new WebAssembly.Module(binary)],
    ["a response", () => new Response(binary)],
  ])("accepts %s", async (_, wasm) => {
    expect((await engineFor({ wasm: wasm() })).kernels(64).exp(0)).toBe(1);
  });

  test("a missing file is named by its URL, with the cause", async () => {
    const url = pathToFileURL(join(temporaryFolder(), "steepest.wasm"));
    const error = await refusal(() => createEngine({ wasm: url }));
    expect(error).toMatchObject({
      code: "KERNEL_LOAD",
      path: url.href,
      cause: { code: "ENOENT" },
      hint: expect.stringContaining("build:wasm"),
    });
    expect(error.message).toContain(url.href);
  });

  test("a truncated file is named by its URL, with its size and the cause", async () => {
    const path = join(temporaryFolder(), "steepest.wasm");
    for (const length of [0, 5, Math.floor(binary.length / 2), binary.length - 1]) {
      writeFileSync(path, binary.subarray(0, length));
      const error = await refusal(() => createEngine({ wasm: pathToFileURL(path) }));
      expect(error).toMatchObject({ code: "KERNEL_LOAD", path: pathToFileURL(path).href, value: length, cause: { code: "KERNEL_LOAD" } });
      expect(error.message).toContain(`${pathToFileURL(path).href} (${length} bytes)`);
    }
  });

  test("a file with a flipped bit is refused as damaged", async () => {
    const path = join(temporaryFolder(), "steepest.wasm");
    const damaged = binary.slice();
    damaged[Math.floor(damaged.length / 2)]! ^= 4;
    writeFileSync(path, damaged);
    const error = await refusal(() => createEngine({ wasm: pathToFileURL(path) }));
    expect(error).toMatchObject({
      code: "KERNEL_LOAD",
      path: pathToFileURL(path).href,
      hint: expect.stringContaining("a bit of steepest.wasm"),
    });
    expect(error.message).toContain("is damaged: its SHA-256 begins with");
  });

  test("a memory that the process may not have is no fault of the file", async () => {
    vi.stubGlobal("WebAssembly", {
      ...Object.fromEntries(Object.getOwnPropertyNames(WebAssembly).map((name) => [name, WebAssembly[name as "Memory"]])),
      Memory: class {
        constructor() {
          throw new RangeError("WebAssembly.Memory(): could not allocate memory"); // as Node 20 under ulimit -v
        }
      },
    });
    try {
      const error = await refusal(() => createEngine());
      expect(error).toMatchObject({ code: "ARENA_FULL", hint: expect.stringContaining("address space") });
      expect(error.hint).not.toContain("install");
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("says what computes", async () => expect((await engineFor()).host).toBe("wasm"));

  test("without WebAssembly the twin computes, the same bits", async () => {
    const run = async (): Promise<unknown> => {
      const engine = await createEngine();
      const points = await all(engine.train({ ...options, stop: { steps: 20 } }).points({ perDecade: 4 }));
      return { host: engine.host, points };
    };
    const onBinary = await run();
    vi.stubGlobal("WebAssembly", undefined);
    try {
      expect(await run()).toEqual({ ...(onBinary as object), host: "reference" });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("another WebAssembly module is refused", async () => {
    const path = join(temporaryFolder(), "other.wasm");
    writeFileSync(path, Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    expect(await refusal(() => createEngine({ wasm: pathToFileURL(path) }))).toMatchObject({ code: "KERNEL_LOAD" });
    expect(abiVersion).toBeGreaterThan(0);
  });

  test("a URL that is not a file is refused with what to do instead", async () => {
    expect(await refusal(() => createEngine({ wasm: new URL("https://example.com/steepest.wasm") }))).toMatchObject({
      code: "KERNEL_LOAD",
      path: "https://example.com/steepest.wasm",
      hint: "only file: URLs are read; fetch the binary and pass its Response or bytes",
    });
  });
});

test("onWarning hears what is wrong with a run, the points go on", async () => {
  const engine = await engineFor();
  const warnings: TrainWarning[] = [];
  const run = engine.train({ ...options, step: constant({ size: 0.5 }), stop: { steps: 100 } });
  const points = await all(run.points({ perDecade: 4, onWarning: (warning) => warnings.push(warning) }));
  expect(points.at(-1)!.step).toBe(run.outcome!.step);
  expect(warnings.map(({ what }) => what)).toContain("chatter");
});
