import { muon as coreMuon } from "@steepest/core";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";
import { decaying, memoryDecay, weightDecay } from "./decay.js";
import { optimizerMember } from "./member.js";

/** Schemas of Muon's options, alone or as a part of a hybrid. */
export const muonOptions = {
  momentum: field(memoryDecay(), "Share of the remembered average that a step keeps.", { unit: "1", example: 0.9 }),
  nesterov: field(z.boolean(), "Whether the newest gradient counts twice, in Nesterov's form.", { example: true }),
  orthogonalization: field(
    z.enum(["exact", "newtonSchulz"]),
    "How the average is made orthogonal: by its polar factor, or by five Newton-Schulz iterations.",
    { example: "exact", otherNames: ["ns_steps", "steps", "backend"] },
  ),
  scale: field(
    z.enum(["spectral", "aspect", "rms"]),
    "Length of a step per matrix: spectral norm 1, times the root of the aspect ratio, or 0.2 times the root of the larger side.",
    { example: "spectral", otherNames: ["adjust_lr_fn"] },
  ),
};

export const muon = optimizerMember({
  schema: z.strictObject({ kind: z.literal("muon"), ...muonOptions, decay: weightDecay() }),
  summary: "momentum, orthogonalised by its exact polar factor or by Newton-Schulz; scale spectral, aspect or rms; decoupled decay",
  examples: [
    { kind: "muon", momentum: 0.95, nesterov: true, orthogonalization: "exact", scale: "spectral" },
    { kind: "muon", momentum: 0.95, nesterov: true, orthogonalization: "newtonSchulz", scale: "aspect" },
  ],
  build: decaying(coreMuon),
});
