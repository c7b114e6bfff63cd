import { OPEN_END, parseDay } from '@domeinbrug/calendar';
import type { JourneyEvent } from '@domeinbrug/journey';
import { services } from '@domeinbrug/terms';
import fc from 'fast-check';
import { fold } from '../../../../test/build/answers.js';
import {
  admitted,
  bridged,
  carer,
  caseManager,
  corrected,
  delivered,
  died,
  entitled,
  event,
  extended,
  handedOver,
  moved,
  registered,
  time,
  withdrawn,
  wmo,
} from '../../../../test/build/events.js';
import { events as histories } from '../../../../test/laws/histories.js';
import { summaryOf, type AgeRow, type ShareRow, type WaitingTimesSummary, type WaitRow } from './summary.js';
import { WaitingTimes, type Observed } from './waiting-times.js';

const observed: Observed = {
  from: parseDay('2024-01-01'),
  until: parseDay('2025-01-01'),
  lastKnownDay: parseDay('2025-06-30'),
};

/** What comes out over clients with these histories. */
function figuresOf(...clients: JourneyEvent[][]): WaitingTimesSummary {
  const times = new WaitingTimes();
  for (const events of clients) times.add(fold(...events), observed);
  return summaryOf(times.state());
}

/** All regions together; `undefined` where nobody waited. */
const waitOf = (name: string, ...clients: JourneyEvent[][]): WaitRow | undefined =>
  figuresOf(...clients).waits.find((row) => row.name === name && row.region === 'all');
const shareOf = (name: string, ...clients: JourneyEvent[][]): ShareRow | undefined =>
  figuresOf(...clients).shares.find((row) => row.name === name && row.region === 'all');

const referred = (day: string): JourneyEvent => event('case-management-referred', { day });
const reported = (day: string, municipality = '0363'): JourneyEvent =>
  event('wmo-support-reported', { day, municipality });
const requested = (day: string): JourneyEvent => event('wlz-requested', { day });

describe('the wait for a case manager', () => {
  const waitFor = (...clients: JourneyEvent[][]): WaitRow | undefined =>
    waitOf('wait-for-case-manager', ...clients);

  it('runs from the referral to the first day in care, and of those over six weeks the share is given', () => {
    expect(
      waitFor(
        [referred('2024-03-01'), caseManager('2024-03-11')],
        [referred('2024-03-01'), caseManager('2024-03-21')],
        [referred('2024-03-01'), caseManager('2024-04-12')],
        [referred('2024-03-01'), caseManager('2024-04-13')],
      ),
    ).toEqual({
      name: 'wait-for-case-manager',
      from: 'case-management-referred',
      to: 'case-management-started',
      region: 'all',
      ...{ clients: 4, events: 4, stillWaiting: 0, endedOtherwise: 0 },
      ...{ medianDays: 20, p90Days: 43, shareOverNorm: 0.25, normDays: 42 },
    });
  });

  it('of who still waits counts as longer than what was seen of it', () => {
    const row = waitFor([referred('2024-12-01'), caseManager('2024-12-11')], [referred('2024-12-20')]);
    expect(row).toMatchObject({
      events: 1,
      stillWaiting: 1,
      medianDays: 10,
      p90Days: null,
      shareOverNorm: 0.5,
    });
  });

  it('ends uncounted with death', () => {
    const row = waitFor([referred('2024-03-01'), died('2024-03-08')]);
    expect(row).toMatchObject({ events: 0, stillWaiting: 0, endedOtherwise: 1, medianDays: null });
  });

  it('is one from the first of several referrals, and none for who has a case manager', () => {
    const row = waitFor(
      [referred('2024-03-01'), referred('2024-03-08'), caseManager('2024-03-11')],
      [caseManager('2024-01-01'), referred('2024-03-01'), caseManager('2024-05-01')],
    );
    expect(row).toMatchObject({ clients: 1, events: 1, medianDays: 10 });
  });

  it('counts only when it begins in the period', () => {
    expect(waitFor([referred('2023-12-31'), caseManager('2024-03-01')])).toBeUndefined();
    expect(waitFor([referred('2025-01-01'), caseManager('2025-03-01')])).toBeUndefined();
    expect(waitFor([referred('2024-12-31'), caseManager('2025-03-01')])).toMatchObject({ medianDays: 60 });
  });

  it('does not see what lies after the last known day', () => {
    const row = waitFor([referred('2024-12-31'), caseManager('2025-07-01')]);
    expect(row).toMatchObject({ events: 0, stillWaiting: 1 });
  });

  it('is of the care office on its first day', () => {
    const { waits } = figuresOf([registered('2024-01-01'), referred('2024-03-01')], [referred('2024-03-01')]);
    expect(waits.map(({ region, clients }) => [region, clients])).toEqual([
      ['all', 2],
      [null, 1],
      ['5515', 1],
    ]);
  });
});

test('time in case management ends with the admission, and who lives there already waits for none', () => {
  const row = waitOf(
    'case-management-until-admission',
    [caseManager('2024-01-10'), caseManager('2024-02-01', { provider: '32323232' }), admitted('2024-04-19')],
    [admitted('2024-01-01'), caseManager('2024-02-01')],
  );
  expect(row).toMatchObject({ clients: 1, events: 1, medianDays: 100, normDays: null, shareOverNorm: null });
});

describe('the wait for a decision of the municipality', () => {
  const waitFor = (...clients: JourneyEvent[][]): WaitRow | undefined =>
    waitOf('wmo-report-to-decision', ...clients);
  const granted = wmo(['guidance'], '2024-05-01', { decidedOn: '2024-04-10' });

  it('ends on the day on which it was taken, whenever it begins to hold', () => {
    expect(waitFor([reported('2024-03-01'), granted])).toMatchObject({ events: 1, medianDays: 40 });
    const asked = event('wmo-support-requested', { day: '2024-04-01', municipality: '0363' });
    expect(waitOf('wmo-request-to-decision', [asked, granted])).toMatchObject({
      ...{ medianDays: 9, normDays: 14, shareOverNorm: 0 },
    });
  });

  it('is not ended by another municipality', () => {
    const row = waitFor([reported('2024-03-01', '0384'), granted]);
    expect(row).toMatchObject({ events: 0, stillWaiting: 1 });
  });

  it('ends uncounted when the client moves away', () => {
    const row = waitFor([
      registered('2024-01-01'),
      reported('2024-03-01'),
      moved('0384', '2024-03-11'),
      granted,
    ]);
    expect(row).toMatchObject({ events: 0, endedOtherwise: 1 });
  });

  it('ends uncounted when a grant shows that it was taken, and not when', () => {
    const row = waitFor([reported('2024-03-01'), wmo(['guidance'], '2024-05-01')]);
    expect(row).toMatchObject({ events: 0, stillWaiting: 0, endedOtherwise: 1 });
  });
});

test('the wait for an indication follows a corrected day of decision', () => {
  const issued = entitled('2024-04-01', { decidedOn: '2024-05-01' });
  const mended = corrected(issued, entitled('2024-04-01', { decidedOn: '2024-04-12' }));
  expect(waitOf('wlz-request-to-decision', [requested('2024-03-01'), issued, mended])).toMatchObject({
    ...{ medianDays: 42, shareOverNorm: 0 },
  });
});

describe('the wait for delivery', () => {
  const waitFor = (...events: JourneyEvent[]): WaitRow | undefined =>
    waitOf('entitlement-to-delivery', events);

  it('is not ended by bridging care', () => {
    const row = waitFor(entitled('2024-03-01'), bridged('2024-03-05'), admitted('2024-07-01'));
    expect(row).toMatchObject({ events: 1, medianDays: 122, shareOverNorm: 1, normDays: 91 });
  });

  it('is none where care went on from before the right', () => {
    expect(waitFor(admitted('2024-02-25'), entitled('2024-03-01'))).toMatchObject({ medianDays: 0 });
  });

  it('ends uncounted with the right', () => {
    expect(waitFor(entitled('2024-03-01'), withdrawn('2024-03-31'))).toMatchObject({ endedOtherwise: 1 });
  });
});

describe('the share', () => {
  it('of bridging that overran is of those of whom thirteen weeks are known, unless it was extended', () => {
    const overrun = [entitled('2024-03-01'), bridged('2024-03-01'), admitted('2024-06-01')];
    const inTime = [entitled('2024-03-01'), bridged('2024-03-01'), admitted('2024-05-31')];
    const longer = [...overrun, extended('2024-05-01', '2024-07-31')];
    const dead = [entitled('2024-03-01'), died('2024-03-08')];
    expect(shareOf('bridging-overrun', overrun, inTime, longer, dead)).toEqual({
      name: 'bridging-overrun',
      region: 'all',
      ...{ clients: 3, counted: 1, of: 3, share: 0.3333 },
    });
  });

  it('of providers kept over the change of law is of those who had one the day before', () => {
    const provider = '43434343';
    const kept = [
      entitled('2024-03-01'),
      caseManager('2024-01-01', { provider }),
      delivered('modular', '2024-03-01'),
    ];
    const changed = [entitled('2024-03-01'), caseManager('2024-01-01'), delivered('modular', '2024-03-01')];
    const newcomer = [entitled('2024-03-01'), delivered('modular', '2024-03-01')];
    expect(shareOf('same-provider-over-law-change', kept, changed, newcomer)).toMatchObject({
      ...{ counted: 1, of: 2, share: 0.5 },
    });
  });

  it('of aftercare given is of the deaths that left a carer', () => {
    const death = [carer('2024-01-01'), died('2024-03-01')];
    const given = [...death, time('aftercare', '2024-03-20', 60)];
    expect(shareOf('aftercare-given', given, death, [died('2024-03-01')])).toMatchObject({
      counted: 1,
      of: 2,
    });
  });

  it('of handover days used counts each day once, as far as days are known', () => {
    const service = services.indexOf('case-management');
    const times = new WaitingTimes();
    const facts = fold(
      time('case-management', '2024-03-04', 30),
      time('case-management', '2024-03-04', 45, { id: 'again' }),
      time('guidance', '2024-03-05', 30),
      time('case-management', '2024-04-15', 30),
      handedOver('case-management', '2024-04-15'),
    );
    const from = parseDay('2024-03-04');
    const windows = [
      { service, from, until: from + 42 },
      { service, from: parseDay('2024-12-31'), until: OPEN_END },
      { service, from: parseDay('2025-01-01'), until: OPEN_END },
    ];
    times.addHandovers(facts, windows, observed);
    const [row] = summaryOf(times.state()).shares;
    expect(row).toMatchObject({ name: 'handover-days-used', clients: 1, counted: 1, of: 42 + 182 });
  });
});

test('ages are told where the year of birth is known', () => {
  const { ages } = figuresOf(
    [registered('2024-01-01', { birthYear: 1940 }), admitted('2024-03-01')],
    [registered('2024-01-01', { birthYear: 1934 }), admitted('2024-03-01')],
    [admitted('2024-03-01')],
  );
  const expected: AgeRow = {
    ...{ name: 'age-at-admission', region: 'all', clients: 3, unknown: 1, known: 2 },
    ...{ medianYears: 84, p90Years: 90 },
  };
  expect(ages[0]).toEqual(expected);
});

test('parts counted apart and merged in any order give the same bytes', () => {
  fc.assert(
    fc.property(fc.array(histories, { minLength: 2, maxLength: 8 }), fc.nat(6), (clients, cut) => {
      const wide = { ...observed, from: parseDay('2023-01-01') };
      const counted = (part: JourneyEvent[][]): WaitingTimes => {
        const times = new WaitingTimes();
        for (const events of part) times.add(fold(...events), wide);
        return times;
      };
      const [one, other] = [counted(clients.slice(0, cut)), counted(clients.slice(cut))];
      const states = [one.state(), other.state()];
      one.merge(structuredClone(states[1]!));
      other.merge(structuredClone(counted(clients.slice(0, cut)).state()));
      expect(one.state()).toEqual(counted(clients).state());
      expect(other.state()).toEqual(one.state());
    }),
    { numRuns: 60, seed: 20240304 },
  );
});
