import {
  type AdamOptions,
  DefinitionError,
  type EpsilonPlacement,
  type MuonOptions,
  type NormExpression,
  type PythonSnippet as Snippet,
} from "@steepest/core";
import { polarFactor } from "@steepest/core/internal";
import type { OptimizerChoice } from "@steepest/experiments";
import { mirrorDescent, progressiveRescaling, projections } from "./movingOptimizers.js";
import { maxSource, type NormSource, normSource } from "./norm.js";
import {
  adaGrad,
  adam,
  byLayer,
  clipped,
  heavyBall,
  lion,
  momentumDescent,
  muon,
  nearTies,
  newtonSchulz,
  rmsProp,
  shampoo,
  smoothedSteepestDescent,
  steepestDescent,
} from "./optimizerClasses.js";
import { pythonBoolean, pythonNumber } from "./python.js";

/** An optimiser as an expression over classes of the program. */
export interface OptimizerSource {
  readonly text: string;
  readonly needs: readonly Snippet[];
  /** The norm its steps are measured in. */
  readonly norm: () => NormSource;
  /** λ of θ ← (1 - η λ) θ before every step. */
  readonly decay?: string;
  /** Length of a step of size 1 in its norm; default 1. */
  readonly unitLength?: string;
  /** true: it has a `move` of its own. */
  readonly moves?: boolean;
  /** true: it marks, by `rescaling`, the steps that no step size makes shorter. */
  readonly rescales?: boolean;
}

/** Rows and columns of a layer. */
export type Shape = readonly [number, number];

type Kind = OptimizerChoice["kind"];
type Of<K extends Kind> = Extract<OptimizerChoice, { readonly kind: K }>;
type Writers = { readonly [K in Kind]: (choice: Of<K>, shapes: readonly Shape[]) => OptimizerSource };

/** `name=value, ...` of numbers and flags. */
function options(values: Readonly<Record<string, number | boolean>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${typeof value === "boolean" ? pythonBoolean(value) : pythonNumber(name, value)}`)
    .join(", ");
}

function along(norm: NormSource, values: Readonly<Record<string, number | boolean>>): OptimizerSource {
  return {
    text: `MomentumDescent(${norm.text}, ${options(values)})`,
    needs: [...norm.needs, momentumDescent],
    norm: () => norm,
  };
}

const smoothings: Readonly<Record<string, { readonly name: string; readonly needs: Snippet }>> = {
  l1: { name: "near_ties", needs: nearTies },
  linf: { name: "clipped", needs: clipped },
};

function steepest({ norm: expression, normalized, smoothing = "none" }: Of<"steepest">): OptimizerSource {
  const norm = normSource(expression);
  const flag = options({ normalized });
  if (smoothing === "none") {
    return { text: `SteepestDescent(${norm.text}, ${flag})`, needs: [...norm.needs, steepestDescent], norm: () => norm };
  }
  const smooth = typeof expression === "string" ? smoothings[expression] : undefined;
  if (!smooth || smoothing !== "alignment") return refuse("optimizer.smoothing", String(smoothing));
  const needs = [...norm.needs, smooth.needs, smoothedSteepestDescent];
  return { text: `SmoothedSteepestDescent(${norm.text}, ${flag}, smooth=${smooth.name})`, needs, norm: () => norm };
}

const muonScales: Readonly<Record<MuonOptions["scale"], { readonly text: string; readonly of: (shape: Shape) => number }>> = {
  spectral: { text: "lambda m, n: 1.0", of: () => 1 },
  aspect: { text: "lambda m, n: max(1, m / n) ** 0.5", of: ([m, n]) => Math.sqrt(Math.max(1, m / n)) },
  rms: { text: "lambda m, n: 0.2 * max(m, n) ** 0.5", of: ([m, n]) => 0.2 * Math.sqrt(Math.max(m, n)) },
};

const orthogonalizations: Readonly<Record<MuonOptions["orthogonalization"], { readonly name: string; readonly needs: Snippet }>> = {
  exact: { name: "polar_factor", needs: polarFactor },
  newtonSchulz: { name: "newton_schulz", needs: newtonSchulz },
};

function muonPart({ momentum, nesterov, orthogonalization, scale }: MuonOptions, shapes: string): Omit<OptimizerSource, "norm"> {
  const [orthogonalize, scaling] = [orthogonalizations[orthogonalization], muonScales[scale]];
  if (!orthogonalize) return refuse("optimizer.orthogonalization", String(orthogonalization));
  if (!scaling) return refuse("optimizer.scale", String(scale));
  const text = `Muon(${shapes}, ${options({ momentum, nesterov })}, orthogonalize=${orthogonalize.name}, scale=${scaling.text})`;
  return { text, needs: [orthogonalize.needs, muon] };
}

/** Muon on the layers with more than one row, another optimiser on those of one. */
function hybrid(
  choice: MuonOptions,
  onRow: (layer: number) => Omit<OptimizerSource, "norm">,
  rowScale: number,
  shapes: readonly Shape[],
): OptimizerSource {
  const parts = shapes.map(([rows], layer) => (rows > 1 ? muonPart(choice, `[shapes[${layer}]]`) : onRow(layer)));
  const scales = shapes.map(([rows]) => (rows > 1 ? "1.0" : pythonNumber("optimizer.rowScale", rowScale)));
  const norms = shapes.map(([rows]): NormExpression => (rows > 1 ? "spectral" : "linf"));
  const weights = shapes.map((shape) => 1 / (shape[0] > 1 ? muonScales[choice.scale].of(shape) : rowScale));
  return {
    text: `ByLayer(\n    shapes,\n    [\n${parts.map(({ text }) => `        ${text},\n`).join("")}    ],\n    [${scales.join(", ")}],\n)`,
    needs: [...parts.flatMap(({ needs }) => needs), byLayer],
    norm: () => maxSource(norms, weights),
  };
}

/** The option of ε inside the root; empty for the default, outside. */
function insideOption(placement: EpsilonPlacement = "outside"): { inside?: true } {
  if (placement !== "outside" && placement !== "inside") return refuse("optimizer.epsilonPlacement", String(placement));
  return placement === "inside" ? { inside: true } : {};
}

function adamPart({ beta1, beta2, epsilon, epsilonPlacement }: AdamOptions): Omit<OptimizerSource, "norm"> {
  if (typeof epsilon !== "number") return refuse("optimizer.epsilon", JSON.stringify(epsilon));
  return { text: `Adam(${options({ beta1, beta2, epsilon, ...insideOption(epsilonPlacement) })})`, needs: [adam] };
}

const shampooVariants: Readonly<Record<string, string>> = {
  quarter: "a=0.25",
  half: "a=0.5",
  sequentialHalf: "a=0.5, sequential=True",
};

const linf = (): NormSource => normSource("linf");

const potentials: Readonly<Record<string, (numbers: Readonly<Record<string, unknown>>) => string>> = {
  quadratic: () => "lambda x: x, lambda z: z",
  power: ({ p }) => {
    const text = pythonNumber("optimizer.potential.p", p);
    const map = (of: string, exponent: string) => `lambda ${of}: torch.sign(${of}) * ${of}.abs() ** ${exponent}`;
    return `${map("x", `(${text} - 1)`)}, ${map("z", `(1 / (${text} - 1))`)}`;
  },
  hyperbolicEntropy: ({ beta }) => {
    const text = pythonNumber("optimizer.potential.beta", beta);
    return `lambda x: torch.asinh(x / ${text}), lambda z: ${text} * torch.sinh(z)`;
  },
};

const potentialNorms: Readonly<Record<string, (p: number) => NormSource>> = {
  quadratic: () => normSource("l2"),
  power: (p) => normSource({ lp: p }),
  hyperbolicEntropy: () => normSource("l1"),
};

const decayText = (decay = 0): string => pythonNumber("optimizer.decay", decay);

const writers: Writers = {
  steepest,
  heavyBall: ({ momentum, nesterov, decay }) => ({
    text: `HeavyBall(${options({ momentum, nesterov })})`,
    needs: [heavyBall],
    norm: () => normSource("l2"),
    decay: decayText(decay),
  }),
  momentum: ({ norm, momentum, nesterov, decay }) => ({ ...along(normSource(norm), { momentum, nesterov }), decay: decayText(decay) }),
  signum: ({ momentum, decay }) => ({ ...along(linf(), { momentum, nesterov: false }), decay: decayText(decay) }),
  muon: ({ decay, ...choice }, shapes) => ({
    ...muonPart(choice, "shapes"),
    decay: decayText(decay),
    norm: () =>
      maxSource(
        shapes.map(() => "spectral"),
        shapes.map((shape) => 1 / muonScales[choice.scale].of(shape)),
      ),
  }),
  muonSignum: ({ muon: choice, signum, rowScale }, shapes) =>
    hybrid(
      choice,
      (layer) => along(normSource("linf", `[shapes[${layer}]]`), { momentum: signum.momentum, nesterov: false }),
      rowScale,
      shapes,
    ),
  muonAdam: ({ muon: choice, adam: onRow, rowScale }, shapes) => hybrid(choice, () => adamPart(onRow), rowScale, shapes),
  scion: ({ norm, momentum, radius }) => {
    const free = { momentum, nesterov: false };
    return radius === undefined
      ? along(normSource(norm), free)
      : { ...along(normSource(norm), { ...free, radius }), decay: "1", unitLength: pythonNumber("optimizer.radius", radius) };
  },
  adam: (choice) => ({ ...adamPart(choice), norm: linf }),
  adamW: ({ decay, ...choice }) => ({ ...adamPart(choice), norm: linf, decay: decayText(decay) }),
  rmsProp: ({ decay, epsilon, momentum, epsilonPlacement }) => ({
    text: `RMSProp(${options({ decay, epsilon, momentum, ...insideOption(epsilonPlacement) })})`,
    needs: [rmsProp],
    norm: linf,
  }),
  adaGrad: ({ epsilon, epsilonPlacement }) => ({
    text: `AdaGrad(${options({ epsilon, ...insideOption(epsilonPlacement) })})`,
    needs: [adaGrad],
    norm: linf,
  }),
  lion: ({ beta1, beta2, decay }) => ({
    text: `Lion(${options({ beta1, beta2 })})`,
    needs: [lion],
    norm: linf,
    decay: decayText(decay),
  }),
  shampoo: ({ exponent, accumulate, epsilon }) => {
    if (!accumulate) return steepest({ kind: "steepest", norm: "spectral", normalized: true });
    const variant = shampooVariants[exponent] ?? refuse("optimizer.exponent", String(exponent));
    return { text: `Shampoo(shapes, ${variant}, ${options({ epsilon })})`, needs: [shampoo], norm: () => normSource("spectral") };
  },
  mirrorDescent: ({ potential }) => {
    const maps = potentials[potential.kind]?.(potential) ?? refuse("optimizer.potential", potential.kind);
    const norm = () => potentialNorms[potential.kind]!("p" in potential ? potential.p : Number.NaN);
    return { text: `MirrorDescent(${maps})`, needs: [mirrorDescent], norm, moves: true };
  },
  progressiveRescaling: ({ optimizer, period, growth }) => {
    const inner = steepest(optimizer);
    const norm = inner.norm();
    const name = typeof optimizer.norm === "string" ? optimizer.norm : Object.keys(optimizer.norm)[0]!;
    const project = projections[name] ?? refuse("optimizer.optimizer.norm", `projection onto the ball of ${name}`);
    return {
      text: `ProgressiveRescaling(${inner.text}, ${norm.text}, ${project.name}, ${options({ period, growth })})`,
      needs: [...inner.needs, project.needs, progressiveRescaling],
      norm: () => norm,
      moves: true,
      rescales: true,
    };
  },
};

/**
 * An optimiser of a definition for PyTorch.
 *
 * @throws DefinitionError  if it, or an option of it, has no translation
 */
export function optimizerSource(choice: OptimizerChoice, shapes: readonly Shape[]): OptimizerSource {
  if (!Object.hasOwn(writers, choice.kind)) return refuse("optimizer.kind", choice.kind);
  const source = (writers[choice.kind] as (choice: OptimizerChoice, shapes: readonly Shape[]) => OptimizerSource)(choice, shapes);
  const { decay, ...others } = source;
  return decay === undefined || decay === "0" ? others : source;
}

function refuse(path: string, what: string): never {
  throw new DefinitionError(`${path}: "${what}" has no translation to PyTorch`, {
    path,
    value: what,
    hint: "the TypeScript program has every optimiser",
  });
}
