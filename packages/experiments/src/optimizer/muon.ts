import { muon as coreMuon, directionOf, type MuonOptions, type NormId, norms } from "@steepest/core";
import { field, memoryDecay, z } from "../definition/schema.js";
import { maxSource } from "../pytorch/norm.js";
import { muon as muonClass } from "../pytorch/optimizerClasses.js";
import { decayText, type OptimizerSource, options, refuseOption, type Shape } from "../pytorch/optimizerSource.js";
import { decaying, weightDecay } from "./decay.js";
import { directionField, directionSource } from "./direction.js";
import { optimizerMember } from "./member.js";

/** Schemas of Muon's options, alone or as a part of a hybrid. */
export const muonOptions = {
  momentum: field(memoryDecay(), "Share of the remembered average that a step keeps.", { unit: "1", example: 0.9 }),
  nesterov: field(z.boolean(), "Whether the newest gradient counts twice, in Nesterov's form.", { example: true }),
  orthogonalization: directionField(),
  scale: field(
    z.enum(["spectral", "aspect", "rms"]),
    "Length of a step per matrix: spectral norm 1, times the root of the aspect ratio, or 0.2 times the root of the larger side.",
    { example: "spectral", otherNames: ["adjust_lr_fn"] },
  ),
};

/** Lengths of the steps of a matrix of that shape, in Python and as a number. */
export const muonScales: Readonly<Record<MuonOptions["scale"], { readonly text: string; readonly of: (shape: Shape) => number }>> = {
  spectral: { text: "lambda m, n: 1.0", of: () => 1 },
  aspect: { text: "lambda m, n: max(1, m / n) ** 0.5", of: ([m, n]) => Math.sqrt(Math.max(1, m / n)) },
  rms: { text: "lambda m, n: 0.2 * max(m, n) ** 0.5", of: ([m, n]) => 0.2 * Math.sqrt(Math.max(m, n)) },
};

/** Muon on some layers as an expression over classes of a Python program. */
export function muonPart({ momentum, nesterov, orthogonalization, scale }: MuonOptions, shapes: string): Omit<OptimizerSource, "norm"> {
  const [orthogonalize, scaling] = [directionSource(orthogonalization), muonScales[scale]];
  if (!scaling) return refuseOption("optimizer.scale", String(scale));
  const text = `Muon(${shapes}, ${options({ momentum, nesterov })}, orthogonalize=${orthogonalize.text}, scale=${scaling.text})`;
  return { text, needs: [...orthogonalize.needs, muonClass] };
}

export const muon = optimizerMember({
  schema: z.strictObject({ kind: z.literal("muon"), ...muonOptions, decay: weightDecay() }),
  summary:
    "momentum, orthogonalised by its polar factor, by Newton-Schulz or another direction; scale spectral, aspect or rms; decoupled decay",
  examples: [
    { kind: "muon", momentum: 0.95, nesterov: true, orthogonalization: "exact", scale: "spectral" },
    { kind: "muon", momentum: 0.95, nesterov: true, orthogonalization: "newtonSchulz", scale: "aspect" },
  ],
  proposals: { muon: { kind: "muon", momentum: 0.95, nesterov: true, orthogonalization: "exact", scale: "spectral" } },
  build: decaying(coreMuon),
  pytorch: ({ decay, ...choice }, shapes) => ({
    ...muonPart(choice, "shapes"),
    decay: decayText(decay),
    norm: () =>
      maxSource(
        shapes.map(() => (directionOf(choice.orthogonalization).norm ?? norms.spectral).id as NormId),
        shapes.map((shape) => 1 / muonScales[choice.scale].of(shape)),
      ),
  }),
});
