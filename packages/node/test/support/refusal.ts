import { isSteepestError, type SteepestError } from "@steepest/core";

/** The SteepestError that `action` throws or rejects with; anything else fails the test. */
export async function refusal(action: () => unknown): Promise<SteepestError> {
  let result: unknown;
  try {
    result = await action();
  } catch (error) {
    if (isSteepestError(error)) return error;
    throw error;
  }
  throw new Error(`expected a SteepestError, got ${JSON.stringify(result)}`);
}
