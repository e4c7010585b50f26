import { existsSync } from "node:fs";
import { InterruptedError } from "../interruption.js";
import { offeredNetworks, optimizerWords, ownMargin } from "./choices.js";
import { contentText } from "./columnReport.js";
import type { Survey } from "./survey.js";
import { type LabelProposal, labelCandidates } from "./target.js";

/** The answer of Ctrl-C. */
type Cancelled = typeof import("@clack/prompts").CANCEL_SYMBOL;

/** An answer about the label. */
export type LabelAnswer = { readonly column: number } | { readonly labels: string };

/** The choice of another file for the labels. */
const elsewhere = -1;

/** Choices that are shown without scrolling. */
const mostShown = 12;

/** The questions of `steepest init` on a terminal, each with its proposal. Ctrl-C ends the program, and nothing was written. */
export class Questions {
  readonly #clack: typeof import("@clack/prompts");
  readonly #signal: AbortSignal;

  /** @param clack  loaded only where somebody is asked */
  constructor(clack: typeof import("@clack/prompts"), signal: AbortSignal) {
    this.#clack = clack;
    this.#signal = signal;
  }

  async #answer<T>(asked: Promise<T | Cancelled>): Promise<T> {
    const answer = await asked;
    if (!this.#clack.isCancel(answer)) return answer as T;
    this.#signal.throwIfAborted();
    throw new InterruptedError("Ctrl-C", "nothing was written");
  }

  /** Common options: questions go to stderr, as all that is no result. */
  get #common() {
    return { output: process.stderr, signal: this.#signal };
  }

  /** The data file. */
  async file(): Promise<string> {
    return this.#path("Which data file?", "sonar.csv");
  }

  async #path(message: string, placeholder: string): Promise<string> {
    const validate = (path: string | undefined): string | undefined => {
      if (path === undefined || path.trim() === "") return `a path, such as ${placeholder}`;
      return existsSync(path) ? undefined : `${path} does not exist`;
    };
    return this.#answer(this.#clack.text({ ...this.#common, message, placeholder, validate }));
  }

  /** The column that is learnt, or the file of the labels. */
  async label({ table, reports }: Survey, proposal: LabelProposal | undefined): Promise<LabelAnswer> {
    const named = (column: number): string => table.nameOf(column) || `column ${column}`;
    const options = labelCandidates(table).map((column) => {
      const report = reports.get(column);
      const label = report ? `${named(column)}: ${contentText(report)}` : named(column);
      return { value: column, label, ...(column === proposal?.column && { hint: `proposed: ${proposal.why}` }) };
    });
    const asked = {
      ...this.#common,
      message: "Which column is the label?",
      options: [...options, { value: elsewhere, label: "the labels are in a file of their own" }],
      maxItems: mostShown,
      ...(proposal && { initialValue: proposal.column }),
    };
    const column =
      options.length === 0
        ? elsewhere
        : await this.#answer(options.length > mostShown ? this.#clack.autocomplete(asked) : this.#clack.select(asked));
    return column === elsewhere ? { labels: await this.#path("Which file holds the labels?", "labels.npy") } : { column };
  }

  async network(): Promise<string> {
    const options = offeredNetworks.map(({ text, what }) => ({ value: text, label: what, hint: `--network ${text}` }));
    return this.#answer(this.#clack.select({ ...this.#common, message: "Which network?", options, initialValue: offeredNetworks[0].text }));
  }

  async optimizers(proposed: readonly string[]): Promise<readonly string[]> {
    const options = [...optimizerWords].map(([word, { name }]) => ({ value: word, label: name, hint: ownMargin(word) }));
    return this.#answer(
      this.#clack.multiselect({
        ...this.#common,
        message: "Which optimisers? Space marks one, Enter goes on.",
        options,
        initialValues: [...proposed],
        maxItems: mostShown,
        required: true,
      }),
    );
  }
}
