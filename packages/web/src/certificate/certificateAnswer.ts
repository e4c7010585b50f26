import type { Host } from "@steepest/browser/serve";
import { certify, weightsText } from "@steepest/certificates";
import { isSteepestError, normFromText } from "@steepest/core";
import { bareNetwork, networkOfRun } from "@steepest/experiments";
import type { Problem } from "../engine/message.js";
import type { CertificateAnswer, CertificateQuestion } from "./message.js";

/** The certificate that `steepest certify` makes of the same weights: bit for bit, but where the solver of linear programmes cannot be loaded and another stands in. */
export async function certificateAnswer(question: CertificateQuestion, { kernels }: Host): Promise<CertificateAnswer> {
  const { run, samples, moment, definitionHash, norm } = question;
  try {
    const network = networkOfRun(run, samples);
    const networkDefinition = bareNetwork(run, samples);
    const point = { network, data: samples, weights: moment.weights };
    const answer = await certify({
      ...point,
      networkDefinition,
      sampleWeights: moment.sampleWeights,
      norm: normFromText(norm),
      kernels,
      ...(definitionHash !== undefined && { definitionHash }),
    });
    if (answer.kind === "noMargin") return answer;
    return { ...answer, weightsText: weightsText(point, networkDefinition) };
  } catch (error) {
    return { kind: "failed", problem: problemOf(error) };
  }
}

function problemOf(error: unknown): Problem {
  if (isSteepestError(error)) return { message: error.message, hint: error.hint, path: error.path };
  return { message: error instanceof Error ? error.message : String(error), hint: undefined };
}
