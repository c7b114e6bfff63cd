import type { Day } from '@domeinbrug/calendar';
import { anyProvider } from './places.js';
import {
  careOfficeSource,
  homeOn,
  insurerSource,
  municipalitySource,
  providerSource,
  type Person,
} from './person.js';

/** What is told of a person whatever care they have. */
export interface Known {
  /** AGB code of the provider that registers the person; left out, the municipality does so. */
  provider?: string;
  /** Whether insurers tell of the person: those who have care under the Zvw. */
  insured: boolean;
  /** Whether care offices do: those with an indication under the Wlz. */
  longTerm: boolean;
}

/** Registration, moves, other insurers at 1 January, death. */
export function tellLife(person: Person, known: Known): void {
  register(person, known);
  for (const { firstDay, is } of person.homes.slice(1)) tellMove(person, firstDay, is.careOffice, known);
  if (known.insured) tellInsurers(person);
  if (person.died) tellDeath(person, known);
}

function register({ diary, random, birthYear, firstDay, homes, insurers }: Person, known: Known): void {
  const home = homes[0]!.is;
  const source = known.provider ? providerSource(known.provider) : municipalitySource(home);
  diary.tell('client-registered', source, firstDay, {
    firstDay,
    municipality: home.municipality,
    insurer: known.insured || random.chance(0.3) ? insurers[0]!.is : undefined,
    careOffice: known.longTerm ? home.careOffice : undefined,
    birthYear,
  });
}

/** The care office follows the file, which is handed over weeks after the move. */
function tellMove(person: Person, day: Day, careOffice: string, { longTerm }: Known): void {
  const { diary, random, lastDay } = person;
  const home = homeOn(person, day);
  diary.tell('client-moved', municipalitySource(home), day, {
    municipality: home.municipality,
    firstDay: day,
  });
  const handedOver = day + random.int(7, 60);
  if (!longTerm || handedOver > lastDay || homeOn(person, day - 1).careOffice === careOffice) return;
  diary.tell('care-office-assigned', careOfficeSource(home), handedOver, {
    careOffice,
    firstDay: handedOver,
    movedOn: day,
  });
}

/** Insurers know in the course of January whom they insure. */
function tellInsurers({ diary, random, insurers }: Person): void {
  for (const { firstDay, is } of insurers.slice(1)) {
    diary.tell('insurance-changed', insurerSource(is), firstDay + random.int(0, 30), {
      insurer: is,
      firstDay,
    });
  }
}

function tellDeath(person: Person, known: Known): void {
  const { diary, random, lastDay } = person;
  const home = homeOn(person, lastDay);
  const source =
    known.provider && random.chance(0.6) ? providerSource(known.provider) : municipalitySource(home);
  diary.tell('client-died', source, lastDay + random.int(0, 4), { day: lastDay });
}

/** A partner or child who cares, now and then only for a time. */
export function tellCarer(person: Person, provider: string, firstDay: Day): void {
  const { diary, random, lastDay } = person;
  const home = homeOn(person, firstDay);
  const near = random.chance(0.8);
  const carerId = random.pick(['partner', 'daughter', 'son', 'sister', 'neighbour']);
  diary.tell('carer-registered', providerSource(provider), firstDay, {
    carerId,
    relationship: random.pick(['12', '16', '10']),
    firstDay,
    municipality: near ? home.municipality : undefined,
  });
  const ends = firstDay + random.int(200, 2_000);
  if (ends < lastDay && random.chance(0.3)) {
    diary.tell('carer-ended', providerSource(provider), ends, { carerId, lastDay: ends });
  }
}

/** A stay in hospital and what may follow: rehabilitation or a short stay. Gives the day of coming home. */
export function tellHospital(person: Person, firstDay: Day): Day {
  const { diary, random, lastDay } = person;
  const home = homeOn(person, firstDay);
  const hospital = anyProvider('hospital', home, random);
  const left = tellStay(person, 'hospital', hospital, firstDay, random.int(2, 14));
  const after = random.weighted([
    ['home', 60],
    ['geriatric-rehabilitation', 25],
    ['short-stay', 15],
  ] as const);
  if (after === 'home' || left >= lastDay) return left;
  const provider = anyProvider('nursing-home', home, random);
  diary.tell('stay-started', providerSource(provider), left, { kind: after, provider, firstDay: left });
  return endStay(person, after, provider, left, after === 'short-stay' ? 28 : 45);
}

function tellStay(
  person: Person,
  kind: 'hospital' | 'respite',
  provider: string,
  firstDay: Day,
  days: number,
): Day {
  person.diary.tell('stay-started', providerSource(provider), firstDay, { kind, provider, firstDay });
  return endStay(person, kind, provider, firstDay, days);
}

function endStay(
  { diary, random, lastDay }: Person,
  kind: 'hospital' | 'respite' | 'geriatric-rehabilitation' | 'short-stay',
  provider: string,
  firstDay: Day,
  days: number,
): Day {
  const left = firstDay + random.int(Math.ceil(days / 2), days);
  if (left < lastDay) diary.tell('stay-ended', providerSource(provider), left, { kind, lastDay: left });
  return Math.min(left, lastDay);
}

/** A week or two elsewhere, so that the carer can rest. */
export function tellRespite(person: Person, firstDay: Day): void {
  const { random } = person;
  const provider = anyProvider('nursing-home', homeOn(person, firstDay), random);
  tellStay(person, 'respite', provider, firstDay, 14);
}
