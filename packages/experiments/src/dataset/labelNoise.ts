import { type Draw, drawUniform, type KernelFactory, type LabelledData } from "@steepest/core";

/**
 * Samples with some labels replaced by another class, each with the same probability, and each other class equally likely.
 *
 * One uniform u per sample, number i of the stream for sample i, decides both: the label stays where u >= `share`, and otherwise u / `share` is uniform and
 * chooses among the other classes.
 *
 * @param data   not modified; the result shares its inputs
 * @param share  probability in (0, 1]
 * @param draw   kernels, seed and stream
 */
export function withLabelNoise(
  data: LabelledData,
  share: number,
  { kernels, ...draw }: Omit<Draw, "count"> & { readonly kernels: KernelFactory },
): LabelledData {
  const { labels, classes } = data;
  const uniforms = drawUniform(kernels, { ...draw, count: labels.length });
  return {
    ...data,
    labels: Array.from(labels, (label, i) => (uniforms[i]! < share ? another(label, classes, uniforms[i]! / share) : label)),
  };
}

/** Another label than the one given. @param u  a number in [0, 1) that chooses it */
function another(label: number, classes: number | undefined, u: number): number {
  if (classes === undefined) return -label;
  const others = classes - 1;
  return (label + 1 + Math.min(Math.floor(u * others), others - 1)) % classes;
}
