import type { CertificateEntry } from "./document.js";

/** Twice the relative distance that every search is asked for, since ends are moved outwards. */
const meetingShare = 2e-6;

/**
 * The answer whether the search for an entry ended as it should: with both ends of κ within 2e-6 of the upper one.
 *
 * @param entry  of a certificate
 * @returns false where the ends hold but are further apart, since the search stopped before; undefined where the upper end is not stated
 */
export function endsMeet({ kappa: [lower, upper] }: Pick<CertificateEntry, "kappa">): boolean | undefined {
  return upper === null ? undefined : upper - lower <= meetingShare * upper;
}
