import { canonicalJson, DefinitionError } from "@steepest/core";
import { armRun, datasetSizes, type PlannedRun, parseDefinition, resolveDefinition } from "@steepest/experiments";
import { textHash } from "@steepest/node";
import { around } from "../definition/datasetOf.js";
import { plainJson } from "../definition/plainJson.js";
import { baseOf, loadTarget } from "../definition/settings.js";
import { datasetFiles } from "../imageFiles.js";
import { type NamedNetwork, networkOfText } from "./networkText.js";

type Ends = NonNullable<NamedNetwork["ends"]>;

/** Options that choose the network and the data of weights. */
export interface MeasuredChoice {
  readonly definition?: string;
  readonly arm?: string;
  readonly set: readonly string[];
  readonly network?: string;
  readonly dataset?: string;
  readonly loss?: string;
  readonly seed?: number;
}

/** The run whose network, data and loss weights are measured with. */
export interface MeasuredRun extends PlannedRun {
  /** The folder that paths in its definition start from. */
  readonly base: string;
  /** SHA-256 of the canonical JSON of the run, as `definitionHash` of a run folder; absent where no definition was given. */
  readonly definitionHash?: string;
}

/**
 * The run of a definition, or one around a network and data.
 *
 * @throws DefinitionError  unless either `definition` or `network` and `dataset` are given, with everything that is wrong with them
 */
export async function measuredRun(choice: MeasuredChoice): Promise<MeasuredRun> {
  const { definition, network, dataset } = choice;
  if (definition !== undefined) {
    for (const option of ["network", "dataset", "loss"] as const) {
      if (choice[option] !== undefined)
        throw DefinitionError.at(`--${option}`, "and --definition cannot both be given", {
          value: choice[option],
          hint: "change it by --set",
        });
    }
    return ofDefinition(definition, choice);
  }
  if (choice.arm !== undefined) throw DefinitionError.at("--arm", "is of a definition, and none is given", { value: choice.arm });
  if (choice.set.length > 0) throw DefinitionError.at("--set", "changes a definition, and none is given", { value: choice.set[0] });
  if (network === undefined || dataset === undefined) {
    throw DefinitionError.at(network === undefined ? "--definition" : "--dataset", "is missing: nothing says what the weights are of", {
      hint: "give --definition D, or --network mlp:784-128-1 and --dataset JSON",
    });
  }
  return ofParts(network, dataset, choice);
}

async function ofDefinition(target: string, { arm, seed, set }: MeasuredChoice): Promise<MeasuredRun> {
  const definition = await loadTarget(target, { set, seeds: [] });
  const planned = armRun(definition, arm ?? Object.keys(definition.arms)[0]!, seed ?? definition.seeds[0]!);
  return { ...planned, base: baseOf(target), definitionHash: textHash(canonicalJson(planned.run)) };
}

/** An initialisation that decides nothing: the weights are given. */
const anyInit = { law: "uniformFanIn", scale: 1 };

async function ofParts(network: string, dataset: string, { loss = "logistic", seed = 0 }: MeasuredChoice): Promise<MeasuredRun> {
  const named = networkOfText(network);
  const base = baseOf(undefined);
  const whole = {
    ...around,
    dataset: plainJson("--dataset", dataset),
    network: { init: anyInit, ...named.network },
    loss: { kind: loss, reduction: "sum" },
  };
  const definition = parseDefinition(await resolveDefinition(whole, datasetFiles(base)));
  const { inputDim, classes, outputs = classes ?? 1 } = datasetSizes(definition.dataset);
  const { ends } = named;
  if (ends && (ends.inputDim !== inputDim || ends.outputs !== outputs)) {
    throw DefinitionError.at(
      "--network",
      `goes from ${ends.inputDim} inputs to ${ends.outputs} scores, the data from ${inputDim} to ${outputs}`,
      {
        value: network,
        hint: endsHint(ends, { inputDim, outputs, classes }),
      },
    );
  }
  return { ...armRun(definition, "any", seed), base };
}

/** The remedy where a network does not fit the data. */
function endsHint(ends: Ends, { inputDim, outputs, classes }: Ends & { readonly classes: number | undefined }): string {
  const scores =
    classes !== undefined
      ? `${classes} classes have a score each, in the order of the labels; "classes" of the data set chooses and orders them`
      : `one score decides between two classes, positive for the second${
          ends.outputs === 2 ? ": of a network with two, take the second row of its last matrix less the first" : ""
        }`;
  return [
    ...(ends.inputDim === inputDim ? [] : [`samples have ${inputDim} coordinates, with what "prepare" adds and leaves out`]),
    ...(ends.outputs === outputs ? [] : [scores]),
  ].join("; ");
}
