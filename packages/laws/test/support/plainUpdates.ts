import type { UpdateSubject, Updating } from "../../src/index.js";

interface Variant {
  /** Added to the size of ghat, not of the gradient. */
  readonly epsilon?: number;
  readonly inPlace?: boolean;
  readonly divides?: boolean;
  readonly memory?: { readonly mean: Float64Array; count: number };
  /** The state leaves out the count of steps. */
  readonly losesCount?: boolean;
}

/** The average of all gradients, corrected for its start at 0, over its largest entry, times the number of steps. */
function averaged({ epsilon = 0, inPlace = false, divides = false, memory, losesCount = false }: Variant): UpdateSubject {
  return {
    restores: true,
    start: (n): Updating => {
      const own = memory ?? { mean: new Float64Array(n), count: 0 };
      return {
        update: (_theta, ghat, logRisk) => {
          own.count++;
          const unit = Math.exp(logRisk);
          if (inPlace) ghat.set(ghat.map((g) => 2 * g));
          for (const [i, g] of ghat.entries()) own.mean[i] = 0.5 * own.mean[i]! + 0.5 * unit * g;
          if (divides) return ghat.map((g) => -g / Math.abs(g));
          const mean = own.mean.slice(0, n).map((m) => m / (1 - 0.5 ** own.count));
          const size = mean.reduce((top, m) => Math.max(top, Math.abs(m)), 0) + epsilon * unit;
          return mean.map((m) => (size === 0 ? 0 : (-m * own.count) / size));
        },
        state: () => ({ mean: own.mean.slice(), count: losesCount ? 0 : own.count }),
        restore: (state) => {
          const { mean, count } = state as { readonly mean: Float64Array; readonly count: number };
          own.mean.set(mean);
          own.count = count;
        },
      };
    },
  };
}

export const average: UpdateSubject = averaged({});

export const updateMutants: Readonly<Record<string, UpdateSubject>> = {
  "optimiser that divides by the gradient": averaged({ divides: true }),
  "optimiser that works in place": averaged({ inPlace: true }),
  "optimiser that remembers the run before": averaged({ memory: { mean: new Float64Array(64), count: 0 } }),
  "optimiser that keeps a count beside its state": averaged({ losesCount: true }),
  "optimiser with an epsilon beside ghat": averaged({ epsilon: 1e-3 }),
};
