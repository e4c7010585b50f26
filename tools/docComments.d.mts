export function unnamedSubjects(text: string): { readonly line: number; readonly text: string }[];
