import { muon as coreMuon, type MuonOptions, type Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { decaying, memoryDecay, type WeightDecay, weightDecay } from "./decay.js";

export type MuonChoice = MuonOptions & WeightDecay & { readonly kind: "muon" };

interface MuonSchemas {
  readonly momentum: z.ZodNumber;
  readonly nesterov: z.ZodBoolean;
  readonly orthogonalization: z.ZodEnum<{ exact: "exact"; newtonSchulz: "newtonSchulz" }>;
  readonly scale: z.ZodEnum<{ spectral: "spectral"; aspect: "aspect"; rms: "rms" }>;
}

/** What Muon is written with, alone or as a part of a hybrid. */
export const muonOptions: MuonSchemas = {
  momentum: memoryDecay(),
  nesterov: z.boolean(),
  orthogonalization: z.enum(["exact", "newtonSchulz"]),
  scale: z.enum(["spectral", "aspect", "rms"]),
};

export const muon: Choice<MuonChoice, Optimizer> = {
  schema: z.strictObject({ kind: z.literal("muon"), ...muonOptions, decay: weightDecay() }),
  summary: "momentum, orthogonalised by its exact polar factor or by Newton-Schulz; scale spectral, aspect or rms; decoupled decay",
  examples: [
    { kind: "muon", momentum: 0.95, nesterov: true, orthogonalization: "exact", scale: "spectral" },
    { kind: "muon", momentum: 0.95, nesterov: true, orthogonalization: "newtonSchulz", scale: "aspect" },
  ],
  build: decaying(coreMuon),
};
