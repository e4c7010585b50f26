import { requireObject, requireText } from "../check/require.js";

/** A function or class of a Python program, with those that it uses. */
export interface PythonSnippet {
  readonly text: string;
  readonly needs: readonly PythonSnippet[];
}

/**
 * A snippet of Python, as `facts.pytorch` of a norm has it.
 *
 * @param text   source of one function or class; white space at its ends is dropped
 * @param needs  snippets that the text uses; a program holds each once, before its users
 * @returns the snippet
 * @throws DefinitionError  if a text is none
 */
export function pythonSnippet(text: string, ...needs: readonly PythonSnippet[]): PythonSnippet {
  requireText("text", text);
  for (const [i, need] of needs.entries()) requireText(`needs[${i}].text`, requireObject(`needs[${i}]`, need).text);
  return { text: text.trim(), needs };
}
