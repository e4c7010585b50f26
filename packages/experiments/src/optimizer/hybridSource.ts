import type { MuonOptions, NormExpression } from "@steepest/core";
import { maxSource } from "../pytorch/norm.js";
import { byLayer } from "../pytorch/optimizerClasses.js";
import type { OptimizerSource, Shape } from "../pytorch/optimizerSource.js";
import { pythonNumber } from "../pytorch/python.js";
import { muonPart, muonScales } from "./muon.js";

/** Muon on the layers with more than one row, another optimiser on those of one. */
export function hybridSource(
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
