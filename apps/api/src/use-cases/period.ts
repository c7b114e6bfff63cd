import { isTooLong, longestPeriodYears, tryParseDay } from '@domeinbrug/calendar';
import type { ProblemError } from '@domeinbrug/problems';

/** One day, or days from a first through a last. */
export interface PeriodAsked {
  on?: string;
  firstDay?: string;
  lastDay?: string;
}

/** What of a period contradicts itself. */
export function periodErrors({ on, firstDay, lastDay }: PeriodAsked): ProblemError[] {
  const errors: ProblemError[] = [];
  if (on !== undefined && (firstDay ?? lastDay) !== undefined) {
    errors.push({ pointer: '/on', code: 'period-twice', detail: 'Give either on, or firstDay and lastDay.' });
  }
  const [first, last] = [firstDay, lastDay].map((day) =>
    typeof day === 'string' ? tryParseDay(day) : undefined,
  );
  if (first === undefined || last === undefined) return errors;
  if (isTooLong(first, last)) {
    const detail = `Give a period of at most ${longestPeriodYears} years.`;
    errors.push({ pointer: '/lastDay', code: 'period-too-long', detail });
  }
  if (last < first) {
    errors.push({
      pointer: '/lastDay',
      code: 'period-reversed',
      detail: 'lastDay must not lie before firstDay.',
    });
  }
  return errors;
}

/** What is missing from a period that must have both ends, because its days are counted. */
export function openPeriodErrors({ firstDay, lastDay }: PeriodAsked): ProblemError[] {
  return [
    ...(firstDay === undefined ? [required('firstDay', 'from which day on')] : []),
    ...(lastDay === undefined ? [required('lastDay', 'through which day')] : []),
  ];
}

function required(name: string, says: string): ProblemError {
  return { pointer: `/${name}`, code: 'required', detail: `Say ${says} it is: ${name}=YYYY-MM-DD.` };
}
