import { muonAdam as coreMuonAdam } from "@steepest/core";
import { field, positive, z } from "../definition/schema.js";
import { adamOptions, adamPart } from "./adam.js";
import { hybridSource } from "./hybridSource.js";
import { optimizerMember } from "./member.js";
import { muonOptions } from "./muon.js";

export const muonAdam = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("muonAdam"),
    muon: field(z.strictObject(muonOptions), "Muon, for matrices.", {
      example: { momentum: 0.95, nesterov: true, orthogonalization: "exact", scale: "spectral" },
    }),
    adam: field(z.strictObject(adamOptions), "Adam, for layers that are one row.", { example: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 } }),
    rowScale: field(positive(), "Length of the steps of one-row layers, as a multiple of the others.", { unit: "1", example: 1 }),
  }),
  summary: "Muon on matrices, Adam on layers that are one row",
  examples: [
    {
      kind: "muonAdam",
      muon: { momentum: 0.95, nesterov: true, orthogonalization: "exact", scale: "spectral" },
      adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
      rowScale: 1,
    },
  ],
  build: coreMuonAdam,
  pytorch: ({ muon, adam, rowScale }, shapes) => hybridSource(muon, () => adamPart(adam), rowScale, shapes),
});
