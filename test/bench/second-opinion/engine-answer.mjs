// The engine's side of the comparison, added up as plainly as can be: a day at a time by month, a set of clients a cell.
import { coverFacts, compileRuleSet } from '../../../dist/libs/coverage/src/index.js';
import { funderKinds, services } from '../../../dist/libs/terms/src/index.js';
import { shippedRules } from '../invented-people.mjs';
import { monthsOf } from './question.mjs';

const everyService = [...services.keys()];

/**
 * The paid days of each client under a shipped rule set, one row a payment and range of days, in the terms of the SQL.
 */
export function* paidByEngine(reader, ruleSet, period, clients = reader.clients) {
  const rules = compileRuleSet(shippedRules(ruleSet));
  for (let client = 0; client < clients; client++) {
    const rows = [];
    const piece = (_, service, from, until, { payments }) => {
      for (const { funderKind, code, kind } of payments) {
        rows.push({ client, service: services[service], kind, funder_kind: funderKind, funder: code, from, until });
      }
    };
    const sink = { piece, minutes: () => undefined, finding: () => undefined };
    coverFacts(reader.factsAt(client, 'now'), rules, sink, { ...period, services: everyService });
    yield* rows;
  }
}

/** Cells by key: days, and the number of clients. */
export function cubeByEngine(rows, period) {
  const months = monthsOf(period);
  const cells = new Map();
  for (const { client, from, until, ...row } of rows) {
    for (const [month, first, end] of months) {
      const days = Math.min(until, end) - Math.max(from, first);
      if (days <= 0) continue;
      const key = cellKey({ ...row, month });
      const cell = cells.get(key) ?? { days: 0, clients: new Set() };
      cell.days += days;
      cell.clients.add(client);
      cells.set(key, cell);
    }
  }
  return new Map([...cells].map(([key, { days, clients }]) => [key, { days, clients: clients.size }]));
}

export function cellKey({ funder_kind, funder, service, kind, month }) {
  return `${funder_kind}:${funder} ${service} ${kind} ${month}`;
}

export { funderKinds };
