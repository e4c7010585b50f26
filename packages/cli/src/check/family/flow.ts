import {
  arrayNorm,
  constant,
  type LabelledData,
  linear,
  losses,
  marginPaced,
  mlp,
  type Network,
  type Norm,
  normShape,
  norms,
  type StepRule,
  steepestDescent,
  type TrainHost,
  Training,
} from "@steepest/core";
import { type FlowPoint, type FlowSubject, flowLaws } from "@steepest/laws";
import { defineFamily, type Family } from "../family.js";
import { linearlySeparableData } from "../generatedData.js";

interface Run {
  readonly network: Network;
  readonly loss: "exponential" | "logistic";
  readonly norm: Norm;
  readonly step: StepRule;
  readonly data: LabelledData;
  /** 0 where a step is so short that the laws of the flow hold as they stand; elsewhere above the measured value, which stands at each use. */
  readonly relativeSlack: number;
}

const logRiskBelow = -10_000;
const mostSteps = 1500;

/** Every step of one run, since the laws are about single steps. */
function flow({ network, loss, norm, step: rule, data, relativeSlack }: Run, host: TrainHost): FlowSubject {
  const training = new Training(
    {
      network,
      data,
      loss: losses[loss],
      optimizer: steepestDescent({ norm, normalized: true }),
      step: rule,
      init: { law: "normalFanIn", scale: 0.3 },
      seed: 1,
      stop: { steps: mostSteps, logRiskBelow },
      track: [norm],
    },
    host,
  );
  const { blocks } = normShape(network.layout);
  const { dualNorm } = arrayNorm(norm, host.kernels, () => blocks);
  const points: FlowPoint[] = [];
  for (;;) {
    const { step, logRisk, softMargin, margin, norm: length, alignment } = training.point();
    points.push({
      step,
      logRisk,
      softMargin: softMargin[norm.id]!,
      margin: margin[norm.id]!,
      norm: length[norm.id]!,
      alignment,
      gradientNorm: dualNorm(training.gradient()),
    });
    if (training.outcome) break;
    training.advance();
  }
  return { points, loss, sampleCount: data.labels.length, degree: network.degree, relativeSlack };
}

const inputDim = 5;
const linearModel = { network: linear({ inputDim }), loss: "exponential" } as const;
const student = { network: mlp({ widths: [inputDim, 8, 1], activation: "relu" }), loss: "logistic" } as const;

/** Runs of normalised steepest descent on data of a linear teacher: in every norm with short steps, and far below the smallest number of binary64. */
export const flowFamily: Family = defineFamily<FlowSubject>({
  id: "flow",
  laws: flowLaws,
  members: { points: "object", loss: "string", sampleCount: "number", degree: "number", relativeSlack: "number" },
  own: (host) => {
    const data = linearlySeparableData(host.kernels, { seed: 1, sampleCount: 12, inputDim });
    const short = { data, step: marginPaced({ c: 0.1 }), relativeSlack: 0 };
    return {
      ...Object.fromEntries(
        Object.entries(norms).flatMap(([id, norm]) => [
          [`linear 5, ${id}`, flow({ ...short, ...linearModel, norm }, host)],
          [`relu 5-8-1, ${id}`, flow({ ...short, ...student, norm }, host)],
        ]),
      ),
      // measured: 8.2e-3
      "relu to e^-10000, l2": flow({ ...student, norm: norms.l2, data, step: constant({ size: 0.3 }), relativeSlack: 0.02 }, host),
      // measured: 4.4e-2
      "relu to e^-10000, linf": flow({ ...student, norm: norms.linf, data, step: constant({ size: 0.1 }), relativeSlack: 0.1 }, host),
    };
  },
});
