import type { JourneyEvent } from '@domeinbrug/journey';
import type { Service } from '@domeinbrug/terms';
import {
  admitted,
  carer,
  caseClosed,
  caseManager,
  died,
  discharged,
  entitled,
  handedOver,
  insuredBy,
  moved,
  nursing,
  pooled,
  registered,
  stay,
  stayEnded,
  withdrawn,
  wmo,
} from '../../../test/build/events.js';
import { becauseOfGap, becauseOfRow, cover } from '../../../test/build/answers.js';
import {
  plainRules,
  rulesWhere,
  rulesWith,
  rulesWithWindow,
  windowWith,
} from '../../../test/build/rule-sets.js';
import type { CompiledRuleSet } from './compile.js';

// Ids in the order in which the answer names them: by source and id.
const home = registered('2023-01-01', { id: 'home' });
const managed = caseManager('2023-06-01', { id: 'managed' });
const guided = wmo(['guidance'], '2024-01-01', { id: 'guided' });
const nursed = nursing('2024-01-01', { id: 'nursed' });
const indication = entitled('2024-03-04', { id: 'indication' });
const admission = admitted('2024-03-04', { id: 'admission' });
const plain = plainRules();

interface Edges {
  opened: string[];
  closed: string[];
}

function rowEdges(
  service: Service,
  firstDay: string,
  events: JourneyEvent[],
  rules: CompiledRuleSet = plain,
): Edges {
  const { opened, closed } = becauseOfRow(cover([home, ...events], rules), service, firstDay);
  return { opened, closed };
}

describe('a window', () => {
  const onAdmission = rulesWithWindow();

  it('is opened by what triggered it and closed by nothing when its length is over', () => {
    const { opened, closed } = rowEdges(
      'case-management',
      '2024-03-04',
      [managed, entitled('2024-02-01'), admission],
      onAdmission,
    );
    expect({ opened, closed }).toEqual({ opened: ['admission'], closed: [] });
  });

  it('is also opened by the end of the claim, the day before', () => {
    const rules = rulesWithWindow({ requires: { claimWithin: { days: 7 } } });
    const events = [
      managed,
      caseClosed('2024-03-03', { id: 'case-closed' }),
      entitled('2024-02-01'),
      admission,
    ];
    expect(rowEdges('case-management', '2024-03-04', events, rules).opened).toEqual([
      'admission',
      'case-closed',
    ]);
  });

  it.each([
    ['a discharge', discharged('2024-03-20', { id: 'cut' }), '2024-03-20'],
    ['a move', moved('0518', '2024-03-21', { id: 'cut' }), '2024-03-20'],
    ['a handover completed', handedOver('case-management', '2024-03-20', { id: 'cut' }), '2024-03-20'],
    ['the death', died('2024-03-20', { id: 'cut' }), '2024-03-20'],
  ])('is closed by %s that cuts it', (_, event, lastDay) => {
    const rules = rulesWithWindow({ cutBy: ['discharge', 'move', 'completed'] });
    const timeline = cover([home, managed, indication, admission, event], rules);
    const row = timeline.cover.find(({ rule }) => rule === 'six-weeks')!;
    expect([row.lastDay, row.because.closed.map(({ id }) => id)]).toEqual([lastDay, ['cut']]);
  });

  it('changes hands with the insurer', () => {
    const events = [
      managed,
      entitled('2024-12-02'),
      admitted('2024-12-02', { id: 'admitted' }),
      insuredBy('3332', '2025-01-01', { id: 'changed' }),
    ];
    expect(rowEdges('case-management', '2024-12-02', events, onAdmission).closed).toEqual(['changed']);
    expect(rowEdges('case-management', '2025-01-01', events, onAdmission)).toEqual({
      opened: ['changed'],
      closed: [],
    });
  });

  it('for the carer is opened by the death', () => {
    const rules = rulesWithWindow({
      kind: 'aftercare',
      trigger: 'death',
      starts: 'day-after',
      services: ['aftercare'],
      payer: 'at-trigger',
      requires: { carer: 'at-death', claimWithin: { service: 'case-management', days: 42 } },
    });
    const events = [managed, carer('2023-01-01', { id: 'carer' }), died('2024-08-11', { id: 'died' })];
    expect(rowEdges('aftercare', '2024-08-12', events, rules)).toEqual({ opened: ['died'], closed: [] });
    const ended = [
      managed,
      caseClosed('2024-08-11', { id: 'case-closed' }),
      carer('2023-01-01'),
      died('2024-08-11', { id: 'died' }),
    ];
    expect(rowEdges('aftercare', '2024-08-12', ended, rules).opened).toEqual(['case-closed', 'died']);
  });

  it('before its trigger is opened by it, by who pays then, and closed by it', () => {
    const rules = rulesWithWindow({
      kind: 'lead-in',
      trigger: 'entitlement-start',
      side: 'before',
      payer: 'at-trigger',
      services: ['client-support'],
    });
    expect(rowEdges('client-support', '2024-01-22', [indication], rules)).toEqual({
      opened: ['home', 'indication'],
      closed: ['indication'],
    });
  });

  it('that begins the day after is opened by its trigger and its payer', () => {
    const rules = rulesWithWindow({ starts: 'day-after' });
    expect(rowEdges('case-management', '2024-03-05', [indication, admission], rules).opened).toEqual([
      'admission',
      'home',
      'indication',
    ]);
  });

  const onGuidance = {
    trigger: 'entitlement-start',
    services: ['guidance'],
    pays: [{ law: 'wmo', share: 100 }],
  };

  it('rests and resumes because of a stay', () => {
    const events = [
      guided,
      indication,
      stay('hospital', '2024-03-08', { id: 'in' }),
      stayEnded('hospital', '2024-03-12', { id: 'out' }),
    ];
    const rules = rulesWithWindow(onGuidance);
    expect(rowEdges('guidance', '2024-03-04', events, rules)).toEqual({
      opened: ['indication'],
      closed: ['in'],
    });
    expect(rowEdges('guidance', '2024-03-12', events, rules)).toEqual({ opened: ['out'], closed: [] });
  });

  it('rests because of a stay also when nothing is needed any more', () => {
    const ended = wmo(['guidance'], '2024-01-01', { lastDay: '2024-03-05' });
    const events = [ended, indication, stay('hospital', '2024-03-08', { id: 'in' })];
    expect(rowEdges('guidance', '2024-03-04', events, rulesWithWindow(onGuidance)).closed).toEqual(['in']);
  });

  it('gives way to a pool because of its start', () => {
    const events = [guided, indication, pooled(['guidance'], '2024-03-08', { id: 'pool' })];
    expect(rowEdges('guidance', '2024-03-04', events, rulesWithWindow(onGuidance)).closed).toEqual(['pool']);
  });

  it('with a Wlz share is closed by the withdrawal', () => {
    const rules = rulesWithWindow({
      pays: [
        { law: 'zvw', share: 50 },
        { law: 'wlz', share: 50 },
      ],
    });
    const events = [managed, indication, admission, withdrawn('2024-03-20', { id: 'withdrawn' })];
    expect(rowEdges('case-management', '2024-03-04', events, rules).closed).toEqual(['withdrawn']);
  });

  it('that gives way to the table is closed by what the table pays on', () => {
    const again = caseManager('2024-03-25', { id: 'again' });
    const events = [managed, indication, admission, discharged('2024-03-20'), again];
    expect(rowEdges('case-management', '2024-03-04', events, onAdmission).closed).toEqual(['again']);
  });

  it('that the table kept away is opened by what stopped the table', () => {
    const rules = rulesWithWindow({ trigger: 'entitlement-start' });
    const events = [managed, indication, admitted('2024-03-11', { id: 'admitted' })];
    expect(rowEdges('case-management', '2024-03-11', events, rules).opened).toEqual(['admitted']);
  });
});

describe('the parameters of a row', () => {
  const length = {
    unit: 'days',
    allowed: { min: 0, max: 182 },
    national: { '2015-01-01': 42, '2024-03-20': 14 },
  };
  const within = { unit: 'days', allowed: { min: 1, max: 92 }, national: { '2015-01-01': 7 } };
  const keys = { length: '$length', requires: { claimWithin: { days: '$within' } } };
  const events = [home, managed, indication, admission];

  it('of a window are those of its trigger day, also in its later parts', () => {
    const rules = rulesWith({ parameters: { length, within }, windows: [windowWith(keys)] });
    const changed = insuredBy('3332', '2024-03-25');
    expect(
      becauseOfRow(cover([...events, changed], rules), 'case-management', '2024-03-25').parameters,
    ).toEqual(['length = 42 (national since 2015-01-01)', 'within = 7 (national since 2015-01-01)']);
    expect(becauseOfRow(cover(events, rules), 'case-management', '2024-03-04').parameters).toEqual([
      'length = 42 (national since 2015-01-01)',
      'within = 7 (national since 2015-01-01)',
    ]);
  });

  it('read per day are all that some day of the row read', () => {
    const longer = { ...length, national: { '2015-01-01': 28, '2024-03-20': 42 } };
    const rules = rulesWith({
      parameters: { length: longer, within },
      windows: [windowWith({ ...keys, parametersAs: 'per-day' })],
    });
    expect(becauseOfRow(cover(events, rules), 'case-management', '2024-03-04').parameters).toEqual([
      'length = 28 (national since 2015-01-01)',
      'length = 42 (national since 2024-03-20)',
      'within = 7 (national since 2015-01-01)',
    ]);
  });

  it('name the level and code that spoke, with the zeros of the code', () => {
    const local = { ...length, municipality: { '0363': { '2020-01-01': 21 } } };
    const rules = rulesWith({ parameters: { length: local }, windows: [windowWith({ length: '$length' })] });
    expect(becauseOfRow(cover(events, rules), 'case-management', '2024-03-04').parameters).toEqual([
      'length = 21 (municipality 0363 since 2020-01-01)',
    ]);
  });

  it('of a cell are those of its days', () => {
    const rules = rulesWhere('undelivered', 'until-delivery');
    expect(
      becauseOfRow(cover([home, guided, indication], rules), 'guidance', '2024-01-01').parameters,
    ).toEqual([
      'undelivered = until-delivery (national since 2015-01-01)',
      'wmoStops = at-entitlement (national since 2015-01-01)',
    ]);
  });

  it('of a gap are those of the table', () => {
    expect(
      becauseOfGap(cover([home, nursed, indication], plain), 'district-nursing', '2024-03-04').parameters,
    ).toEqual([
      'transitionDay = new-domain (national since 2015-01-01)',
      'undelivered = strict (national since 2015-01-01)',
    ]);
  });

  it('are none where none was read', () => {
    expect(becauseOfRow(cover([home, guided], plain), 'guidance', '2024-01-01').parameters).toEqual([]);
  });

  it('name the transition day where it made the old payer pay', () => {
    const both = rulesWhere('transitionDay', 'both');
    expect(
      becauseOfRow(cover([home, guided, indication, admission], both), 'guidance', '2024-01-01').parameters,
    ).toEqual(['transitionDay = both (national since 2015-01-01)']);
  });
});
