import type { Day } from '@domeinbrug/calendar';
import { tellCarer, tellHospital, tellLife, tellRespite } from './common-events.js';
import { tellNursing } from './home-care.js';
import { tellLongTermCare } from './long-term-care.js';
import { homeOn, providerSource, type Life, type Person } from './person.js';
import { anyProvider } from './places.js';
import { tellRequest, tellWmo } from './wmo.js';

/** Dementia with a case manager: from the referral through care at home to a nursing home, as far as life goes. */
export const withDementia: Life = {
  age: [68, 94],
  deathsAYear: 0.16,
  movesAYear: 0.03,
  alreadyThere: 0.4,
  sinceAtMost: 1_400,
};

export function tellDementia(person: Person): void {
  const { random, firstDay, lastDay, diary } = person;
  const home = homeOn(person, firstDay);
  const caseManager = anyProvider('case-management', home, random);
  const indicated = firstDay + random.int(250, 1_600);
  const longTerm = indicated <= lastDay;
  tellLife(person, { provider: caseManager, insured: true, longTerm });
  const started = firstDay + random.int(14, 110);
  diary.tell('case-management-referred', providerSource(caseManager), firstDay, { day: firstDay });
  if (started > lastDay) return;
  diary.tell('case-management-started', providerSource(caseManager), started, {
    firstDay: started,
    provider: caseManager,
    volume: { quantity: random.int(4, 16) * 15, unit: 'minutes', per: 'month' },
  });
  if (random.chance(0.6)) tellCarer(person, caseManager, started);
  const atHome = Math.min(indicated - 1, lastDay);
  if (started < atHome) tellCareAtHome(person, started, atHome, longTerm);
  const { admitted } = longTerm
    ? tellLongTermCare(person, indicated, {
        profile: random.chance(0.75) ? '754' : '753',
        ground: '02',
        residence: 0.75,
        crisis: 0.12,
      })
    : { admitted: undefined };
  if (admitted !== undefined) tellHandover(person, caseManager, admitted);
  tellActivities(person, caseManager, started, Math.min((admitted ?? lastDay + 1) - 1, lastDay));
  if (person.died && random.chance(0.25)) tellAftercare(person, caseManager);
}

/** Before the Wlz: municipality and insurer. What the municipality granted is mostly ended when the Wlz begins. */
function tellCareAtHome(person: Person, firstDay: Day, lastDay: Day, ended: boolean): void {
  const { random } = person;
  const within = (): Day => firstDay + random.int(0, lastDay - firstDay);
  if (random.chance(0.3)) tellRequest(person, firstDay);
  if (random.chance(0.45)) tellWmo(person, { service: 'household-help', firstDay, lastDay, ended });
  if (random.chance(0.45)) tellWmo(person, { service: 'day-activities', firstDay: within(), lastDay, ended });
  if (random.chance(0.2)) tellWmo(person, { service: 'guidance', firstDay: within(), lastDay, ended });
  if (random.chance(0.5)) {
    const day = within();
    tellNursing(person, anyProvider('home-care', homeOn(person, day), random), day, lastDay);
  }
  if (random.chance(0.12)) tellHospital(person, within());
  if (random.chance(0.1)) tellRespite(person, within());
}

/** The case manager goes along for some weeks after the admission, or leaves at the door. */
function tellHandover({ diary, random, lastDay }: Person, provider: string, admitted: Day): void {
  const stops = admitted + (random.chance(0.4) ? 0 : random.int(7, 56));
  if (stops > lastDay) return;
  const source = providerSource(provider);
  for (let visit = admitted; visit < stops && random.chance(0.7); visit += random.int(5, 20)) {
    diary.tell('activity-recorded', source, visit, {
      service: 'case-management',
      day: visit,
      minutes: random.int(2, 8) * 15,
      provider,
      subject: random.chance(0.7) ? 'client' : 'carer',
      kind: 'coordination',
    });
  }
  if (stops > admitted && random.chance(0.5)) {
    diary.tell('handover-completed', source, stops, { service: 'case-management', day: stops, provider });
  }
  diary.tell('case-management-ended', source, stops, { lastDay: stops, provider });
}

/** A few of the visits: most providers keep their minutes to themselves. */
function tellActivities({ diary, random }: Person, provider: string, firstDay: Day, lastDay: Day): void {
  if (lastDay <= firstDay) return;
  for (let visits = random.int(0, 4); visits > 0; visits--) {
    const day = firstDay + random.int(0, lastDay - firstDay);
    diary.tell('activity-recorded', providerSource(provider), day, {
      service: 'case-management',
      day,
      minutes: random.int(1, 8) * 15,
      provider,
      subject: random.chance(0.75) ? 'client' : 'carer',
      kind: random.weighted([
        ['care', 50],
        ['coordination', 25],
        ['consultation', 10],
        ['assessment', 10],
        ['administration', 5],
      ] as const),
      attributable: random.chance(0.93) ? undefined : false,
    });
  }
}

/** A last visit to who is left behind. */
function tellAftercare({ diary, random, lastDay }: Person, provider: string): void {
  const day = lastDay + random.int(7, 42);
  diary.tell('activity-recorded', providerSource(provider), day, {
    service: 'aftercare',
    day,
    minutes: random.int(3, 6) * 15,
    provider,
    subject: 'carer',
    kind: 'care',
  });
}
