import { flowFamily } from "./family/flow.js";
import { limitFamily } from "./family/limits.js";
import { lpFamily } from "./family/lp.js";
import { networkFamily } from "./family/networks.js";
import { normFamily } from "./family/norms.js";
import { optimizerFamily } from "./family/optimizers.js";
import { stepFamily } from "./family/steps.js";
import { updateFamily } from "./family/updates.js";
import type { Family } from "./family.js";

/** Every family of laws, in the order in which reports list them. */
export const families: readonly Family[] = [
  normFamily,
  lpFamily,
  networkFamily,
  stepFamily,
  optimizerFamily,
  updateFamily,
  flowFamily,
  limitFamily,
];

export const familyIds: readonly string[] = families.map(({ id }) => id);

/** The families by the ids of their laws, which `--law` takes. @throws Error  if two families share an id */
export function familyByLaw(all: readonly Family[]): ReadonlyMap<string, Family> {
  const byLaw = new Map<string, Family>();
  for (const family of all) {
    for (const id of family.lawIds) {
      const other = byLaw.get(id);
      if (other) throw new Error(`the law id ${id} occurs twice, in ${other.id} and ${family.id}`);
      byLaw.set(id, family);
    }
  }
  return byLaw;
}
