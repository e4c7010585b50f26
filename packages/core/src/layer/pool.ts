import { knownOptions } from "../check/knownKeys.js";
import { recorded } from "../recipe/recipe.js";
import { imagesSource } from "../tape/featureShape.js";
import type { Operation } from "../tape/operation.js";
import type { Layer } from "./layer.js";
import { requireWindow, windowed } from "./window.js";

export interface PoolOptions {
  /** Side of the square windows, in pixels. */
  readonly size: number;
  /** Pixels from one window to the next. Default: size. */
  readonly stride?: number | undefined;
}

/** Sizes of a pooling: channels, height and width of an image, size and stride of the windows. */
type PoolSizes = readonly [channels: number, height: number, width: number, size: number, stride: number];

/** A pooling layer, from its operation on images. @param functional  its name in torch.nn.functional */
export function poolLayer(
  factory: string,
  options: PoolOptions,
  functional: string,
  operationOf: (sizes: PoolSizes) => Operation["bind"],
  isMajorized = false,
): Layer {
  const { size, stride = size } = knownOptions(factory, options, { size: true, stride: true });
  const window = { size, stride, padding: 0 };
  requireWindow(factory, window);
  return recorded(factory, [options], {
    kind: factory,
    record: (recorder, input, path) => {
      const { channels, height, width } = input.shape;
      const bind = operationOf([channels, height, width, size, stride]);
      const pytorch = (x: string): string =>
        `torch.nn.functional.${functional}(${imagesSource(x, input.shape)}, ${size}, stride=${stride}).flatten(1)`;
      return recorder.apply(
        { degree: 1, isMajorized, pytorch, scratch: () => ({ bytes: 0 }), bind },
        input,
        windowed(path, input.shape, window),
      );
    },
  });
}
