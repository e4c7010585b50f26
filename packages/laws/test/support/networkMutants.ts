import type { NetworkSubject } from "../../src/index.js";
import { squaredFrozen, twoLayer } from "./plainNetworks.js";

const right = twoLayer();

export const networkMutants: Readonly<Record<string, NetworkSubject>> = {
  "network that counts a frozen layer": { ...squaredFrozen, degree: 3 },
  "network with a bias": twoLayer({ bias: 0.5 }),
  "network with two blocks' degrees exchanged": {
    ...right,
    blocks: right.blocks.map((block, i) => ({ ...block, degree: [2, 0][i]! })),
  },
  "gradient that passes through inactive units": twoLayer({ leak: 1 }),
  "gradient with weight decay": {
    ...right,
    gradient: (theta, coefficients) => right.gradient(theta, coefficients).map((entry, j) => entry + 0.01 * theta[j]! ** 2),
  },
  "network whose first unit is linear": twoLayer({ firstUnitLinear: true }),
  "network with hidden biases": twoLayer({ hiddenBias: 0.5 }),
  "gradient that normalises its coefficients": {
    ...right,
    gradient: (theta, coefficients) => {
      const sum = coefficients.reduce((total, c) => total + Math.abs(c), 0) || 1;
      return right.gradient(
        theta,
        coefficients.map((c) => c / sum),
      );
    },
  },
};
