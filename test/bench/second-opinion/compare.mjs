import { cellKey, cubeByEngine, paidByEngine } from './engine-answer.mjs';

/** Days of each client and cell, and the sum of their dates, so that days elsewhere are not the same days. */
const daysOfClients = `
  SELECT client, service, kind, funder_kind, funder,
    sum(until_day - from_day) AS days, sum((until_day - from_day)::BIGINT * (from_day + until_day - 1) / 2) AS dates
  FROM paid GROUP BY client, service, kind, funder_kind, funder`;

/** What the engine says of the clients of an archive, as text that a database's answer can be held against. */
export function engineAnswer(reader, ruleSet, period) {
  const rows = [...paidByEngine(reader, ruleSet, period)];
  const cube = cubeByEngine(rows, period);
  return {
    days: rows.reduce((total, { from, until }) => total + until - from, 0),
    clients: clientsByEngine(rows),
    cells: new Map([...cube].map(([key, cell]) => [key, sums(cell.days, cell.clients)])),
  };
}

/**
 * Where a database does not say the same of the question that was put to it: days of clients, and cells of the cube.
 * Makes the table `paid`.
 */
export async function differencesFrom({ clients, cells }, database) {
  await database.pay();
  const cube = await database.cube();
  const foundCells = new Map(cube.map((cell) => [cellKey(cell), sums(cell.days, cell.clients)]));
  const ofClients = await database.query(daysOfClients);
  const foundClients = new Map(ofClients.map((row) => [clientKey(row), sums(row.days, row.dates)]));
  return [
    ...unlike(clients, foundClients, 'days, sum of their dates'),
    ...unlike(cells, foundCells, 'days, clients'),
  ];
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
    .map(
      (key) =>
        `${key}: engine ${expected.get(key) ?? 'nothing'}, database ${found.get(key) ?? 'nothing'} (${what})`,
    );
}
