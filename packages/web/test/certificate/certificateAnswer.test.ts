import { describe, expect, test } from "vitest";
import { certificateAnswer } from "../../src/certificate/certificateAnswer.js";
import type { CertificateAnswer, CertificateQuestion } from "../../src/certificate/message.js";
import { Race } from "../../src/engine/race.js";
import { runsOfSetup } from "../../src/setup/definition.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { small } from "../engine/setups.js";
import { host, kernels } from "../hosts.js";
import { certificateInNode } from "./certificateInNode.js";

/** The answer about an arm once the race has made so many steps. */
async function answerOf(
  setup: RaceSetup,
  arm: number,
  norm: string,
  until = Infinity,
  more: Pick<CertificateQuestion, "kinks" | "polish"> = {},
): Promise<CertificateAnswer> {
  const runs = runsOfSetup(setup);
  const race = await Race.start(runs, undefined, host);
  while (race.advance(until));
  const question = { run: runs[arm]!, samples: race.data, moment: race.arms[arm]!.moment(), definitionHash: undefined, norm, ...more };
  return certificateAnswer(structuredClone(question), { kind: "wasm", kernels });
}

describe("the answer of the page's worker", () => {
  test.each([
    [0, "l2"],
    [1, "linf"],
    [2, "l1"],
    [3, "spectral"],
  ] as const)("about arm %i in %s is the certificate that Node makes, but for the definition", async (arm, norm) => {
    const answer = await answerOf(small, arm, norm);
    const inNode = await certificateInNode(small, arm, norm, host);
    if (answer.kind !== "certified" || inNode.kind !== "certified") throw new Error("no certificate");
    const { definition, ...document } = inNode.document;
    expect(definition).toMatch(/^[0-9a-f]{64}$/);
    expect(answer.document).toEqual(document);
    expect(JSON.parse(answer.weightsText)).toMatchObject({ format: "steepest-weights-1", network: document.network });
  });

  test("with a polish has the point that programmes reach, and its files; kinks are those that were chosen", async () => {
    const answer = await answerOf(small, 1, "linf", Infinity, { kinks: 0, polish: 4 });
    if (answer.kind !== "certified") throw new Error("no certificate");
    expect(answer.document.entries).toHaveLength(1);
    const { before, after, steps, document, text, weightsText } = answer.polished!;
    expect(after).toBeGreaterThan(before);
    expect(steps).toBeLessThanOrEqual(4);
    expect(JSON.parse(text)).toMatchObject({ theta: document.theta, norm: "linf" });
    expect(document.theta).not.toBe(answer.document.theta);
    expect(JSON.parse(weightsText).weights).not.toBe(JSON.parse(answer.weightsText).weights);
    expect((await answerOf(small, 1, "linf", Infinity, { kinks: 0 })) as { polished?: unknown }).not.toHaveProperty("polished");
  });

  test("before perfect accuracy is the sample without a margin", async () => {
    expect(await answerOf(small, 0, "l2", 0)).toMatchObject({ kind: "noMargin", sample: expect.any(Number) });
  });

  test("about what has no certificate is the reason", async () => {
    const measured: RaceSetup = { ...small, activation: "silu", homogeneity: "measured", steps: 20 } as RaceSetup;
    const { kind, problem } = (await answerOf(measured, 0, "l2")) as Extract<CertificateAnswer, { kind: "failed" }>;
    expect({ kind, message: problem.message }).toEqual({ kind: "failed", message: expect.stringContaining("is not homogeneous") });
    expect(await answerOf(small, 0, "l0", 0)).toMatchObject({ kind: "failed", problem: { message: expect.stringContaining("l0") } });
  });
});
