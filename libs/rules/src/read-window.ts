import { columns, laws, services } from '@domeinbrug/terms';
import type { WindowPatch } from './parsed-rule-set.js';
import type { Path, ProblemReport } from './problem.js';
import type { Length, Provenance, Window, WindowPhase, WindowRequirements, WindowShare } from './rule-set.js';

export interface PhaseText {
  days?: number;
  pays: WindowShare[];
}

/** A window as it stands in a text. */
export interface WindowText extends Partial<Omit<Window, 'phases' | 'length' | 'requires' | 'source'>> {
  id: string;
  remove?: true;
  provenance?: Provenance;
  source?: string;
  length?: string | Exclude<Length, { parameter: string }>;
  requires?: RequirementsText;
  pays?: WindowShare[];
  phases?: PhaseText[];
}

interface RequirementsText extends Omit<WindowRequirements, 'claimWithin' | 'profile'> {
  claimWithin?: { days: number | string; service?: Window['services'][number] };
  profile?: (string | number)[];
}

export const cuts = ['discharge', 'move', 'completed'] as const;

/** Lists whose order means nothing are put in the order of the terms, so that it does not count in the hash either. */
export function readWindow(written: WindowText, place: number, report: ProblemReport): WindowPatch {
  const { id, remove, pays, phases, length, requires, services: named, cutBy } = written;
  const path: Path = ['windows', place];
  const keys: WindowPatch['keys'] = plainKeys(written);
  if (length !== undefined) keys.length = readLength(length);
  if (requires !== undefined) keys.requires = readRequirements(requires);
  if (named !== undefined) keys.services = inOrder(named, services);
  if (cutBy !== undefined) keys.cutBy = inOrder(cutBy, cuts);
  if (pays !== undefined && phases !== undefined) {
    report.add(
      [...path, 'phases'],
      'pays-and-phases',
      'pays and phases say the same thing. Keep one of the two.',
    );
  }
  if (phases !== undefined) keys.phases = readPhases(phases, path, report);
  else if (pays !== undefined) {
    checkShares(pays, [...path, 'pays'], report);
    keys.phases = [{ days: null, pays: sumShares(pays) }];
  }
  return { id, remove: remove === true, keys, place };
}

/** The keys that are written as they are meant. */
function plainKeys(written: WindowText): WindowPatch['keys'] {
  const asMeant = [
    'kind',
    'source',
    'trigger',
    'side',
    'starts',
    'payer',
    'parametersAs',
    'repeat',
    'cap',
  ] as const;
  return Object.fromEntries(
    asMeant.filter((key) => Object.hasOwn(written, key)).map((key) => [key, written[key]]),
  );
}

function readLength(written: NonNullable<WindowText['length']>): Length {
  return typeof written === 'string' ? { parameter: written.slice(1) } : { ...written };
}

function readRequirements({
  claimWithin,
  profile,
  deliveryForm,
  sameProvider,
  ...rest
}: RequirementsText): WindowRequirements {
  const requirements: WindowRequirements = { ...rest };
  if (claimWithin) {
    const { days, service } = claimWithin;
    requirements.claimWithin = {
      days: typeof days === 'string' ? { parameter: days.slice(1) } : days,
      ...(service && { service }),
    };
  }
  if (sameProvider) requirements.sameProvider = true;
  if (profile) requirements.profile = [...new Set(profile.map(String))].sort();
  if (deliveryForm) requirements.deliveryForm = inOrder(deliveryForm, columns);
  return requirements;
}

function inOrder<T>(written: readonly T[], order: readonly T[]): T[] {
  return order.filter((known) => written.includes(known));
}

function readPhases(written: readonly PhaseText[], path: Path, report: ProblemReport): WindowPhase[] {
  const phases: WindowPhase[] = [];
  written.forEach(({ days, pays }, index) => {
    const isLast = index === written.length - 1;
    checkShares(pays, [...path, 'phases', index, 'pays'], report);
    if (!isLast && days === undefined) {
      report.add(
        [...path, 'phases', index],
        'phase-without-days',
        'Only the last phase may run on without days. Write how many days this one lasts, such as days: 14.',
      );
    }
    phases.push({ days: isLast ? null : (days ?? 1), pays: sumShares(pays) });
  });
  return joinAlike(phases);
}

/** Neighbouring phases that pay the same are one. */
function joinAlike(phases: readonly WindowPhase[]): WindowPhase[] {
  const joined: WindowPhase[] = [];
  for (const phase of phases) {
    const last = joined.at(-1);
    if (last && JSON.stringify(last.pays) === JSON.stringify(phase.pays)) {
      last.days = last.days === null || phase.days === null ? null : last.days + phase.days;
    } else joined.push({ ...phase });
  }
  return joined;
}

/** One share for each law, in the order of the laws. */
function sumShares(pays: readonly WindowShare[]): WindowShare[] {
  return laws
    .filter((law) => pays.some((share) => share.law === law))
    .map((law) => ({ law, share: total(pays.filter((share) => share.law === law)) }));
}

function total(shares: readonly WindowShare[]): number {
  // Rounded: 33.3 + 33.3 + 33.4 is not 100 in binary fractions.
  return Math.round(shares.reduce((sum, { share }) => sum + share, 0) * 1e6) / 1e6;
}

function checkShares(pays: readonly WindowShare[], path: Path, report: ProblemReport): void {
  const sum = total(pays);
  if (sum === 100) return;
  report.add(path, 'shares-not-100', `These shares sum to ${sum}. Write percentages that sum to 100.`);
}
