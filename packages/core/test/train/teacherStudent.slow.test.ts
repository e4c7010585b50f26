import { checkLaws, type FlowPoint, type FlowSubject, flowLaws, formatReport } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import { losses, marginPaced, type NormId, norms, powerLaw, type StepRule, steepestDescent, Training } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { student, teacherStudentData } from "../support/teacherStudent.js";

interface Run {
  readonly norm: NormId;
  readonly step: StepRule;
  readonly logRiskBelow: number;
  /** Largest relative fall of the soft margin in one step; measured values stand at each use. */
  readonly relativeSlack: number;
}

/** Records every step, since the law is about single steps. */
function flow(seed: number, { norm, step, logRiskBelow, relativeSlack }: Run): FlowSubject {
  const data = teacherStudentData(seed);
  const training = new Training(
    {
      network: student,
      data,
      loss: losses.logistic,
      optimizer: steepestDescent({ norm: norms[norm], normalized: true }),
      step,
      init: { law: "normalFanIn", scale: 0.3 },
      seed,
      stop: { steps: 40_000, logRiskBelow },
      track: [norms[norm]],
    },
    hosts[0]!,
  );
  const points: FlowPoint[] = [];
  for (;;) {
    const { step: at, logRisk, softMargin, margin, norm: length } = training.point();
    points.push({ step: at, logRisk, softMargin: softMargin[norm]!, margin: margin[norm]!, norm: length[norm]! });
    if (training.outcome) break;
    training.advance();
  }
  expect(training.outcome).toMatchObject({ kind: "finished", reason: "logRiskBelow" });
  return { points, loss: "logistic", sampleCount: data.labels.length, degree: student.degree, relativeSlack };
}

function expectLaws(subject: FlowSubject): void {
  const report = checkLaws(flowLaws, subject, { seed: 1, profile: "ci" });
  expect(report.verdict, formatReport(report)).toBe("holds");
}

describe.each([0, 1, 2])("teacher and student, seed %i", (seed) => {
  // measured: 5.4e-5, 2.0e-5, 4.3e-6 in 25 946, 19 597, 17 990 steps
  test("gradient descent, margin-paced, keeps the laws of the flow down to a risk of e^-2000", () => {
    expectLaws(flow(seed, { norm: "l2", step: marginPaced({ c: 1 }), logRiskBelow: -2000, relativeSlack: 1e-3 }));
  });

  // measured: 1.7e-5, 7.9e-7, 3.4e-7 in 18 441, 17 536, 14 415 steps
  test("sign descent, margin-paced, keeps the laws of the flow down to a risk of e^-2000", () => {
    expectLaws(flow(seed, { norm: "linf", step: marginPaced({ c: 1 }), logRiskBelow: -2000, relativeSlack: 1e-3 }));
  });

  // measured: 8.8e-4, 7.6e-4, 4.0e-4 in 17 647, 13 010, 9 655 steps
  test("normalised gradient descent with a power-law step keeps the laws of the flow down to a risk of e^-10000", () => {
    expectLaws(flow(seed, { norm: "l2", step: powerLaw({ size: 0.1, exponent: 0.1 }), logRiskBelow: -10_000, relativeSlack: 2e-3 }));
  });
});
