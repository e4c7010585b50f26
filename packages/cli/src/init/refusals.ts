import { DefinitionError, type DefinitionIssue } from "@steepest/core";

/** Refusals of a command line that are told together. */
export class Refusals {
  readonly #issues: DefinitionIssue[] = [];

  /**
   * Makes a check.
   *
   * @param check  throws a DefinitionError where something is wrong, which is kept; any other error is thrown
   */
  check(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      this.#issues.push(...error.issues);
    }
  }

  /**
   * Tells what was refused.
   *
   * @param option  "--label"
   * @returns true if a check has refused it
   */
  hasRefused(option: string): boolean {
    return this.#issues.some(({ path }) => path === option);
  }

  /** Ends the checks. @throws DefinitionError  with everything that they have refused */
  end(): void {
    const [first] = this.#issues;
    if (first) throw new DefinitionError(this.#issues.map(({ message }) => message).join("\n"), first, this.#issues);
  }
}
