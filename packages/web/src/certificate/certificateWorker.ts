import { loadEngine } from "../engine/kernels.js";
import { certificateAnswer } from "./certificateAnswer.js";
import type { CertificateAnswer, CertificateQuestion } from "./message.js";

/** The answer to one question; the page then ends this worker, and before if the answer is no longer wanted. */
async function answer(question: CertificateQuestion): Promise<CertificateAnswer> {
  try {
    return await certificateAnswer(question, await loadEngine());
  } catch (error) {
    const { message, hint } = error as Error & { hint?: string };
    return { kind: "failed", problem: { message, hint } };
  }
}

self.onmessage = ({ data }: MessageEvent<CertificateQuestion>): void => {
  answer(data).then((found) => self.postMessage(found), reportError);
};
