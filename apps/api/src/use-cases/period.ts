import { isTooLong, longestPeriodYears, tryParseDay, type Day } from '@domeinbrug/calendar';
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
  const period = closed({ firstDay, lastDay });
  if (period && period.last < period.first) {
    errors.push({
      pointer: '/lastDay',
      code: 'period-reversed',
      detail: 'lastDay must not lie before firstDay.',
    });
  }
  return errors;
}

/** What is wrong with a period whose days are counted: an end that is missing, or too many days. */
export function countedPeriodErrors({ firstDay, lastDay }: PeriodAsked): ProblemError[] {
  const period = closed({ firstDay, lastDay });
  const tooLong = {
    pointer: '/lastDay',
    code: 'period-too-long',
    detail: `Give a period of at most ${longestPeriodYears} years.`,
  };
  return [
    ...(firstDay === undefined ? [required('firstDay', 'from which day on')] : []),
    ...(lastDay === undefined ? [required('lastDay', 'through which day')] : []),
    ...(period && isTooLong(period.first, period.last) ? [tooLong] : []),
  ];
}

/** Both ends of a period, where both are days. */
function closed({ firstDay, lastDay }: PeriodAsked): { first: Day; last: Day } | undefined {
  const [first, last] = [firstDay, lastDay].map((day) =>
    typeof day === 'string' ? tryParseDay(day) : undefined,
  );
  return first === undefined || last === undefined ? undefined : { first, last };
}

function required(name: string, says: string): ProblemError {
  return { pointer: `/${name}`, code: 'required', detail: `Say ${says} it is: ${name}=YYYY-MM-DD.` };
}
