import { type Certification, certify } from "@steepest/certificates";
import { canonicalJson, type LabelledData, normFromText, type Training } from "@steepest/core";
import { bareNetwork, type DatasetHost, drawData, execute, trainOptions } from "@steepest/experiments";
import { textHash } from "@steepest/node";
import { runsOfSetup } from "../../src/setup/definition.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";

/** The certificate of the end of an arm as `steepest certify` makes it of the folder of that run. */
export async function certificateInNode(setup: RaceSetup, arm: number, norm: string, host: DatasetHost): Promise<Certification> {
  const run = runsOfSetup(setup)[arm]!;
  const data = await drawData(run.dataset, run.seed, host);
  let training: Training | undefined;
  for await (const _ of execute(run, host, data, {
    atEnd: (ended) => {
      training = ended;
    },
  }));
  return certify({
    network: trainOptions(run, data.train, undefined).network,
    networkDefinition: bareNetwork(run, data.train),
    data: data.train as LabelledData,
    weights: training!.parameters(),
    sampleWeights: training!.weights(),
    definitionHash: textHash(canonicalJson(run)),
    norm: normFromText(norm),
    kernels: host.kernels,
  });
}
