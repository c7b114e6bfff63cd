import { formatDay, formatInstant } from '@domeinbrug/calendar';
import type { RuleSet } from '@domeinbrug/rules';
import { replayVersion, type Population, type ReplayQuestion, type Vary } from '../run/replay-question.js';
import type { RunHeader } from './run-header.js';

/** How a run was made, for all that is exported of it. */
export function headerOf(id: string, question: ReplayQuestion): RunHeader {
  const { baseline, alternative, period, knownAt, digest, population, vary, privacy } = question;
  const lines: [name: string, nameNl: string, value: string][] = [
    ['engine', 'rekenversie', replayVersion],
    ['baseline', 'uitgangspunt', ruleSetWords(baseline)],
    ['alternative', 'alternatief', ruleSetWords(alternative)],
    ['period', 'periode', `${formatDay(period.from)} .. ${formatDay(period.until - 1)}`],
    ['known at', 'stand van kennis op', `${formatInstant(knownAt.instant)}, position ${knownAt.position}`],
    ['log digest', 'logboek-digest', digest],
    ['population', 'groep', populationWords(population)],
    ['varied', 'gevarieerd', varyWords(vary)],
    ['privacy', 'privacy', privacy],
  ];
  return { id, lines: lines.map(([name, nameNl, value]) => ({ name, nameNl, value })) };
}

function ruleSetWords({ id, version, hash }: RuleSet): string {
  return `${id}@${version} ${hash}`;
}

/** `everybody`, or what was named: `municipality 0363, born 1930..1945`. */
export function populationWords({ birthYear, ...codes }: Population): string {
  const named = Object.entries(codes).map(([what, code]) => `${what} ${code}`);
  if (birthYear) named.push(`born ${birthYear.min ?? ''}..${birthYear.max ?? ''}`);
  return named.length > 0 ? named.join(', ') : 'everybody';
}

function varyWords(vary: Vary | null): string {
  return vary === null ? 'nothing' : `${vary.parameter} ${vary.values.join(' ')}`;
}
