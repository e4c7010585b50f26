import type { Host } from "@steepest/browser/serve";
import { type CertifyOptions, certify, polish, weightsText } from "@steepest/certificates";
import { isSteepestError, normFromText } from "@steepest/core";
import { bareNetwork, networkOfRun } from "@steepest/experiments";
import type { Problem } from "../engine/message.js";
import type { CertificateAnswer, CertificateQuestion, PolishedAnswer } from "./message.js";

/** The certificate that `steepest certify` makes of the same weights: bit for bit, but where the solver of linear programmes cannot be loaded and another stands in. */
export async function certificateAnswer(question: CertificateQuestion, { kernels }: Host): Promise<CertificateAnswer> {
  const { run, samples, moment, definitionHash, norm, kinks, polish: steps } = question;
  try {
    const network = networkOfRun(run, samples);
    const networkDefinition = bareNetwork(run, samples);
    const point = { network, data: samples, weights: moment.weights };
    const asked: CertifyOptions = {
      ...point,
      networkDefinition,
      sampleWeights: moment.sampleWeights,
      norm: normFromText(norm),
      kernels,
      ...(kinks !== undefined && { kinks }),
    };
    const answer = await certify({ ...asked, ...(definitionHash !== undefined && { definitionHash }) });
    if (answer.kind === "noMargin") return answer;
    const polished = steps === undefined ? undefined : await polishedAnswer(asked, steps);
    return { ...answer, weightsText: weightsText(point, networkDefinition), ...(polished && { polished }) };
  } catch (error) {
    return { kind: "failed", problem: problemOf(error) };
  }
}

/** The polished weights are of no run, so that their certificate names no definition. */
async function polishedAnswer(asked: CertifyOptions, most: number): Promise<PolishedAnswer | undefined> {
  const { before, after, steps, weights, certification } = await polish({ ...asked, steps: most });
  if (certification.kind === "noMargin") return undefined;
  const { document, text } = certification;
  return { before, after, steps, document, text, weightsText: weightsText({ data: asked.data, weights }, asked.networkDefinition) };
}

function problemOf(error: unknown): Problem {
  if (isSteepestError(error)) return { message: error.message, hint: error.hint, path: error.path };
  return { message: error instanceof Error ? error.message : String(error), hint: undefined };
}
