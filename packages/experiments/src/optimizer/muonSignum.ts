import { muonSignum as coreMuonSignum } from "@steepest/core";
import { field, memoryDecay, positive, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { along } from "../pytorch/optimizerSource.js";
import { hybridSource } from "./hybridSource.js";
import { optimizerMember } from "./member.js";
import { muonOptions } from "./muon.js";

export const muonSignum = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("muonSignum"),
    muon: field(z.strictObject(muonOptions), "Muon, for matrices.", {
      example: { momentum: 0.95, nesterov: true, orthogonalization: "exact", scale: "spectral" },
    }),
    signum: field(
      z.strictObject({ momentum: field(memoryDecay(), "Share of the remembered average that a step keeps.", { unit: "1", example: 0.9 }) }),
      "Signum, for layers that are one row.",
      { example: { momentum: 0.9 } },
    ),
    rowScale: field(positive(), "Length of the steps of one-row layers, as a multiple of the others.", { unit: "1", example: 1 }),
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
  pytorch: ({ muon, signum, rowScale }, shapes) =>
    hybridSource(
      muon,
      (layer) => along(normSource("linf", `[shapes[${layer}]]`), { momentum: signum.momentum, nesterov: false }),
      rowScale,
      shapes,
    ),
});
