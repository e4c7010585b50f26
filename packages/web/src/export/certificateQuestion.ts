import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "@steepest/core";
import { runsOf } from "@steepest/experiments";
import type { CertificateQuestion } from "../certificate/message.js";
import type { ArmMoment } from "../engine/message.js";
import type { Laboratory } from "../lab/laboratory.js";
import { raceDefinition } from "./raceExport.js";

/**
 * The question about the weights of an arm. Those of its end are of the run that the race's definition makes, and bear its hash, as in the folder of that run.
 *
 * @throws Error  if the race is not loaded
 */
export function certificateQuestion(
  lab: Laboratory,
  { arm, norm, kinks, polish }: Pick<CertificateQuestion, "norm" | "kinks" | "polish"> & { readonly arm: number },
  { weights, sampleWeights, isEnd }: ArmMoment,
): CertificateQuestion {
  const samples = lab.loaded.value?.data;
  if (!samples) throw new Error("the data are not there yet");
  const { run } = runsOf(raceDefinition(lab))[arm]!;
  const definitionHash = isEnd ? bytesToHex(sha256(utf8ToBytes(canonicalJson(run)))) : undefined;
  return { run, samples, moment: { weights, sampleWeights }, definitionHash, norm, kinks, polish };
}
