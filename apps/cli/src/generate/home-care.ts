import type { Day } from '@domeinbrug/calendar';
import { tellCarer, tellHospital, tellLife } from './common-events.js';
import { homeOn, providerSource, waitFor, type Life, type Person } from './person.js';
import { anyProvider } from './places.js';
import { tellRequest, tellWmo } from './wmo.js';

/** Support of the municipality and nothing else: two to four events. */
export const supported: Life = {
  age: [30, 92],
  deathsAYear: 0.035,
  movesAYear: 0.02,
  alreadyThere: 0.6,
  sinceAtMost: 1_000,
};

export function tellSupported(person: Person): void {
  const { random, firstDay, lastDay } = person;
  tellLife(person, { insured: false, longTerm: false });
  const service = random.weighted([
    ['household-help', 48],
    ['guidance', 18],
    ['day-activities', 6],
    ['mobility-aid', 14],
    ['social-transport', 9],
    ['home-adaptation', 5],
  ] as const);
  const begins = firstDay + random.int(0, 30);
  if (random.chance(0.08)) tellRequest(person, begins);
  const through = random.chance(0.7) ? lastDay : begins + random.int(180, 1_500);
  tellWmo(person, {
    service,
    firstDay: begins,
    lastDay: Math.min(through, lastDay),
    ended: random.chance(0.3),
  });
}

/** District nursing, in episodes or for long, often beside household help. */
export const nursed: Life = {
  age: [55, 95],
  deathsAYear: 0.11,
  movesAYear: 0.02,
  alreadyThere: 0.35,
  sinceAtMost: 700,
};

export function tellNursed(person: Person): void {
  const { random, firstDay, lastDay } = person;
  const provider = anyProvider('home-care', homeOn(person, firstDay), random);
  tellLife(person, { provider, insured: true, longTerm: false });
  if (random.chance(0.35)) {
    tellWmo(person, { service: 'household-help', firstDay: firstDay + random.int(0, 200), lastDay });
  }
  if (random.chance(0.2)) tellCarer(person, provider, Math.min(firstDay + random.int(0, 90), lastDay));
  for (let day = firstDay; day <= lastDay; day += waitFor(0.8, random)) {
    day = tellNursing(person, provider, day, random.chance(0.35) ? lastDay : day + random.int(14, 120));
    if (day < lastDay && random.chance(0.15)) day = tellHospital(person, day);
  }
}

/** One indication of district nursing; it is told to have ended when that was not a death. Gives its last day. */
export function tellNursing(person: Person, provider: string, firstDay: Day, through: Day): Day {
  const { diary, random, lastDay } = person;
  const indicationId = `V${random.int(100_000, 9_999_999)}`;
  diary.tell('zvw-care-indicated', providerSource(provider), firstDay, {
    indicationId,
    services: ['district-nursing'],
    firstDay,
    provider,
    volume: { quantity: random.int(2, 40) * 15, unit: 'minutes', per: 'week' },
  });
  if (through >= lastDay) return lastDay;
  diary.tell('zvw-care-ended', providerSource(provider), through, { indicationId, lastDay: through });
  return through;
}
