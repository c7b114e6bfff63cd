// The engine's side of the comparison, added up as plainly as can be: a day at a time by month, a set of clients a cell.
import { coverFacts, compileRuleSet } from '../../../dist/libs/coverage/src/index.js';
import { services } from '../../../dist/libs/terms/src/index.js';
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
        rows.push({
          client,
          service: services[service],
          kind,
          funder_kind: funderKind,
          funder: code,
          from,
          until,
        });
      }
    };
    const sink = { piece, minutes: () => undefined, finding: () => undefined };
    coverFacts(reader.factsAt(client, 'now'), rules, sink, { ...period, services: everyService });
    yield* rows;
  }
}

/** Cells by key: days and distinct clients. Rows of one client come one after the other. */
export function cubeByEngine(rows, period) {
  const months = monthsOf(period);
  const cells = new Map();
  for (const row of rows) {
    for (const [month, first, end] of months) {
      const days = Math.min(row.until, end) - Math.max(row.from, first);
      if (days > 0) addDays(cells, cellKey({ ...row, month }), row.client, days);
    }
  }
  return cells;
}

function addDays(cells, key, client, days) {
  const cell = cells.get(key) ?? { days: 0, clients: 0, last: -1 };
  cell.days += days;
  if (cell.last !== client) cell.clients += 1;
  cell.last = client;
  cells.set(key, cell);
}

export function cellKey({ funder_kind, funder, service, kind, month }) {
  return `${funder_kind}:${funder} ${service} ${kind} ${month}`;
}
