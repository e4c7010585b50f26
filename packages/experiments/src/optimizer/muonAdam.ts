import { muonAdam as coreMuonAdam, type MuonAdamOptions, type Optimizer } from "@steepest/core";
import { type Choice, positive } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { adamOptions } from "./adam.js";
import { muonOptions } from "./muon.js";

export type MuonAdamChoice = MuonAdamOptions & { readonly kind: "muonAdam" };

export const muonAdam: Choice<MuonAdamChoice, Optimizer> = {
  schema: z.strictObject({
    kind: z.literal("muonAdam"),
    muon: z.strictObject(muonOptions),
    adam: z.strictObject(adamOptions),
    rowScale: positive(),
  }),
  summary: "Muon on matrices, Adam on layers that are one row",
  build: coreMuonAdam,
};
