import { type CertificateEntry, endsMeet } from "@steepest/certificates";
import { type NumberRow, shortNumber } from "./numberText.js";

/** A bound with nine digits, rounded downwards or upwards, so that it remains one. */
const bound = (value: number, sign: 1 | -1): string => (value + sign * Math.abs(value) * 6e-10).toFixed(9);

/** A bound with three digits, rounded downwards or upwards likewise. */
export function shortBound(value: number, sign: 1 | -1): string {
  const [digits, exponent] = value.toExponential(2).split("e");
  const isBeyond = sign * (Number(`${digits}e${exponent}`) - value) >= 0;
  return shortNumber(isBeyond ? value : Number(`${(Number(digits) + sign * 0.01).toFixed(2)}e${exponent}`));
}

/** The numbers of an entry with their names and explanations. */
export function certificateRows(entry: CertificateEntry): readonly NumberRow[] {
  const { kappa, fenchelYoungGap, slackness, support } = entry;
  const samples = new Set(support.map(({ sample }) => sample)).size;
  return [
    ["certificate", "κ at least", bound(kappa[0], -1)],
    ["certificate", "κ at most", kappa[1] === null ? "not known" : bound(kappa[1], 1)],
    ["fenchelYoungGap", "Fenchel–Young gap at most", shortBound(fenchelYoungGap[1], 1)],
    ["slackness", "slackness at most", shortBound(slackness[1], 1)],
    ["multipliers", "support", `${samples} ${samples === 1 ? "sample" : "samples"}`],
  ];
}

/** A remark on an entry whose bounds are not as near as they should be; undefined where they are. */
export function entryNote(entry: CertificateEntry): string | undefined {
  const met = endsMeet(entry);
  if (met === false) return "Both bounds of κ hold, but the search stopped before they met.";
  if (met === undefined)
    return "An upper bound of κ is not proven: kinks of one sample lie in several layers, where its gradient is no mixture of both sides.";
  return undefined;
}

/** The multipliers of samples: those of a sample's pairs and sides of kinks added up. */
export function sampleMultipliers({ support }: CertificateEntry): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const { sample, multiplier } of support) sums.set(sample, (sums.get(sample) ?? 0) + multiplier);
  return sums;
}
