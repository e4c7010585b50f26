import { requireInteger } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import type { FeatureShape } from "../tape/featureShape.js";

export interface WindowOptions {
  /** Side of the square window, in pixels. */
  readonly size: number;
  /** Pixels from one window to the next, both ways. */
  readonly stride: number;
  /** Pixels of zeros around the image. */
  readonly padding: number;
}

/** Checks a window. @throws DefinitionError */
export function requireWindow(owner: string, { size, stride, padding }: WindowOptions): void {
  requireInteger(`${owner}.size`, size, 1);
  requireInteger(`${owner}.stride`, stride, 1);
  requireInteger(`${owner}.padding`, padding, 0);
}

/**
 * The shape of a value per window; what is left at the lower and right edge is dropped.
 *
 * @throws DefinitionError  if the window is larger than the padded image, or not larger than the padding
 */
export function windowed(path: string, { channels, height, width }: FeatureShape, { size, stride, padding }: WindowOptions): FeatureShape {
  if (padding >= size) {
    throw new DefinitionError(`${path}.padding: must be less than size = ${size}, got ${padding}: windows would hold nothing but zeros`, {
      path: `${path}.padding`,
      value: padding,
      hint: `${Math.floor((size - 1) / 2)} keeps the side of the image for an odd size and a stride of 1`,
    });
  }
  const along = (length: number): number => Math.floor((length + 2 * padding - size) / stride) + 1;
  if (size > Math.min(height, width) + 2 * padding) {
    throw new DefinitionError(
      `${path}.size: must be at most the side of the image, ${height} x ${width}${padding ? ` padded by ${padding}` : ""}, got ${size}`,
      {
        path: `${path}.size`,
        value: size,
        hint:
          height === 1 && width === 1
            ? "the input of this layer is a vector, and windows need images: give input as { channels, height, width }, and no dense layer before it"
            : "use a smaller window, or fewer layers that shrink the image",
      },
    );
  }
  return { channels, height: along(height), width: along(width) };
}
