import type { Day } from '@domeinbrug/calendar';
import { tellHospital, tellLife } from './common-events.js';
import { tellNursing } from './home-care.js';
import { careOfficeSource, ciz, homeOn, providerSource, waitFor, type Life, type Person } from './person.js';
import { anyProvider, type ProviderKind } from './places.js';
import { tellWmo } from './wmo.js';

/** What the CIZ finds, and how likely what comes of it is. */
export interface Indicated {
  /** COD163. */
  profile: string;
  /** COD736. */
  ground: string;
  /** The share that comes to live in a nursing home or an institution. */
  residence: number;
  /** The share that is admitted in a crisis, before any indication. */
  crisis: number;
  provider?: ProviderKind;
}

/** The first day in a residence, when it comes to that. */
export interface LongTermCare {
  admitted: Day | undefined;
}

/** Old and in need of much care, without a case manager: nursing at home, then the Wlz. */
export const frail: Life = {
  age: [70, 97],
  deathsAYear: 0.19,
  movesAYear: 0.03,
  alreadyThere: 0.45,
  sinceAtMost: 1_200,
};

export function tellFrail(person: Person): void {
  const { random, firstDay, lastDay } = person;
  const provider = anyProvider('home-care', homeOn(person, firstDay), random);
  const indicated = firstDay + random.int(60, 900);
  const longTerm = indicated <= lastDay;
  tellLife(person, { provider, insured: true, longTerm });
  const atHome = Math.min(indicated - 1, lastDay);
  if (random.chance(0.6))
    tellWmo(person, { service: 'household-help', firstDay, lastDay: atHome, ended: longTerm });
  tellNursing(person, provider, firstDay, atHome);
  if (random.chance(0.25)) tellHospital(person, firstDay + random.int(0, atHome - firstDay));
  if (!longTerm) return;
  const profile = random.pick(['752', '753', '754', '755', '757', '191']);
  tellLongTermCare(person, indicated, { profile, ground: '01', residence: 0.6, crisis: 0.08 });
}

/** A lasting disability: an indication of years ago and care that goes on. */
export const disabled: Life = {
  age: [18, 70],
  deathsAYear: 0.02,
  movesAYear: 0.05,
  alreadyThere: 0.85,
  sinceAtMost: 3_600,
};

export function tellDisabled(person: Person): void {
  const { random, firstDay } = person;
  const provider = anyProvider('disability-care', homeOn(person, firstDay), random);
  tellLife(person, { provider, insured: true, longTerm: true });
  const profile = random.pick(['801', '802', '803', '804', '805', '806', '807', '882', '883', '884']);
  const indicated: Indicated = {
    profile,
    ground: '07',
    residence: 0.6,
    crisis: 0,
    provider: 'disability-care',
  };
  tellLongTermCare(person, firstDay + random.int(0, 60), indicated);
  if (random.chance(0.4)) tellWmo(person, { service: 'mobility-aid', firstDay, lastDay: person.lastDay });
}

/** From the request on. `indicated` is the first day of the right (ingangsdatum). */
export function tellLongTermCare(person: Person, indicated: Day, found: Indicated): LongTermCare {
  const { random, lastDay } = person;
  const toResidence = random.chance(found.residence);
  if (toResidence && random.chance(found.crisis)) {
    tellIndication(person, indicated, indicated + random.int(5, 14), found);
    return { admitted: tellResidence(person, indicated, found, true) };
  }
  tellIndication(person, indicated, indicated - random.int(0, 10), found);
  const atHome = toResidence ? random.chance(0.45) : random.chance(0.85);
  const admitted = toResidence ? indicated + (atHome ? random.int(90, 900) : random.int(3, 160)) : undefined;
  const before = Math.min((admitted ?? lastDay + 1) - 1, lastDay);
  if (atHome) tellDeliveryAtHome(person, indicated, before);
  else if (admitted !== undefined) tellWaiting(person, indicated, before);
  if (admitted === undefined || admitted > lastDay) return { admitted: undefined };
  return { admitted: tellResidence(person, admitted, found, false) };
}

function tellIndication(
  { diary, random, firstDay: known }: Person,
  firstDay: Day,
  decidedOn: Day,
  { profile, ground }: Indicated,
): void {
  const requested = decidedOn - random.int(7, 45);
  if (requested > known) diary.tell('wlz-requested', ciz, requested, { day: requested });
  diary.tell('wlz-indication-issued', ciz, decidedOn, {
    decisionId: `C${random.int(10_000_000, 99_999_999)}`,
    decidedOn,
    firstDay,
    profile,
    ground,
  });
}

/** Care at home under the Wlz: modular, as a package, or with a budget of one's own. */
function tellDeliveryAtHome(person: Person, indicated: Day, through: Day): void {
  const { diary, random, lastDay } = person;
  const firstDay = indicated + random.int(0, 45);
  if (firstDay > through) return;
  const provider = anyProvider('home-care', homeOn(person, firstDay), random);
  const deliveryForm = random.weighted([
    ['modular', 60],
    ['full-package', 22],
    ['personal-budget', 18],
  ] as const);
  diary.tell('wlz-delivery-started', providerSource(provider), firstDay, {
    deliveryForm,
    firstDay,
    provider,
    withTreatment: deliveryForm === 'full-package' && random.chance(0.4) ? true : undefined,
  });
  if (through < lastDay) {
    diary.tell('wlz-delivery-ended', providerSource(provider), through, { lastDay: through, provider });
  }
}

/** Waiting for a place: bridged for at most thirteen weeks, or longer when it is extended (Wlz art. 3.3.6). */
function tellWaiting(person: Person, indicated: Day, through: Day): void {
  const { diary, random, lastDay } = person;
  const office = careOfficeSource(homeOn(person, indicated));
  if (random.chance(0.6)) {
    diary.tell('wlz-waiting-status', office, indicated, {
      day: indicated,
      status: random.pick(['1', '2', '3', '6']),
    });
  }
  const firstDay = indicated + random.int(0, 20);
  if (firstDay > through || !random.chance(0.7)) return;
  const deliveryForm = random.chance(0.8) ? 'modular' : 'full-package';
  const provider = anyProvider('home-care', homeOn(person, firstDay), random);
  diary.tell('bridging-started', office, firstDay, { deliveryForm, firstDay, provider });
  if (through - firstDay >= 91 && random.chance(0.7)) {
    const decidedOn = firstDay + random.int(60, 90);
    diary.tell('bridging-extended', office, decidedOn, { lastDay: firstDay + 181, decidedOn });
  }
  if (through < lastDay && random.chance(0.8))
    diary.tell('bridging-ended', office, through, { lastDay: through });
}

/** Living in a nursing home or an institution: the admission, the delivery that is told of it, absences, the end. */
function tellResidence(person: Person, firstDay: Day, found: Indicated, crisis: boolean): Day {
  const { diary, random, lastDay, died } = person;
  const provider = anyProvider(found.provider ?? 'nursing-home', homeOn(person, firstDay), random);
  const source = providerSource(provider);
  const withTreatment = random.chance(0.65);
  diary.tell('client-admitted', source, firstDay, {
    provider,
    firstDay,
    withTreatment,
    crisis: crisis ? true : undefined,
  });
  if (random.chance(0.6)) {
    diary.tell('wlz-delivery-started', source, firstDay + random.int(0, 5), {
      deliveryForm: 'residence',
      firstDay,
      provider,
      withTreatment,
    });
  }
  const changes = firstDay + random.int(30, 700);
  if (random.chance(0.06) && changes <= lastDay) {
    diary.tell('treatment-changed', source, changes, { withTreatment: !withTreatment, firstDay: changes });
  }
  const left = firstDay + random.int(20, 200);
  if (random.chance(0.03) && left < lastDay) {
    diary.tell('client-discharged', source, left, { provider, lastDay: left, destination: 'home' });
    return firstDay;
  }
  tellAbsences(person, source, firstDay);
  if (died && random.chance(0.5)) diary.tell('wlz-delivery-ended', source, lastDay, { lastDay, provider });
  return firstDay;
}

/** To hospital, or on leave, and back. */
function tellAbsences({ diary, random, lastDay }: Person, source: string, admitted: Day): void {
  let day = admitted + waitFor(0.2, random);
  while (day < lastDay) {
    const reason = random.chance(0.7) ? 'hospital' : 'leave';
    diary.tell('absence-started', source, day, { reason, departureDay: day });
    const returnDay = day + random.int(2, reason === 'hospital' ? 25 : 10);
    if (returnDay > lastDay) return;
    diary.tell('absence-ended', source, returnDay, { returnDay });
    day = returnDay + waitFor(0.2, random);
  }
}
