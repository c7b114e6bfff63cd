import type { Day } from '@domeinbrug/calendar';
import type { Volume } from '@domeinbrug/journey';
import type { TableService } from '@domeinbrug/terms';
import { anyProvider, type Place } from './places.js';
import { homeOn, municipalitySource, providerSource, type Person } from './person.js';

/** How much of a service a municipality grants, and for how long; aids are given once and kept. */
interface Grant {
  volume: (person: Person) => Volume;
  /** Years, at most; 0 = without an end. */
  years: readonly [least: number, most: number];
  /** Whether a provider tells of the first day of care. */
  delivered: boolean;
}

const once = (quantity: number, unit: Volume['unit']): Volume => ({ quantity, unit, per: 'total' });

const grants: Partial<Record<TableService, Grant>> = {
  'household-help': weekly('minutes', 90, 240, 15),
  guidance: weekly('hours', 1, 6, 1),
  'day-activities': weekly('day-parts', 2, 8, 1),
  'respite-care': {
    volume: ({ random }) => ({ quantity: random.int(14, 52), unit: 'nights', per: 'year' }),
    years: [1, 2],
    delivered: false,
  },
  'mobility-aid': { volume: () => once(1, 'pieces'), years: [0, 0], delivered: false },
  'home-adaptation': {
    volume: ({ random }) => once(random.int(5, 90) * 100, 'euros'),
    years: [0, 0],
    delivered: false,
  },
  'social-transport': { volume: () => once(1, 'pieces'), years: [0, 0], delivered: false },
};

function weekly(unit: Volume['unit'], least: number, most: number, step: number): Grant {
  return {
    volume: ({ random }) => ({ quantity: random.int(least / step, most / step) * step, unit, per: 'week' }),
    years: [2, 5],
    delivered: true,
  };
}

export interface WmoCare {
  service: TableService;
  firstDay: Day;
  /** The last day on which it is needed, inclusive. */
  lastDay: Day;
  /** Whether the municipality ends the decision when the need ends before its term. */
  ended?: boolean;
}

/**
 * A service under the Wmo for as long as it is needed: granted, renewed or not, and after a move granted anew by the
 * other municipality, weeks later.
 */
export function tellWmo(person: Person, { service, firstDay, lastDay, ended = false }: WmoCare): void {
  const { random } = person;
  let day = firstDay;
  while (day <= lastDay) {
    const home = homeOn(person, day);
    const moves = person.homes.find((next) => next.firstDay > day && next.is !== home);
    const leaves = moves === undefined || moves.firstDay > lastDay ? undefined : moves.firstDay;
    const stays = leaves === undefined ? lastDay : leaves - 1;
    const through = grant(person, service, home, day, stays, ended || leaves !== undefined);
    if (through < stays) {
      if (random.chance(0.3)) return;
      day = through + 1 + (random.chance(0.85) ? 0 : random.int(1, 40));
    } else {
      if (leaves === undefined) return;
      day = leaves + random.int(0, 56);
    }
  }
}

/** One decision. Gives its last day, or that of the need when that comes first. */
function grant(
  person: Person,
  service: TableService,
  home: Place,
  firstDay: Day,
  lastDay: Day,
  ended: boolean,
): Day {
  const { diary, random } = person;
  const { volume, years, delivered } = grants[service]!;
  const granted = random.int(...years);
  const term = granted === 0 ? undefined : firstDay + granted * 365 - 1;
  const provider = anyProvider(service === 'household-help' ? 'home-care' : 'support', home, random);
  const decision = { decisionId: String(random.int(1_000_000, 99_999_999)), municipality: home.municipality };
  const decidedOn = firstDay + (random.chance(0.12) ? random.int(1, 60) : -random.int(0, 28));
  diary.tell('wmo-decision-issued', municipalitySource(home), decidedOn, {
    ...decision,
    services: [service],
    firstDay,
    lastDay: term,
    provider,
    deliveryKind: random.chance(0.9) ? 'in-kind' : 'personal-budget',
    volume: volume(person),
    decidedOn,
  });
  const began =
    delivered && random.chance(0.45) ? tellStart(person, decision, provider, firstDay, lastDay) : false;
  if (term !== undefined && term <= lastDay) return term;
  if (began && lastDay < person.lastDay) {
    diary.tell('wmo-support-ended', providerSource(provider), lastDay, {
      ...decision,
      provider,
      lastDay,
      reason: random.pick(['19', '21', '31']),
    });
  }
  if (ended && random.chance(0.7)) {
    diary.tell('wmo-decision-ended', municipalitySource(home), lastDay + random.int(0, 21), {
      ...decision,
      lastDay,
      reason: random.pick(['06', '07', '36']),
    });
  }
  return lastDay;
}

/** The provider tells of the first day of care (WMO305). Gives whether it came to that. */
function tellStart(
  { diary, random }: Person,
  decision: { decisionId: string; municipality: string },
  provider: string,
  granted: Day,
  lastDay: Day,
): boolean {
  const firstDay = granted + random.int(0, 21);
  if (firstDay > lastDay) return false;
  diary.tell('wmo-support-started', providerSource(provider), firstDay, { ...decision, provider, firstDay });
  return true;
}

/** From the first word to the municipality to the request: the terms of Wmo 2015 art. 2.3.2 and 2.3.5. */
export function tellRequest(person: Person, firstDay: Day): void {
  const { diary, random } = person;
  const home = homeOn(person, firstDay);
  const { municipality } = home;
  const reported = firstDay - random.int(14, 84);
  const planned = reported + random.int(5, 40);
  diary.tell('wmo-support-reported', municipalitySource(home), reported, { day: reported, municipality });
  if (!random.chance(0.5)) return;
  diary.tell('wmo-plan-drafted', municipalitySource(home), planned, {
    day: planned,
    municipality,
    draftedBy: random.chance(0.2) ? 'district-nurse' : 'consultant',
    minutes: random.int(4, 16) * 15,
  });
  const requested = planned + random.int(0, 7);
  diary.tell('wmo-support-requested', municipalitySource(home), requested, { day: requested, municipality });
}
