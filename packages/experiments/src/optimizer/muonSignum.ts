import { muonSignum as coreMuonSignum, type MuonSignumOptions, type Optimizer } from "@steepest/core";
import { type Choice, positive } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { memoryDecay } from "./decay.js";
import { muonOptions } from "./muon.js";

export type MuonSignumChoice = MuonSignumOptions & { readonly kind: "muonSignum" };

export const muonSignum: Choice<MuonSignumChoice, Optimizer> = {
  schema: z.strictObject({
    kind: z.literal("muonSignum"),
    muon: z.strictObject(muonOptions),
    signum: z.strictObject({ momentum: memoryDecay() }),
    rowScale: positive(),
  }),
  summary: "Muon on matrices, Signum on layers that are one row",
  examples: [
    {
      kind: "muonSignum",
      muon: { momentum: 0.95, nesterov: true, orthogonalization: "exact", scale: "spectral" },
      signum: { momentum: 0.9 },
      rowScale: 1,
    },
  ],
  build: coreMuonSignum,
};
