import { tryParseDay } from '@domeinbrug/calendar';
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseDocument,
  Parser,
  type Pair,
} from 'yaml';
import {
  formatPointer,
  mostProblems,
  reportAt,
  type Path,
  type Position,
  type RuleSetProblem,
} from './problem.js';

/** A text as plain maps, lists and values, and where each of them stands. */
export interface ReadText {
  /** `undefined` when the text is not YAML. */
  tree: unknown;
  positions: Record<string, Position>;
  problems: RuleSetProblem[];
}

// An alias may repeat an anchor that repeats another: a short text can stand for a very large one.
const mostParts = 100_000;
const deepest = 60;

/** Characters; the largest that ships has fifteen thousand. */
const longest = 262_144;

/**
 * Reads YAML 1.2 (of which JSON is a part). Keys are taken as they are written, so that 0363 and 2015-01-01
 * need no quotes; a key that stands twice in one map is a problem, and the first one counts.
 */
export function readRuleSetText(text: string): ReadText {
  const lines = new LineCounter();
  if (text.length > longest) return { tree: undefined, positions: {}, problems: [tooLong] };
  if (isNestedTooDeeply(text)) return { tree: undefined, positions: {}, problems: [nestedTooDeeply] };
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false, // told below, with its path and in the words of rule sets
    schema: 'core',
    version: '1.2',
    logLevel: 'silent',
  });
  const positions: Record<string, Position> = {};
  const report = reportAt(positions);
  if (document.errors.length > 0) {
    return {
      tree: undefined,
      positions,
      problems: document.errors.slice(0, mostProblems).map((error) => syntaxProblem(error, lines)),
    };
  }
  positions[''] = { line: 1, column: 1 };
  const walk: Walk = { anchors: new Map(), lines, positions, report, parts: 0 };
  const tree = plain(walk, document.contents, []);
  return { tree, positions, problems: report.problems };
}

/**
 * Ten thousand brackets in a row would bring the library's reader, and with it the process, to its end. Its parser of
 * single tokens keeps a stack of its own and bears them.
 */
function isNestedTooDeeply(text: string): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) void token;
    if (parser.stack.length > deepest) return true;
  }
  return false;
}

const nestedTooDeeply = refusedWhole(
  `This is nested more than ${deepest} levels deep, which no rule set is; look for a bracket or a dash too many.`,
);

const tooLong = refusedWhole(
  `This has more than ${longest} characters, which no rule set has; lay it over a base and write only what differs.`,
);

function refusedWhole(message: string): RuleSetProblem {
  return { path: '', pointer: '', line: null, column: null, code: 'yaml-syntax', message };
}

interface Walk {
  /** What aliases stand for; an anchor comes before its aliases. */
  anchors: Map<string, unknown>;
  lines: LineCounter;
  positions: Record<string, Position>;
  report: ReturnType<typeof reportAt>;
  parts: number;
}

function plain(walk: Walk, node: unknown, path: Path): unknown {
  if (++walk.parts > mostParts || path.length > deepest) {
    if (walk.parts <= mostParts + 1) {
      walk.report.add(
        path,
        'wrong-value',
        'This text stands for more than a rule set can hold; write it shorter.',
      );
    }
    walk.parts = Math.max(walk.parts, mostParts + 1);
    return null;
  }
  if (isAlias(node)) return plain(walk, walk.anchors.get(node.source), path);
  if (isNode(node) && 'anchor' in node && node.anchor) walk.anchors.set(node.anchor, node);
  if (isMap(node)) return plainMap(walk, node.items, path);
  if (isSeq(node)) {
    return node.items.map((item, index) => {
      place(walk, [...path, index], item);
      return plain(walk, item, [...path, index]);
    });
  }
  return isScalar(node) ? node.value : null;
}

function plainMap(walk: Walk, pairs: Pair[], path: Path): unknown {
  const entries = new Map<string, unknown>();
  for (const { key, value } of pairs) {
    const name = keyText(key);
    const at = [...path, name];
    if (entries.has(name)) {
      reportTwice(walk, key, name, path);
      continue;
    }
    place(walk, at, key);
    entries.set(name, plain(walk, value, at));
  }
  return Object.fromEntries(entries);
}

/** As written, so that the code 0363 keeps its zero. */
function keyText(key: unknown): string {
  if (!isScalar(key)) return String(key);
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function reportTwice(walk: Walk, key: unknown, name: string, path: Path): void {
  const line = lineOf(walk, key);
  const isDay = tryParseDay(name) !== undefined;
  walk.report.add(
    [...path, name],
    isDay ? 'two-values-on-one-day' : 'duplicate-key',
    isDay
      ? `${name} stands here twice (again on line ${line}); one level has one value from a day on. Take one of them out.`
      : `"${name}" stands here twice (again on line ${line}). Put both under one, or take one out.`,
  );
}

function place(walk: Walk, path: Path, node: unknown): void {
  const offset = offsetOf(node);
  if (offset === undefined) return;
  const { line, col } = walk.lines.linePos(offset);
  walk.positions[formatPointer(path)] = { line, column: col };
}

function lineOf(walk: Walk, node: unknown): string {
  const offset = offsetOf(node);
  return offset === undefined ? '?' : String(walk.lines.linePos(offset).line);
}

function offsetOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] | null } | null)?.range?.[0];
}

function syntaxProblem(
  error: { pos: [number, number]; message: string },
  lines: LineCounter,
): RuleSetProblem {
  const { line, col } = lines.linePos(error.pos[0]);
  return {
    path: '',
    pointer: '',
    line,
    column: col,
    code: 'yaml-syntax',
    message: `This is not YAML: ${error.message}. Put it right on line ${line}; only then can the rules be read.`,
  };
}
