/** What the name of a run folder says: "sign-s0-0123456789ab". */
export interface ParsedRunName {
  readonly arm: string;
  readonly seed: number;
  /** The start of a hash of everything that decides the rows. */
  readonly hash: string;
}

const form = /^(?<arm>.+)-s(?<seed>\d+)-(?<hash>[0-9a-f]{12})$/;

/** @returns undefined if it is not the name of a run folder */
export function parseRunName(name: string): ParsedRunName | undefined {
  const { arm, seed, hash } = form.exec(name)?.groups ?? {};
  return arm === undefined ? undefined : { arm, seed: Number(seed), hash: hash! };
}
