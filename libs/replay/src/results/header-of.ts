import { formatDay, formatInstant } from '@domeinbrug/calendar';
import type { RunHeader } from '../exports/run-header.js';
import type { ReplayQuestion } from '../run/replay-question.js';

/** How a result was made: what stands above everything that leaves a run. */
export function headerOf({
  id,
  engine,
  question,
}: {
  id: string;
  engine: string;
  question: ReplayQuestion;
}): RunHeader {
  const { baseline, alternative, period, knownAt, digest, population, vary, privacy } = question;
  const named = ({ id: name, version, hash }: typeof baseline): string => `${name}@${version} ${hash}`;
  return {
    id,
    lines: [
      { name: 'engine', nameNl: 'rekenversie', value: engine },
      { name: 'baseline', nameNl: 'uitgangspunt', value: named(baseline) },
      { name: 'alternative', nameNl: 'alternatief', value: named(alternative) },
      { name: 'first day', nameNl: 'eerste dag', value: formatDay(period.from) },
      { name: 'last day', nameNl: 'laatste dag', value: formatDay(period.until - 1) },
      { name: 'known at', nameNl: 'stand van kennis op', value: formatInstant(knownAt.instant) },
      { name: 'position', nameNl: 'positie in het logboek', value: knownAt.position },
      { name: 'digest', nameNl: 'kenmerk van het logboek', value: digest },
      { name: 'population', nameNl: 'populatie', value: JSON.stringify(population) },
      { name: 'vary', nameNl: 'gevarieerd', value: vary ? JSON.stringify(vary) : '-' },
      { name: 'privacy', nameNl: 'privacyprofiel', value: privacy },
    ],
  };
}
