import { problemCodes, type ProblemCode } from '@domeinbrug/problems';
import type { OpenAPIObject } from '@nestjs/swagger';
import { answersInDutch } from './dutch/answers.js';
import { changesInDutch } from './dutch/changes.js';
import { commonInDutch } from './dutch/common.js';
import { coverageInDutch } from './dutch/coverage.js';
import { doorsInDutch } from './dutch/doors.js';
import { ruleSetsInDutch } from './dutch/rule-sets.js';
import { replayFiguresInDutch } from './dutch/replay-figures.js';
import { replaysInDutch } from './dutch/replays.js';
import { erasureInDutch } from './dutch/erasure.js';
import { fundersInDutch } from './dutch/funders.js';
import { providersInDutch } from './dutch/providers.js';

const dutch: Record<string, string> = {
  ...commonInDutch,
  ...doorsInDutch,
  ...coverageInDutch,
  ...fundersInDutch,
  ...answersInDutch,
  ...ruleSetsInDutch,
  ...changesInDutch,
  ...providersInDutch,
  ...erasureInDutch,
  ...replaysInDutch,
  ...replayFiguresInDutch,
};

const sentences = new Set(['title', 'summary', 'description']);

/** Examples and fixed values are no sentences, and are the same in each language. */
const notTranslated = new Set(['example', 'enum', 'const', 'required']);

/**
 * The description with its sentences in Dutch; names stay as they are. A sentence without its Dutch one stays in
 * English, and a test names it.
 */
export function inDutch(document: OpenAPIObject): OpenAPIObject {
  return translated(document, 'members') as OpenAPIObject;
}

/** @param keys whether an object's keys are those of the format (`members`) or names of our own, such as fields */
function translated(value: unknown, keys: 'members' | 'names'): unknown {
  if (Array.isArray(value)) return value.map((each) => translated(each, 'members'));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    if (keys === 'names') {
      return [key, typeof inner === 'string' ? sentenceInDutch(inner) : translated(inner, 'members')];
    }
    if (sentences.has(key) && typeof inner === 'string') return [key, sentenceInDutch(inner)];
    if (notTranslated.has(key)) return [key, inner];
    if (key === 'value') return [key, inner]; // of an example
    return [key, translated(inner, key === 'properties' || key === 'scopes' ? 'names' : 'members')];
  });
  return Object.fromEntries(entries);
}

/** What a status is answered for may be followed by its codes, each with its title. */
function sentenceInDutch(text: string): string {
  const parts = text.split(/(?=`[a-z-]+`: )/).map((part) => part.trim());
  return parts.map((part) => (part.startsWith('`') ? codeInDutch(part) : (dutch[part] ?? part))).join(' ');
}

function codeInDutch(text: string): string {
  const code = /^`([a-z-]+)`/.exec(text)?.[1] ?? '';
  return code in problemCodes ? `\`${code}\`: ${problemCodes[code as ProblemCode].dutch}.` : text;
}
