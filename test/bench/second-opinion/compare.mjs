import { cellKey, cubeByEngine, paidByEngine } from './engine-answer.mjs';

/** Days of each client and cell, and the sum of their dates, so that days elsewhere are not the same days. */
const daysOfClients = `
  SELECT client, service, kind, funder_kind, funder,
    sum(until_day - from_day) AS days, sum((until_day - from_day)::BIGINT * (from_day + until_day - 1) / 2) AS dates
  FROM paid GROUP BY client, service, kind, funder_kind, funder`;

/**
 * What a database and the engine do not say alike of the question that was put to the database: cells of the cube, and
 * days of clients. Makes the table `paid`.
 */
export async function differencesOf(reader, database, ruleSet, period) {
  await database.pay();
  const cube = new Map((await database.cube()).map((cell) => [cellKey(cell), sums(cell.days, cell.clients)]));
  const clients = new Map((await database.query(daysOfClients)).map((row) => [clientKey(row), sums(row.days, row.dates)]));
  const rows = [...paidByEngine(reader, ruleSet, period)];
  const engineCube = cubeByEngine(rows, period);
  const expected = new Map([...engineCube].map(([key, cell]) => [key, sums(cell.days, cell.clients)]));
  return {
    cells: expected.size,
    days: [...engineCube.values()].reduce((total, cell) => total + cell.days, 0),
    different: [...unlike(clientsByEngine(rows), clients, 'days, sum of their dates'), ...unlike(expected, cube, 'days, clients')],
  };
}

function clientsByEngine(rows) {
  const found = new Map();
  for (const row of rows) {
    const { days, dates } = found.get(clientKey(row)) ?? { days: 0, dates: 0 };
    const more = row.until - row.from;
    found.set(clientKey(row), { days: days + more, dates: dates + (more * (row.from + row.until - 1)) / 2 });
  }
  return new Map([...found].map(([key, { days, dates }]) => [key, sums(days, dates)]));
}

function clientKey({ client, service, kind, funder_kind, funder }) {
  return `client ${client} ${service} ${kind} ${funder_kind}:${funder}`;
}

function sums(...numbers) {
  return numbers.join(', ');
}

function unlike(expected, found, what) {
  return [...new Set([...expected.keys(), ...found.keys()])]
    .filter((key) => expected.get(key) !== found.get(key))
    .map((key) => `${key}: engine ${expected.get(key) ?? 'nothing'}, database ${found.get(key) ?? 'nothing'} (${what})`);
}
