const ofPoint: Readonly<Record<string, string>> = {
  "margin.own": "point.margin[point.ownNorm] ?? Number.NaN",
  "softMargin.own": "point.softMargin[point.ownNorm] ?? Number.NaN",
  "health.marginChange": "point.health.marginChange",
  "health.deadSamples": "point.health.deadSamples",
  "health.lostUpdates": "point.health.lostUpdates",
  "health.softMarginFall": "point.health.softMarginFall",
  "optimizer.epsilonShare": "point.optimizer.epsilonShare ?? Number.NaN",
};

/** A probe as an expression over a `point` of a run. */
export function probeSource(probe: string): string {
  const [, kind, norm] = /^(margin|softMargin|norm)\.(.+)$/.exec(probe) ?? [];
  if (ofPoint[probe]) return ofPoint[probe];
  return norm === undefined ? `point.${probe}` : `point.${kind}[${JSON.stringify(norm)}] ?? Number.NaN`;
}
