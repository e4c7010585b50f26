import type { DefinitionError } from "@steepest/core";

/** The messages of the DefinitionError that `read` throws; none where it throws nothing. */
export function messagesOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    return (error as DefinitionError).issues.map(({ message }) => message);
  }
  return [];
}
