import type { FlowPoint, FlowSubject } from "../../src/index.js";

/** f(x; θ) = θ₁θ₂ x on the samples x = 1 and x = 1.5, exponential loss, along θ = (s, s): margin 1/2 in ℓ2, degree 2. */
export function plainFlow(): FlowSubject {
  const sampleCount = 2;
  const points: FlowPoint[] = [];
  for (let step = 0; step < 60; step++) {
    const s = 0.5 + step;
    const norm = Math.sqrt(2) * s;
    const logRisk = -s * s + Math.log1p(Math.exp(-0.5 * s * s));
    const second = 1 / (1 + Math.exp(0.5 * s * s)); // the weight of x = 1.5
    const gradientNorm = norm * (1 + 0.5 * second);
    points.push({ step, logRisk, softMargin: -logRisk / norm ** 2, margin: (s * s) / norm ** 2, norm, alignment: 1, gradientNorm });
  }
  return { points, loss: "exponential", sampleCount, degree: 2, relativeSlack: 0 };
}

const changed = (flow: FlowSubject, change: (point: FlowPoint) => Partial<FlowPoint>): FlowSubject => ({
  ...flow,
  points: flow.points.map((point) => ({ ...point, ...change(point) })),
});

const right = plainFlow();

export const flowMutants: Readonly<Record<string, FlowSubject>> = {
  "run whose soft margin dips": changed(right, ({ step, softMargin }) => (step === 40 ? { softMargin: softMargin * (1 - 1e-9) } : {})),
  "run whose risk is a mean": changed(right, ({ softMargin, norm }) => ({ softMargin: softMargin + Math.log(2) / norm ** 2 })),
  "run with the margin of another norm": changed(right, ({ margin }) => ({ margin: 2 * margin })),
  "run with another degree in the denominator": { ...right, degree: 3 },
  "run whose log risk ignores a sample": changed(right, ({ margin }) => ({ margin: -margin })),
  "run that forms the risk itself": changed(right, ({ logRisk }) => ({ logRisk: Math.log(Math.exp(logRisk)) })),
  "run whose risk bounces": changed(right, ({ step, logRisk }) => (step === 40 ? { logRisk: logRisk + 200 } : {})),
  "run whose alignment is of another norm": changed(right, () => ({ alignment: Math.SQRT2 })),
  "run whose gradient is of the mean risk": changed(right, ({ gradientNorm }) => ({ gradientNorm: gradientNorm! / 2 })),
};
