import type { Host } from "@steepest/browser/serve";
import { certify, weightsText } from "@steepest/certificates";
import { isSteepestError, normFromText } from "@steepest/core";
import { bareNetwork, trainOptions } from "@steepest/experiments";
import type { Problem } from "../engine/message.js";
import type { CertificateAnswer, CertificateQuestion } from "./message.js";

/** The certificate that `steepest certify` makes of the same weights, bit for bit. */
export async function certificateAnswer(question: CertificateQuestion, host: Host): Promise<CertificateAnswer> {
  const { run, samples, moment, definitionHash, norm } = question;
  try {
    const { network } = trainOptions(run, samples, undefined);
    const networkDefinition = bareNetwork(run.network);
    const point = { network, data: samples, weights: moment.weights };
    const answer = await certify({
      ...point,
      networkDefinition,
      sampleWeights: moment.sampleWeights,
      norm: normFromText(norm),
      kernels: host.kernels,
      ...(definitionHash !== undefined && { definitionHash }),
    });
    if (answer.kind === "noMargin") return answer;
    return { ...answer, weightsText: weightsText(point, networkDefinition) };
  } catch (error) {
    return { kind: "failed", problem: problemOf(error, host) };
  }
}

/** Linear programmes have no other solver here than one in WebAssembly. */
const needsWebAssembly: Problem = {
  message:
    "this norm takes linear programmes, and their solver needs WebAssembly, which this browser or the policy of the page's server forbids",
  hint: "choose ℓ2 or the spectral norm, or use steepest certify",
};

function problemOf(error: unknown, { kind }: Host): Problem {
  if (isSteepestError(error)) return { message: error.message, hint: error.hint, path: error.path };
  if (kind === "reference") return needsWebAssembly;
  const message = (error instanceof Error ? error.message : String(error)).replace(/( Build with -sASSERTIONS for more info)?\.+$/, "");
  if (!isOfLoading(message)) return { message, hint: undefined };
  return { message: `the solver of linear programmes did not load: ${message}`, hint: "try again, or choose ℓ2 or the spectral norm" };
}

/** True for the ways in which a browser says that a module or a binary did not come; the solver says all else in an error of its own. */
const isOfLoading = (message: string): boolean => /^Aborted\(|dynamically imported module|importing a module script/i.test(message);
