import { isSteepestError, type SteepestError } from "@steepest/core";
import type { ExperimentDefinition } from "@steepest/experiments";
import type { JobPool } from "@steepest/node";
import type { DataFolders } from "../imageFiles.js";
import type { DataIdentity } from "./dataIdentity.js";
import type { DrawJob } from "./messages.js";

/** The identity of the data of a seed, or the reason why they cannot be drawn. */
export type SeedIdentity = { readonly identity: DataIdentity } | { readonly error: SteepestError };

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
  const identities = await pool.run<DrawJob, DataIdentity>({
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
      const identity = identities[i];
      return [seed, identity ? { identity } : { error: errors.get(i)! }];
    }),
  );
}
