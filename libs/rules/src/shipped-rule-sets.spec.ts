import { formatDay } from '@domeinbrug/calendar';
import { columns, type TableService } from '@domeinbrug/terms';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findRuleSet, lintRuleSet, loadRuleSets, type RuleSet, type RuleSetCatalogue } from './index.js';

const folder = join(__dirname, '../../../rules');
const ids = [
  'municipal-run-out',
  'sharp-cut',
  'six-weeks',
  'six-weeks-with-aftercare',
  'split-payment',
  'until-delivery',
];

function load(): RuleSetCatalogue {
  const texts = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  const loaded = loadRuleSets(texts);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 1));
  return loaded.value;
}

const shipped = load();
const ruleSet = (id: string): RuleSet => findRuleSet(shipped, id)!;
const national = (id: string, name: string): Record<string, unknown> =>
  Object.fromEntries(
    ruleSet(id).parameters[name]!.national.map(({ since, value }) => [formatDay(since), value]),
  );
const from2015 = (value: unknown): Record<string, unknown> => ({ '2015-01-01': value });

describe('the shipped rule sets', () => {
  test('load without a problem', () => {
    expect(shipped.ruleSets.map(({ id }) => id)).toEqual(ids);
  });

  test.each(ids)('%s gives no warning, has examples, and says where it comes from', (id) => {
    expect(lintRuleSet(ruleSet(id))).toEqual([]);
    expect(ruleSet(id).examples.length).toBeGreaterThan(0);
    expect(ruleSet(id).source).not.toBe('');
    expect(ruleSet(id).publishedOn).not.toBeNull();
  });

  test('differ in meaning', () => {
    expect(new Set(shipped.ruleSets.map(({ hash }) => hash)).size).toBe(ids.length);
  });
});

describe('sharp-cut', () => {
  test.each([
    ['undelivered', from2015('strict')],
    ['wmoStops', from2015('at-entitlement')],
    ['transitionDay', from2015('new-domain')],
    ['caseManagementUnderWlzAtHome', from2015('zvw')],
    ['cleaningUnderModular', { '2015-01-01': 'wmo', '2017-04-01': 'wlz' }],
    ['aidsInResidence', { '2015-01-01': 'wmo', '2020-01-01': 'wlz' }],
    ['claimWithinDays', from2015(7)],
    ['aftercareWithinDays', from2015(42)],
    ['carerMinutes', from2015('outside')],
    ['handoverLength', from2015(0)],
    ['aftercareLength', from2015(0)],
    ['runOutLength', from2015(0)],
    ['vacancyLength', from2015(13)],
    ['hospitalAbsenceDays', from2015(91)],
    ['leaveAbsenceDays', from2015(42)],
  ])('%s is %j', (name, values) => {
    expect(national('sharp-cut', name)).toEqual(values);
  });

  test('declares every parameter there is, and each value says how certain it is', () => {
    const { parameters, provenance } = ruleSet('sharp-cut');
    expect(Object.keys(parameters)).toHaveLength(15);
    const places = Object.entries(parameters).flatMap(([name, { national: values }]) =>
      values.map(({ since }) => `parameters.${name}.national.${formatDay(since)}`),
    );
    expect(places.filter((place) => !provenance[place]?.certainty)).toEqual([]);
  });

  // Letters: m Wmo, z Zvw, b Wlz, n nobody, a absorbed, e ended, u undelivered, $ a parameter.
  test.each<[TableService, string]>([
    ['household-help', 'mu$bbbaa'],
    ['guidance', 'mubbbbaa'],
    ['day-activities', 'mubbbbaa'],
    ['respite-care', 'mubbbaaa'],
    ['mobility-aid', 'mmmmmm$b'],
    ['home-adaptation', 'mmmmmmee'],
    ['social-transport', 'mmmmmmmm'],
    ['client-support', 'mbbbbbbb'],
    ['district-nursing', 'zubbbbaa'],
    ['case-management', 'z$$$b$ee'],
    ['specific-treatment', 'zubnbbbb'],
    ['geriatric-team-care', 'znnnbnaa'],
    ['geriatric-rehabilitation', 'zzzzzzzz'],
    ['hospital-care', 'zzzzzzzz'],
    ['mental-health-care', 'zzzzzzzb'],
    ['short-stay', 'znnnnnnn'],
    ['residence', 'nnnnnbbb'],
  ])('row %s', (service, row) => {
    const letters: Record<string, string> = { wmo: 'm', wlz: 'b' };
    const written = ruleSet('sharp-cut').cover[service]!.map((cell) => letters[cell] ?? cell[0]);
    expect(written.join('')).toBe(row);
    expect(row).toHaveLength(columns.length);
  });

  test('has four windows, paid by whom they are named after', () => {
    const windows = ruleSet('sharp-cut').windows.map(({ id, trigger, starts, services, phases, payer }) => ({
      ...{ id, trigger, starts, services, payer },
      laws: phases.map(({ days, pays }) => [days, ...pays.map(({ law, share }) => `${law} ${share}`)]),
    }));
    expect(windows).toEqual([
      {
        ...{ id: 'handover', trigger: 'admission', starts: 'trigger-day', payer: 'per-day' },
        ...{ services: ['case-management'], laws: [[null, 'zvw 100']] },
      },
      {
        ...{ id: 'run-out', trigger: 'entitlement-start', starts: 'trigger-day', payer: 'per-day' },
        ...{ services: ['guidance', 'day-activities'], laws: [[null, 'wmo 100']] },
      },
      {
        ...{ id: 'aftercare', trigger: 'death', starts: 'day-after', payer: 'at-trigger' },
        ...{ services: ['aftercare'], laws: [[null, 'zvw 100']] },
      },
      {
        ...{ id: 'vacancy', trigger: 'death', starts: 'day-after', payer: 'at-trigger' },
        ...{ services: ['vacancy'], laws: [[null, 'wlz 100']] },
      },
    ]);
  });
});

describe('the overlays', () => {
  test('change what they are named after, and nothing else', () => {
    const changed = (id: string, base: string): string[] => {
      const [over, under] = [ruleSet(id), ruleSet(base)];
      const parameters = Object.keys(over.parameters).filter(
        (name) => JSON.stringify(over.parameters[name]) !== JSON.stringify(under.parameters[name]),
      );
      const windows = over.windows.filter(
        (window, at) => JSON.stringify(window) !== JSON.stringify(under.windows[at]),
      );
      expect(over.cover).toEqual(under.cover);
      return [...parameters, ...windows.map(({ id: window }) => window)];
    };
    expect(changed('six-weeks', 'sharp-cut')).toEqual(['handoverLength']);
    expect(changed('six-weeks-with-aftercare', 'six-weeks')).toEqual(['aftercareLength']);
    expect(changed('until-delivery', 'sharp-cut')).toEqual(['undelivered', 'wmoStops']);
    expect(changed('municipal-run-out', 'sharp-cut')).toEqual(['runOutLength']);
    expect(changed('split-payment', 'six-weeks')).toEqual(['handover']);
  });

  test('have the lengths, choices and shares of their titles', () => {
    expect(national('six-weeks', 'handoverLength')).toEqual(from2015(42));
    expect(national('six-weeks-with-aftercare', 'aftercareLength')).toEqual(from2015(42));
    expect(national('municipal-run-out', 'runOutLength')).toEqual(from2015(42));
    expect(national('until-delivery', 'undelivered')).toEqual(from2015('until-delivery'));
    expect(national('until-delivery', 'wmoStops')).toEqual(from2015('at-delivery'));
    expect(ruleSet('split-payment').windows[0]!.phases).toEqual([
      {
        days: 14,
        pays: [
          { law: 'zvw', share: 50 },
          { law: 'wlz', share: 50 },
        ],
      },
      { days: null, pays: [{ law: 'zvw', share: 100 }] },
    ]);
  });
});
