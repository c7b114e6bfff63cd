// What is asked of a database: which rule set, which days. Both databases take it from the same tables.
import { dayOf, civilDate } from '../../../dist/libs/calendar/src/index.js';

/** Statements that put the question in the place of the one before. `period` is half-open, in epoch days. */
export function questionStatements(ruleSet, { from, until }) {
  if (!/^[a-z-]+$/.test(ruleSet)) throw new RangeError(`"${ruleSet}" is not the id of a rule set.`);
  const months = monthsOf({ from, until }).map((month) => `(${month.join(', ')})`);
  return [
    'DELETE FROM question',
    `INSERT INTO question VALUES ('${ruleSet}', ${from}, ${until})`,
    'DELETE FROM month_asked',
    `INSERT INTO month_asked VALUES ${months.join(', ')}`,
    'DELETE FROM day_asked',
    `INSERT INTO day_asked SELECT d.day, m.month, m.from_day, m.until_day
       FROM month_asked m CROSS JOIN generate_series(${from}, ${until - 1}) d(day)
       WHERE d.day >= m.from_day AND d.day < m.until_day`,
  ];
}

/** Months as year and month in six digits, each with its days in the period: [202403, from, until]. */
export function monthsOf({ from, until }) {
  const months = [];
  for (let day = from; day < until; day = months.at(-1)[2]) {
    const { year, month } = civilDate(day);
    const next = month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1);
    months.push([year * 100 + month, day, Math.min(next, until)]);
  }
  return months;
}
