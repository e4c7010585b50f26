import type { IdentitySubject, Stepper } from "../../src/index.js";

interface AdamSettings {
  readonly beta1?: number;
  readonly epsilon?: number;
  /** Works on e^logRisk · gradient itself. */
  readonly formsGradient?: boolean;
  readonly memory?: Float64Array;
}

/** Adam without second moments in plain JavaScript: θ - η m / (|g| + ε), and 0/0 is 0. */
function adam({ beta1 = 0, epsilon = 0, formsGradient = false, memory }: AdamSettings): (n: number) => Stepper {
  return (n) => {
    const mean = memory ?? new Float64Array(n);
    return (theta, gradient, logRisk, eta) =>
      theta.map((v, i) => {
        const g = formsGradient ? Math.exp(logRisk) * gradient[i]! : gradient[i]!;
        mean[i] = beta1 * mean[i]! + (1 - beta1) * g;
        const size = Math.abs(g) + epsilon;
        return v - eta * (size === 0 ? 0 : mean[i]! / size);
      });
  };
}

function sign(stretch = 1): (n: number) => Stepper {
  return () => (theta, gradient, _logRisk, eta) => theta.map((v, i) => v - stretch * eta * Math.sign(gradient[i]!));
}

export const adamIsSign: IdentitySubject = { left: adam({}), right: sign(), sameBits: true };

export const identityMutants: Readonly<Record<string, IdentitySubject>> = {
  "Adam with a memory posing as sign descent": { ...adamIsSign, left: adam({ beta1: 0.5 }) },
  "sign descent whose steps are off by their last bit": { ...adamIsSign, left: sign(1 + 2 ** -52) },
  "Adam that forms the gradient": { ...adamIsSign, left: adam({ formsGradient: true }) },
  "Adam that remembers the run before": { ...adamIsSign, left: adam({ beta1: 0.5, memory: new Float64Array(8) }) },
};
