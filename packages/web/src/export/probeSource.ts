/** A probe as an expression over a `point` of a run: its name is the place in the point, with `own` for the own norm. */
export function probeSource(probe: string): string {
  const [, group, norm] = /^(margin|softMargin|homogenizedMargin|norm)\.(.+)$/.exec(probe) ?? [];
  if (norm !== undefined) return `point.${group}[${norm === "own" ? "point.ownNorm" : JSON.stringify(norm)}] ?? Number.NaN`;
  return probe.startsWith("optimizer.") ? `point.${probe} ?? Number.NaN` : `point.${probe}`;
}
