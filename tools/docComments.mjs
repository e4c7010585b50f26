// A doc comment names its subject with a noun. An opening that points at something unnamed is a riddle to a reader who comes from an index.
const opening = /^(?:the same|of|what|whatever|who|whoever|whose|how|where|wherever|whether|that|which|why|anybody|nobody|somebody)\b/i;

/** Doc comments of a source text, with the line and first line of text of each; a comment in a string counts, since none should be there. */
function* docComments(text) {
  for (const [comment, body] of text.matchAll(/\/\*\*(?!\/)([\s\S]*?)\*\//g).map((match) => [match, match[1]])) {
    const lines = body.split("\n").map((line) => line.replace(/^\s*\*?\s*/, "").trimEnd());
    const first = lines.findIndex((line) => line !== "");
    if (first >= 0) yield { line: text.slice(0, comment.index).split("\n").length + first, text: lines[first] };
  }
}

/** The doc comments of a source text that open without naming their subject, as `{ line, text }`. */
export function unnamedSubjects(text) {
  return [...docComments(text)].filter(({ text }) => opening.test(text));
}
