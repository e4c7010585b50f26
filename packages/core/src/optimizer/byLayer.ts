import { partOf, type Span } from "@steepest/kernels";
import { knownOptions } from "../check/knownKeys.js";
import { requireFunction, requireObject, requirePositive, requireText } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { DefinitionError } from "../error/errors.js";
import { byShape } from "../norm/byShape.js";
import { maxOf } from "../norm/combine.js";
import type { MatrixBlock, NormShape } from "../norm/norm.js";
import { type BoundOptimizer, type Expectation, type Optimizer, optimizerPart } from "./optimizer.js";

/** An optimiser for one layer; its direction is multiplied by `scale`. */
export interface LayerOptimizer {
  readonly optimizer: Optimizer;
  readonly scale: number;
}

/**
 * An optimiser of its own for every layer, each with its own memory, all with the same step size. Its norm is maxₗ ||θₗ||ₗ / (scaleₗ unitLengthₗ).
 *
 * @param id      id of the combination
 * @param choose  a function of the matrix alone
 * @param source  source of what theory says about it
 * @param grows   true: theory says that the soft margin in that norm never falls along the flow
 * @returns an optimiser with one memory per layer
 * @throws DefinitionError  from `bind`, if a layer's steps scale with the gradient, or what is chosen is no optimizer with a scale
 */
export function byLayer(id: string, choose: (block: MatrixBlock) => LayerOptimizer, source: string, grows?: true): Optimizer {
  requireText("id", id);
  requireFunction("choose", choose);
  requireText("source", source);
  const chosen = (block: MatrixBlock): LayerOptimizer => checkLayer(choose(block));
  const norm = byShape(`max(${id})`, ({ blocks }) => {
    const layers = blocks.map(chosen);
    return maxOf(
      layers.map(({ optimizer }) => optimizer.ownNorm),
      layers.map(({ optimizer, scale }) => 1 / (scale * (optimizer.unitLength ?? 1))),
    );
  });
  const expectation: Expectation = { margin: norm, source, ...(grows && { grows }) };
  return {
    id,
    ownNorm: norm,
    expectation,
    lengthUnit: "unit",
    plan: (plan, { blocks }) => {
      for (const block of blocks) chosen(block).optimizer.plan(plan, alone(block));
    },
    bind: ({ kernels, arena, shape, theta, ghat, direction }) => {
      const layers = shape.blocks.map((block): { readonly bound: BoundOptimizer; readonly own: Span; readonly scale: number } => {
        const { optimizer, scale } = chosen(block);
        if (optimizer.lengthUnit !== "unit") {
          throw DefinitionError.at(id, `the steps of ${optimizer.id} scale with the gradient, those of a layer must not`);
        }
        const own = part(direction, block);
        const bound = optimizer.bind({
          kernels,
          arena,
          shape: alone(block),
          theta: part(theta, block),
          ghat: part(ghat, block),
          direction: own,
        });
        return { bound, own, scale };
      });
      const carries = layers.every(({ bound }) => bound.carry);
      return {
        ...(carries && { carry: (carrier) => layers.forEach(({ bound }, i) => void bound.carry?.(carrier.at(`layer-${i}`))) }),
        aim: (logRisk) => {
          for (const { bound, own, scale } of layers) {
            bound.aim(logRisk);
            if (scale !== 1) kernels.scale(own.ptr, own.ptr, own.length, scale);
          }
        },
        move: (stepSize) => layers.reduce((_, { bound }) => bound.move(stepSize), 0),
        decay: layers.reduce((largest, { bound }) => Math.max(largest, bound.decay ?? 0), 0),
        rescales: layers.some(({ bound }) => bound.rescales),
        hasRescaled: () => layers.every(({ bound }) => bound.hasRescaled?.() ?? false),
        readings: () => meanReadings(layers.map(({ bound, own }) => ({ readings: bound.readings?.() ?? {}, weight: own.length }))),
      };
    },
  };
}

function checkLayer(layer: LayerOptimizer): LayerOptimizer {
  const { optimizer, scale } = knownOptions("choose()", requireObject("choose()", layer), { optimizer: true, scale: true });
  requirePart("choose().optimizer", optimizer, optimizerPart);
  requirePositive("choose().scale", scale);
  return layer;
}

/** The space of one matrix alone. */
const alone = ({ rows, columns }: MatrixBlock): NormShape => ({ length: rows * columns, blocks: [{ offset: 0, rows, columns }] });

function part(span: Span, { offset, rows, columns }: MatrixBlock): Span {
  return partOf(span, offset, rows * columns);
}

/** Every reading as its mean over the weights of the layers that have it. */
function meanReadings(
  layers: readonly { readonly readings: Readonly<Record<string, number>>; readonly weight: number }[],
): Record<string, number> {
  const names = new Set(layers.flatMap(({ readings }) => Object.keys(readings)));
  return Object.fromEntries(
    [...names].map((name) => {
      const known = layers.filter(({ readings }) => name in readings);
      const total = known.reduce((sum, { weight }) => sum + weight, 0);
      return [name, known.reduce((sum, { readings, weight }) => sum + readings[name]! * weight, 0) / total];
    }),
  );
}
