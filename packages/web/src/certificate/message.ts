import type { CertificateDocument, Enclosure } from "@steepest/certificates";
import type { RunDefinition } from "@steepest/experiments";
import type { ArmMoment, Problem, ShownSamples } from "../engine/message.js";

/** The question of a certificate, as it is sent to its worker. */
export interface CertificateQuestion {
  readonly run: RunDefinition;
  readonly samples: ShownSamples;
  readonly moment: Pick<ArmMoment, "weights" | "sampleWeights">;
  /** SHA-256 of the canonical JSON of the run's definition; undefined for weights that are not those of its end. */
  readonly definitionHash: string | undefined;
  /** The text of a norm. */
  readonly norm: string;
  /** The share of its sum of |products| up to which the input of a unit counts as at its kink; that of `certify` where it is absent. */
  readonly kinks?: number | undefined;
  /** Most programmes that raise the margin from there; absent: none. */
  readonly polish?: number | undefined;
}

/** The point that programmes have reached from weights, by its margin, with the two files of its certificate. */
export interface PolishedAnswer {
  readonly before: number;
  readonly after: number;
  readonly steps: number;
  readonly document: CertificateDocument;
  readonly text: string;
  readonly weightsText: string;
}

export type CertificateAnswer =
  | {
      readonly kind: "certified";
      readonly document: CertificateDocument;
      /** Contents of the two files that the checkers read. */
      readonly text: string;
      readonly weightsText: string;
      /** There where it was asked for. */
      readonly polished?: PolishedAnswer;
    }
  /** No margin is known to be positive, and so there is no certificate. */
  | { readonly kind: "noMargin"; readonly minMargin: Enclosure; readonly sample: number }
  | { readonly kind: "failed"; readonly problem: Problem };
