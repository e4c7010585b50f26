import { type Certification, endsMeet, isCheckedNorm, type Polished } from "@steepest/certificates";

/** An answer about weights in a norm. */
export interface CertifiedAnswer {
  readonly certification: Certification;
  /** The point that programmes reach from there, where they were asked for. */
  readonly polished?: Polished;
}

/** Sentences about an answer that its row in the table does not say. */
export function certifiedNotes(target: string, norm: string, { certification, polished }: CertifiedAnswer): string[] {
  if (certification.kind === "noMargin") {
    const { sample, minMargin } = certification;
    return [
      `${target}: no certificate in ${norm}: the margin of sample ${sample} is ${minMargin[1] > 0 ? "not known to be positive, at most" : "at most"} ${minMargin[1].toPrecision(4)}, and KKT points of max-margin have none that is not positive`,
    ];
  }
  const { rounding, entries } = certification.document;
  return [
    ...entries
      .filter((entry) => endsMeet(entry) === false)
      .map(({ kinks }) => `${target}: the ends of kappa in ${norm} at kinks within ${kinks} hold, but the search stopped before they met`),
    ...(polished ? [leftText(target, norm, polished)] : []),
    ...(rounding === "proven"
      ? []
      : [`${target}: the rounding errors of the network, or of ${norm}, have no known bound; the ends of kappa allow for them`]),
    ...(isCheckedNorm(norm) ? [] : [`${target}: the checkers of certificates do not know ${norm}, and reject this one`]),
  ];
}

function leftText(target: string, norm: string, { before, after, steps }: Polished): string {
  const left = (100 * (1 - before / after)).toPrecision(3);
  return `${target}: ${steps} programmes raise the margin in ${norm} from ${before.toPrecision(6)} to ${after.toPrecision(6)}: ${left} % of that were left`;
}
