import { isSteepestError, type SteepestError } from "@steepest/core";
import type { ExperimentDefinition } from "@steepest/experiments";
import type { JobPool } from "@steepest/node";
import type { DataFolders } from "../imageFiles.js";
import type { DrawJob, DrawnIdentity } from "./messages.js";

/** The identity of the data of a seed, or the reason why they cannot be drawn. */
export type SeedIdentity = DrawnIdentity | { readonly error: SteepestError };

/**
 * Draws the data of every seed once, on worker threads, since runs are named after the identity of their data.
 *
 * @throws what no seed escapes, such as missing files; ResourceError; the signal's reason
 */
export async function seedIdentities(
  { dataset, network, seeds }: ExperimentDefinition,
  pool: JobPool,
  folders: DataFolders,
  signal: AbortSignal,
): Promise<Map<number, SeedIdentity>> {
  const jobs = seeds.map((seed): DrawJob => ({ kind: "draw", dataset, network, seed, folders }));
  const errors = new Map<number, SteepestError>();
  const identities = await pool.run<DrawJob, DrawnIdentity>({
    jobs,
    signal,
    onFailure: (index, error) => {
      if (!isSteepestError(error) || error.code === "RESOURCE") throw error;
      errors.set(index, error);
    },
  });
  if (errors.size === seeds.length) throw errors.get(0)!;
  return new Map(
    seeds.map((seed, i) => {
      const drawn = identities[i];
      return [seed, drawn ?? { error: errors.get(i)! }];
    }),
  );
}

/**
 * The remarks on the data of the seeds, each once.
 *
 * @param identities  by seed
 * @returns "data: ...", or where only some seeds have it "data s0, s2: ..."
 */
export function remarksOn(identities: ReadonlyMap<number, SeedIdentity>): readonly string[] {
  const seeds = new Map<string, number[]>();
  for (const [seed, drawn] of identities)
    for (const remark of "error" in drawn ? [] : drawn.remarks) seeds.set(remark, [...(seeds.get(remark) ?? []), seed]);
  return [...seeds].map(([remark, of]) => {
    const named = of.length === identities.size ? "" : ` ${of.map((seed) => `s${seed}`).join(", ")}`;
    return `data${named}: ${remark}`;
  });
}
