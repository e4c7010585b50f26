import { type Signal, signal } from "@preact/signals";
import { isSteepestError } from "@steepest/core";
import { askWorker, type WorkerSource } from "../certificate/askWorker.js";
import type { CertificateAnswer } from "../certificate/message.js";
import type { ArmMoment, Problem } from "../engine/message.js";
import { certificateQuestion } from "../export/certificateQuestion.js";
import type { Laboratory } from "./laboratory.js";

/** An arm and the text of a norm that its weights are certified in. */
export interface Asked {
  readonly arm: number;
  readonly norm: string;
  /** As in the question: how near a kink counts, and programmes that raise the margin. */
  readonly kinks?: number | undefined;
  readonly polish?: number | undefined;
}

/** A certificate, or the reason why there is none, of an arm at one moment. */
export interface Certified extends Asked {
  readonly moment: Pick<ArmMoment, "step" | "picture">;
  readonly answer: Extract<CertificateAnswer, { kind: "certified" }>;
}

/** The reason why there is no certificate. */
export interface Refused extends Asked {
  readonly step: number | undefined;
  readonly answer: Exclude<CertificateAnswer, { kind: "certified" }>;
}

/** The certificates of the race: one is made at a time, in a worker of its own. */
export class Certifier {
  /** The question that is worked on. */
  readonly asked: Signal<Asked | undefined> = signal(undefined);
  /** The newest first; one of an arm, norm and step. */
  readonly found: Signal<readonly Certified[]> = signal([]);
  readonly refused: Signal<Refused | undefined> = signal(undefined);
  readonly #lab: Laboratory;
  readonly #source: WorkerSource;
  #abort: AbortController | undefined;

  constructor(lab: Laboratory, source: WorkerSource) {
    this.#lab = lab;
    this.#source = source;
  }

  /** Certifies the weights of an arm as it stands. The answer is in `found` or `refused`. */
  async ask(asked: Asked): Promise<void> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.asked.value = asked;
    this.refused.value = undefined;
    try {
      await this.#answer(asked, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) this.refused.value = { ...asked, step: undefined, answer: { kind: "failed", problem: problemOf(error) } };
    } finally {
      if (this.#abort === abort) [this.#abort, this.asked.value] = [undefined, undefined];
    }
  }

  async #answer(asked: Asked, stopped: AbortSignal): Promise<void> {
    const moment = await this.#lab.moment(asked.arm);
    if (!moment || stopped.aborted) return;
    const answer = await askWorker(this.#source, certificateQuestion(this.#lab, asked, moment), stopped);
    const { step, picture } = moment;
    if (answer.kind !== "certified") {
      this.refused.value = { ...asked, step, answer };
      return;
    }
    const others = this.found.value.filter(
      ({ arm, norm, moment: { step: at } }) => arm !== asked.arm || norm !== asked.norm || at !== step,
    );
    this.found.value = [{ ...asked, moment: { step, picture }, answer }, ...others];
  }

  cancel(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.asked.value = undefined;
  }

  /** Drops one certificate from the page. */
  drop(one: Certified): void {
    this.found.value = this.found.value.filter((other) => other !== one);
  }

  /** Drops everything: it is another race. */
  forget(): void {
    this.cancel();
    this.found.value = [];
    this.refused.value = undefined;
  }
}

function problemOf(error: unknown): Problem {
  if (isSteepestError(error)) return { message: error.message, hint: error.hint, path: error.path };
  return { message: error instanceof Error ? error.message : String(error), hint: undefined };
}
