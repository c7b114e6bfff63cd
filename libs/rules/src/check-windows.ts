import { afterDeathServices } from '@domeinbrug/terms';
import { reportUndeclared } from './check-cover.js';
import { own, suggestion } from './names.js';
import { neededWindowKeys, type DraftWindow, type Overlaid } from './overlay.js';
import type { ParsedRuleSet } from './parsed-rule-set.js';
import type { ProblemReport } from './problem.js';
import type { RuleSet, Unit } from './rule-set.js';

const unitsOfLength: readonly Unit[] = ['days', 'weeks', 'months'];

/** What windows may not combine, and the parameters they name. */
export function checkWindows(
  over: ParsedRuleSet,
  base: RuleSet | null,
  whole: Overlaid,
  report: ProblemReport,
): void {
  const baseIds = (base?.windows ?? []).map(({ id }) => id);
  for (const { id, place } of over.windows.filter(({ remove }) => remove)) {
    if (baseIds.includes(id)) continue;
    report.add(
      ['windows', place],
      'unknown-window',
      `There is no window ${id} in the base to remove.${suggestion(id, baseIds)} Take this out, or name one of: ${baseIds.join(', ') || 'none'}.`,
    );
  }
  for (const window of whole.windows) {
    const check: WindowCheck = { window, over, whole, report };
    checkComplete(check, baseIds);
    checkServices(check);
    checkCombinations(check);
    checkLength(check);
    checkClaimWithin(check);
  }
}

interface WindowCheck {
  window: DraftWindow;
  over: ParsedRuleSet;
  whole: Overlaid;
  report: ProblemReport;
}

/** Where a key of the window stands in this text; a window that only the base has, by its id. */
function at({ window, over }: WindowCheck, ...keys: string[]): (string | number)[] {
  const place = over.windows.find(({ id }) => id === window.id)?.place;
  return ['windows', place ?? window.id, ...keys];
}

function checkComplete({ window, over, report, ...check }: WindowCheck, baseIds: readonly string[]): void {
  const path = at({ window, over, report, ...check });
  const refused = (key: string): boolean =>
    over.removed.some(([section, place, name]) => section === 'windows' && place === path[1] && name === key);
  const missing = neededWindowKeys
    .filter((key) => window[key] === undefined && !refused(key) && !(key === 'phases' && refused('pays')))
    .map((key) => (key === 'phases' ? 'pays' : key));
  if (missing.length === 0) return;
  const base =
    over.base === null ? '' : ` The base has no window ${window.id}.${suggestion(window.id, baseIds)}`;
  report.add(
    path,
    'missing-key',
    `Missing: ${missing.join(', ')}.${base} A new window must say each of them.`,
  );
}

function checkServices({ window, report, ...check }: WindowCheck): void {
  const { trigger, services } = window;
  if (trigger === undefined || services === undefined) return;
  const path = at({ window, report, ...check }, 'services');
  for (const service of services) {
    const isAfterDeath = (afterDeathServices as readonly string[]).includes(service);
    if (isAfterDeath && trigger !== 'death') {
      report.add(
        path,
        'after-death-service',
        `${service} exists only after a death, and this window opens at ${trigger}. Write trigger: death, or another service.`,
      );
    } else if (!isAfterDeath && trigger === 'death') {
      report.add(
        path,
        'after-death-service',
        `After a death nobody needs ${service}. With trigger: death write aftercare or vacancy, or choose another trigger.`,
      );
    }
  }
}

function checkCombinations(check: WindowCheck): void {
  const { window, report } = check;
  if (window.side === 'before' && window.payer !== 'at-trigger') {
    report.add(
      at(check, 'payer'),
      'before-needs-at-trigger',
      'Cover before the trigger is paid by whoever pays on the trigger day. With side: before write payer: at-trigger.',
    );
  }
  if (window.repeat !== 'continue') return;
  for (const [key, value, instead] of [
    ['side', 'before', 'after'],
    ['parametersAs', 'per-day', 'at-trigger'],
  ] as const) {
    if (window[key] !== value) continue;
    report.add(
      at(check, 'repeat'),
      'continue-refused',
      `repeat: continue counts on with what is left of one length, which ${key}: ${value} does not have. Write repeat: once or restart, or ${key}: ${instead}.`,
    );
  }
}

function checkLength(check: WindowCheck): void {
  const { length } = check.window;
  if (length === undefined || !('parameter' in length)) return;
  checkUnit(check, length.parameter, ['length'], unitsOfLength, 'A length');
}

function checkClaimWithin(check: WindowCheck): void {
  const days = check.window.requires.claimWithin?.days;
  if (typeof days !== 'object') return;
  checkUnit(check, days.parameter, ['requires', 'claimWithin', 'days'], ['days'], 'claimWithin');
}

function checkUnit(
  check: WindowCheck,
  name: string,
  keys: string[],
  wanted: readonly Unit[],
  what: string,
): void {
  const { whole, over, report } = check;
  const parameter = own(whole.parameters, name);
  if (!parameter) return reportUndeclared(over, whole, name, at(check, ...keys), report);
  if (parameter.unit === undefined || wanted.includes(parameter.unit)) return;
  report.add(
    at(check, ...keys),
    'unit-not-a-length',
    `${what} is in ${wanted.join(', ')}, and ${name} is in ${parameter.unit}. Name another parameter, or give ${name} such a unit.`,
  );
}
