import type { Activation } from "./activation.js";
import type { Layout } from "./layout.js";

export interface MlpShape {
  readonly widths: readonly number[];
  readonly act: Activation;
  readonly layout: Layout;
  /** No δ is needed below this layer. */
  readonly lowestTrainable: number;
}
