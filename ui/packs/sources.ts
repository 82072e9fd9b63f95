// What a module of the windows says and which modules it brings along: its strings, the strings that it puts together,
// its imports. Svelte's own parser reads both kinds of file, so that a quotation mark in a comment is no string.
import { parse } from "svelte/compiler";

/** A string with holes: what stands before, between and after them. */
export type Pattern = readonly string[];

export interface Import {
  /** As it stands in the source. */
  from: string;
  /** The names that are asked for; null for all of them. */
  names: readonly string[] | null;
  /** Passed on to whoever imports this module, and of no other use to it. */
  passed: boolean;
}

export interface Said {
  strings: Set<string>;
  patterns: Pattern[];
  imports: Import[];
}

interface Node {
  type: string;
  [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

/** The fields that hold other nodes. Comments hang beside them and are left out. */
function children(node: Node): Node[] {
  return Object.entries(node)
    .filter(([field]) => !/comments$/i.test(field))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

const name = (node: unknown): string =>
  isNode(node) ? String(node.type === "Identifier" ? node.name : node.value) : "";

function pattern(node: Node): Pattern {
  return (node.quasis as Node[]).map((part) => (part.value as { cooked: string }).cooked);
}

/** A number that is counted up makes the id of an element, and no key. */
const counts = (node: Node): boolean =>
  ["AssignmentExpression", "UpdateExpression"].includes(node.type) || children(node).some(counts);

function imported(node: Node): Import | null {
  const source = node.source as Node | null | undefined;
  if (!source || typeof source.value !== "string") return null;
  if (node.importKind === "type" || node.exportKind === "type") return null;
  const from = source.value;
  if (node.type === "ExportAllDeclaration") return { from, names: null, passed: true };
  const specifiers = ((node.specifiers ?? []) as Node[]).filter(
    (one) => one.importKind !== "type" && one.exportKind !== "type",
  );
  if (node.type === "ExportNamedDeclaration")
    return { from, names: specifiers.map((one) => name(one.exported)), passed: true };
  if (node.type === "ImportExpression") return { from, names: null, passed: false };
  const whole = specifiers.some((one) => one.type === "ImportNamespaceSpecifier");
  const names = specifiers.map((one) => (one.type === "ImportSpecifier" ? name(one.imported) : "default"));
  return { from, names: whole ? null : names, passed: false };
}

function walk(node: Node, said: Said): void {
  const found = imported(node);
  if (found) said.imports.push(found);
  if (node.type === "Literal" && typeof node.value === "string") said.strings.add(node.value);
  if (node.type === "Text") said.strings.add(String(node.data).trim());
  if (node.type === "TemplateLiteral" && !(node.expressions as Node[]).some(counts)) {
    const parts = pattern(node);
    if (parts.length === 1) said.strings.add(parts[0] ?? "");
    else said.patterns.push(parts);
  }
  for (const child of children(node)) walk(child, said);
}

/** Reads a `.svelte` or `.ts` file. */
export function read(path: string, source: string): Said {
  const said: Said = { strings: new Set(), patterns: [], imports: [] };
  const text = path.endsWith(".svelte") ? source : `<script lang="ts">\n${source}\n</script>`;
  const tree = parse(text, { modern: true, filename: path }) as unknown as Record<string, unknown>;
  for (const part of [tree.module, tree.instance, tree.fragment]) if (isNode(part)) walk(part, said);
  return said;
}

/** What a Rust file says: whole strings, and those that `format!` puts together. */
export function readRust(source: string): Pick<Said, "strings" | "patterns"> {
  const code = source
    .split("#[cfg(test)]")[0]!
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("//"))
    .join("\n");
  const strings = new Set<string>();
  const patterns: Pattern[] = [];
  for (const [, text = ""] of code.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
    const parts = text.split(/\{\w*\}/);
    if (parts.length === 1) strings.add(text);
    else patterns.push(parts);
  }
  return { strings, patterns };
}
