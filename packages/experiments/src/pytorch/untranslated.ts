import { DefinitionError } from "@steepest/core";

/** Refuses a part of a definition that no Python program can hold. @throws DefinitionError */
export function untranslated(path: string, what: string, hint?: string): never {
  throw DefinitionError.at(path, `"${what}" has no translation to PyTorch`, { value: what, ...(hint && { hint }) });
}
