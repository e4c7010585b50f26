import { layerKinds } from "../layer/registry.js";
import { meanReduction } from "../loss/loss.js";
import { networks } from "../network/registry.js";
import { normForms } from "../norm/forms.js";
import { optimizers } from "../optimizer/registry.js";
import { stepRules } from "../step/registry.js";

interface Maker {
  readonly factory: string;
  make(...args: never[]): object;
}

/** Factories that wrap a part and are no members of a registry. */
const wrappers: readonly Maker[] = [{ factory: "meanReduction", make: meanReduction }];

const makers: readonly Maker[] = [
  ...Object.values(optimizers),
  ...Object.values(stepRules),
  ...Object.values(networks),
  ...Object.values(layerKinds),
  ...normForms,
  ...wrappers,
];

/** Every factory whose calls recipes record, by the name under which this package exports it. */
export const factories: Readonly<Record<string, (...args: never[]) => object>> = Object.fromEntries(
  makers.map(({ factory, make }) => [factory, make]),
);
