import { DefinitionError } from "@steepest/core";
import type { StepChoice } from "@steepest/experiments";
import { pythonNumber } from "./python.js";

/** A step rule of the program. */
export interface StepSource {
  /**
   * A function step_size(t, log_risk, seen, theta, ghat), whose result (eta, v) stands for a size of eta e^v; or a class with `size` of the same
   * arguments and accepts(before, after), both (seen, log_risk, theta), whose instance is `rule`.
   */
  readonly text: string;
  /** true: it uses `norm`, the optimiser's own. */
  readonly needsNorm?: boolean;
  /** true: it uses the gradients of single samples. */
  readonly needsSamples?: boolean;
  /** true: it uses the weights that move alone. */
  readonly needsMoving?: boolean;
  /** true: its sizes are lengths in the optimiser's norm. */
  readonly paces?: boolean;
  /** true: it takes steps back. */
  readonly judges?: boolean;
}

type Rule = StepChoice["rule"];
type Of<K extends Rule> = Extract<StepChoice, { readonly rule: K }>;
type Writers = { readonly [K in Rule]: (choice: Of<K>, degree: string, moving: string) => StepSource };

const number = (name: string, value: unknown): string => pythonNumber(`step.${name}`, value);

const plain = (result: string): StepSource => ({ text: `def step_size(t, log_risk, seen, theta, ghat):\n    return ${result}` });

const writers: Writers = {
  constant: ({ size }) => plain(`${number("size", size)}, 0.0`),
  powerLaw: ({ size, exponent }) => plain(`${number("size", size)} * (t + 1) ** -${number("exponent", exponent)}, 0.0`),
  warmUp: ({ size, steps }) => plain(`${number("size", size)} * min(1, (t + 1) / ${number("steps", steps)}), 0.0`),
  marginPaced: ({ c, gradients = "exact" }, degree, moving) => {
    const text = number("c", c);
    if (gradients === "bound")
      return { ...plain(`${text} * norm.norm(theta) / (${degree} * max(1, -log_risk)), 0.0`), needsNorm: true, paces: true };
    if (gradients !== "exact") return refuse("step.gradients", String(gradients));
    const longest = `${text} * norm.norm(${moving}) / (${degree} - 1) if largest > 0 and log_risk >= -2 else math.inf`;
    return {
      text: `def step_size(t, log_risk, seen, theta, ghat):
    """c over the largest dual norm of a sample's gradient, so that no sample margin changes by more than about c; at most c ||theta|| / (L - 1)."""
    largest = norm.dual_of_samples(sample_factors(theta)).max()
    return float(${degree === "1" ? `${text} / largest` : `min(${text} / largest, ${longest})`}), 0.0`,
      needsNorm: true,
      needsSamples: true,
      needsMoving: true,
      paces: true,
    };
  },
  lossBased: ({ size, rollback }) => {
    const alpha = number("size", size);
    if (!rollback) return plain(`${alpha}, -seen`);
    return {
      judges: true,
      text: `class StepRule:
    """alpha / R; alpha grows by 2^(1/5) after a step that lowers the risk, any other is taken back and alpha shrinks by 2^(1/10)."""

    alpha = ${alpha}

    def size(self, t, log_risk, seen, theta, ghat):
        return self.alpha, -seen

    def accepts(self, before, after):
        lower = after[0] < before[0]
        self.alpha = self.alpha * 1.148698354997035 if lower else self.alpha / 1.0717734625362931
        return lower`,
    };
  },
  lineSearch: ({ size, sufficientDecrease }) => ({
    judges: true,
    paces: true,
    needsNorm: true,
    text: `class StepRule:
    """The first of eta, eta / 2, eta / 4, ... at which the log risk falls by a share of eta times its slope; the next step starts at twice that."""

    eta = ${number("size", size)}

    def size(self, t, log_risk, seen, theta, ghat):
        self.slope = norm.dual(ghat)
        return self.eta, 0.0

    def accepts(self, before, after):
        stands = after[0] <= before[0] - ${number("sufficientDecrease", sufficientDecrease)} * self.eta * self.slope
        self.eta *= 2 if stands else 0.5
        return stands`,
  }),
  backtracking: ({ relativeSize, tolerance }) => ({
    judges: true,
    paces: true,
    needsNorm: true,
    text: `class StepRule:
    """h ||theta||; a step after which the risk has not fallen, or after separation the own soft margin has, is taken back and h halves."""

    h = ${number("relativeSize", relativeSize)}

    def size(self, t, log_risk, seen, theta, ghat):
        return self.h * norm.norm(theta), 0.0

    def accepts(self, before, after):
        def soft_margin(log_risk, theta):
            return margin(soft_numerator(log_risk), norm.norm(theta))

        stands = after[0] < before[0] and (
            before[1] >= log_loss_at_zero
            or soft_margin(*after[1:]) >= soft_margin(*before[1:]) * (1 - ${number("tolerance", tolerance)})
        )
        self.h *= 1.2 if stands else 0.5
        return stands`,
  }),
};

/**
 * A step rule of a definition for PyTorch.
 *
 * @param moving  of `theta` the weights that move, as an expression
 * @throws DefinitionError  if it, or an option of it, has no translation
 */
export function stepSource(choice: StepChoice, degree: string, moving: string): StepSource {
  if (!Object.hasOwn(writers, choice.rule)) return refuse("step.rule", choice.rule);
  return (writers[choice.rule] as (choice: StepChoice, degree: string, moving: string) => StepSource)(choice, degree, moving);
}

function refuse(path: string, what: string): never {
  throw new DefinitionError(`${path}: "${what}" has no translation to PyTorch`, {
    path,
    value: what,
    hint: "the TypeScript program has every step rule",
  });
}
