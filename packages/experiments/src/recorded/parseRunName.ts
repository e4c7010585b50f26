/** The parts of the name of a run folder: "sign-s0-0123456789ab". */
export interface ParsedRunName {
  readonly arm: string;
  readonly seed: number;
  /** The start of a hash of everything that decides the rows. */
  readonly hash: string;
}

const form = /^(?<arm>.+)-s(?<seed>\d+)-(?<hash>[0-9a-f]{12})$/;

/**
 * Reads the name of a run folder.
 *
 * @param name  name of a folder
 * @returns undefined for any other name
 */
export function parseRunName(name: string): ParsedRunName | undefined {
  const { arm, seed, hash } = form.exec(name)?.groups ?? {};
  return arm === undefined ? undefined : { arm, seed: Number(seed), hash: hash! };
}
