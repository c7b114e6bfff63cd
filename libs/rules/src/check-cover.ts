import { columns, type Service, type TableService } from '@domeinbrug/terms';
import { own, suggestion } from './names.js';
import type { DraftValues, Overlaid } from './overlay.js';
import type { ParsedRuleSet } from './parsed-rule-set.js';
import type { ProblemReport } from './problem.js';
import { placedValues } from './read-dated-values.js';
import { cellValues, type Cell } from './rule-set.js';

/** Every `$name` in the table, and the column `outside`, in which nobody has an entitlement. */
export function checkCover(over: ParsedRuleSet, whole: Overlaid, report: ProblemReport): void {
  const told = new Set<string>();
  for (const [service, row] of Object.entries(whole.cover) as [TableService, Cell[]][]) {
    const outside = row[columns.indexOf('outside')]!;
    if (!isReference(outside)) checkOutside(outside, service, report);
    for (const cell of new Set(row)) {
      if (!isReference(cell)) continue;
      const name = cell.slice(1);
      const parameter = own(whole.parameters, name);
      if (!parameter) reportUndeclared(over, whole, name, ['cover', service], report);
      else if (!told.has(name)) checkCellValues(parameter, name, service, report);
      told.add(name);
      if (parameter && cell === outside) checkOutsideParameter(over, parameter, name, service, report);
    }
  }
}

/** The parameter that a cell or length names is not there: unless it is, but was refused itself. */
export function reportUndeclared(
  over: ParsedRuleSet,
  whole: Overlaid,
  name: string,
  path: (string | number)[],
  report: ProblemReport,
): void {
  const refused = over.removed.some(([section, key]) => section === 'parameters' && (key ?? name) === name);
  if (refused) return;
  report.add(
    path,
    'unknown-parameter',
    `No parameter is called ${name}.${suggestion(name, Object.keys(whole.parameters))} Name one that is there, or declare ${name} under parameters.`,
  );
}

function isReference(cell: Cell): cell is `$${string}` {
  return cell.startsWith('$');
}

function checkCellValues(
  parameter: DraftValues,
  name: string,
  service: Service,
  report: ProblemReport,
): void {
  for (const { path, value } of placedValues(parameter)) {
    if (value === null || (cellValues as readonly unknown[]).includes(value)) continue;
    report.add(
      ['parameters', name, ...path],
      'not-a-cell-value',
      `${JSON.stringify(value)} cannot stand in the table, and the row ${service} reads $${name}.${suggestion(String(value), cellValues)} Write one of: ${cellValues.join(', ')}.`,
    );
  }
}

const outsideRefusals = {
  wlz: {
    code: 'wlz-outside',
    text: 'Outside an entitlement the Wlz pays nothing; in the column outside a cell cannot be wlz. Write wmo, zvw, none or ended.',
  },
  undelivered: {
    code: 'undelivered-outside',
    text: 'Outside an entitlement there is nothing to deliver; in the column outside a cell cannot be undelivered. Write wmo, zvw, none or ended.',
  },
} as const;

function refusalOutside(value: unknown): (typeof outsideRefusals)['wlz' | 'undelivered'] | undefined {
  return value === 'wlz' || value === 'undelivered' ? outsideRefusals[value] : undefined;
}

function checkOutside(cell: Cell, service: Service, report: ProblemReport): void {
  const refusal = refusalOutside(cell);
  if (refusal) report.add(['cover', service], refusal.code, refusal.text);
}

/** Told at the row when this text wrote the row, else at the value. */
function checkOutsideParameter(
  over: ParsedRuleSet,
  parameter: DraftValues,
  name: string,
  service: TableService,
  report: ProblemReport,
): void {
  for (const { path, value } of placedValues(parameter)) {
    const refusal = refusalOutside(value);
    if (!refusal) continue;
    const at = over.cover[service] ? ['cover', service] : ['parameters', name, ...path];
    report.add(at, refusal.code, `$${name} is ${String(value)} at ${path.join(' ')}. ${refusal.text}`);
  }
}
