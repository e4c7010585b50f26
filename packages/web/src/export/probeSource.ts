import { probeOf } from "@steepest/experiments";

/** A probe as an expression over a `point` of a run: its name is the place in the point, with `own` for the own norm. */
export function probeSource(probe: string): string {
  if (probeOf(probe)?.isMeasured) {
    const name = probe.endsWith(".own") ? `\`${probe.slice(0, -"own".length)}\${point.ownNorm}\`` : JSON.stringify(probe);
    return `point.measured[${name}] ?? Number.NaN`;
  }
  const [, group, norm] = /^(margin|softMargin|homogenizedMargin|norm)\.(.+)$/.exec(probe) ?? [];
  if (norm !== undefined) return `point.${group}[${norm === "own" ? "point.ownNorm" : JSON.stringify(norm)}] ?? Number.NaN`;
  return probe.startsWith("optimizer.") ? `point.${probe} ?? Number.NaN` : `point.${probe}`;
}
