// Doc comments of what users call: a @param for each parameter, @returns where something is returned. They are demanded of public functions, of the methods and
// constructors of public classes, and of the methods of public interfaces of things that are closed (a Run, an Engine).
import { dirname, join } from "node:path";
import { parseSync } from "vite";

/** Names that a file exports, by path of the file of the package that declares them; what `export *` gives is followed. */
function exportsOf(path, texts, found = new Map()) {
  const text = texts.get(path) ?? "";
  const fileOf = (target) => join(dirname(path), target.replace(/\.js$/, ".ts"));
  const add = (file, names) => found.set(file, new Set([...(found.get(file) ?? []), ...names]));
  for (const [, names, target] of text.matchAll(/export (?:type )?\{([^}]*)\} from "(\.[^"]+)"/g)) {
    const listed = names.split(",").map(
      (name) =>
        name
          .trim()
          .replace(/^type /, "")
          .split(" as ")[0],
    );
    add(fileOf(target), listed);
  }
  for (const [, target] of text.matchAll(/export \* from "(\.[^"]+)"/g)) {
    const file = fileOf(target);
    const declared = (texts.get(file) ?? "").matchAll(/^export (?:abstract |async )*(?:function|class|interface) (\w+)/gm);
    add(
      file,
      [...declared].map(([, name]) => name),
    );
    exportsOf(file, texts, found);
  }
  return found;
}

/** The doc comment that ends where a declaration starts. */
function commentBefore(text, start) {
  return /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(0, start))?.[1];
}

/** The name of a parameter; undefined for a pattern, whose name is the comment's. */
function parameterName(parameter) {
  const { type, left, argument, parameter: property, name } = parameter;
  if (type === "AssignmentPattern") return parameterName(left);
  if (type === "RestElement") return parameterName(argument);
  return type === "TSParameterProperty" ? parameterName(property) : name;
}

/** Parts that the comment of a function lacks. */
function lackingOf(comment, { params, returnType }, text) {
  if (comment === undefined) return ["a doc comment"];
  const tags = [...comment.matchAll(/@param[ \t]+(\w+)[ \t]+\S/g)].map(([, name]) => name);
  const names = params.map(parameterName).filter((name) => name !== "this");
  const lacking = names.filter((name) => name !== undefined && !tags.includes(name)).map((name) => `@param ${name}`);
  const patterns = names.filter((name) => name === undefined).length;
  if (tags.filter((tag) => !names.includes(tag)).length < patterns) lacking.push("@param of its pattern");
  const returned = returnType && text.slice(returnType.typeAnnotation.start, returnType.typeAnnotation.end);
  const isNothing = !returned || ["void", "never", "Promise<void>"].includes(returned);
  if (!isNothing && !/@returns[ \t]+\S/.test(comment)) lacking.push("@returns");
  return lacking;
}

const isClosed = ({ extends: bases = [] }, text) =>
  bases.some(({ expression }) => /^(?:Async)?Disposable$/.test(text.slice(expression.start, expression.end)));

/** Functions and methods of a declaration: name, start and function of each. */
function* callables(declared, start, text) {
  const { name } = declared.id;
  const nameOf = ({ key }) => `${name}.${text.slice(key.start, key.end)}`;
  if (declared.type === "FunctionDeclaration" || declared.type === "TSDeclareFunction") yield { name, start, called: declared };
  if (declared.type === "TSInterfaceDeclaration" && isClosed(declared, text)) {
    for (const member of declared.body.body) {
      if (member.type === "TSMethodSignature") yield { name: nameOf(member), start: member.start, called: member };
    }
  }
  if (declared.type !== "ClassDeclaration") return;
  for (const member of declared.body.body) {
    const { type, kind, accessibility, computed, key, value } = member;
    if (type !== "MethodDefinition" || !["method", "constructor"].includes(kind)) continue;
    if (computed || key.type === "PrivateIdentifier" || ["private", "protected"].includes(accessibility)) continue;
    if (kind === "constructor" && value.params.length === 0) continue;
    yield { name: nameOf(member), start: member.start, called: value };
  }
}

/**
 * Public functions and methods whose doc comment lacks a part. Of an overloaded function the signatures count, not the implementation.
 *
 * @param entry  path of an entry point
 * @param texts  source texts by path
 * @returns problems in words
 */
export function undocumented(entry, texts) {
  const problems = [];
  for (const [path, names] of exportsOf(entry, texts)) {
    const text = texts.get(path);
    if (text === undefined) continue;
    const exported = parseSync(path, text).program.body.filter(
      ({ type, declaration }) => type === "ExportNamedDeclaration" && names.has(declaration?.id?.name),
    );
    const overloaded = exported
      .filter(({ declaration }) => declaration.type === "TSDeclareFunction")
      .map(({ declaration }) => declaration.id.name);
    for (const { start: at, declaration } of exported) {
      if (declaration.type === "FunctionDeclaration" && overloaded.includes(declaration.id.name)) continue;
      for (const { name, start, called } of callables(declaration, at, text)) {
        const lacking = lackingOf(commentBefore(text, start), called, text);
        if (lacking.length > 0) problems.push(`${path}:${text.slice(0, start).split("\n").length}: ${name} lacks ${lacking.join(", ")}`);
      }
    }
  }
  return problems;
}
