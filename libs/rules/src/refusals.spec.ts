import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  loadRuleSets,
  readRuleSet,
  ruleSetProblemCodes,
  type RuleSetCatalogue,
  type RuleSetProblem,
} from './index.js';

const folder = join(__dirname, '../../../rules');
const shipped = shippedCatalogue();

function shippedCatalogue(): RuleSetCatalogue {
  const texts = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  const loaded = loadRuleSets(texts);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

/** Six lines, so that `rules` begin on line 7. */
const head = `schema: domeinbrug/rule-set/1
id: trial
version: "1"
title: Trial
status: pilot
base: six-weeks
`;
const firstLine = 7;

function problemsOf(rules: string): RuleSetProblem[] {
  return readRuleSet(head + rules, shipped).problems;
}

interface Refusal {
  wrong: string;
  rules: string;
  code: RuleSetProblem['code'];
  path: string;
  /** Counted from the first line of `rules`. */
  line: number;
  says: string[];
}

const refusals: Refusal[] = [
  {
    wrong: 'a misspelt key',
    rules: 'paramaters: {}\n',
    code: 'unknown-key',
    path: 'paramaters',
    line: 0,
    says: ['"paramaters" means nothing here.', 'Did you mean parameters?'],
  },
  {
    wrong: 'a misspelt level',
    rules: 'parameters:\n  handoverLength:\n    careoffice: { "5522": { 2024-01-01: 7 } }\n',
    code: 'unknown-key',
    path: 'parameters.handoverLength.careoffice',
    line: 2,
    says: ['Did you mean care-office?'],
  },
  {
    wrong: 'a misspelt key of a window',
    rules: 'windows:\n  - id: handover\n    lenght: { days: 7 }\n',
    code: 'unknown-key',
    path: 'windows[0].lenght',
    line: 2,
    says: ['Did you mean length?'],
  },
  {
    wrong: 'a row for an unknown service',
    rules: 'cover:\n  guidence: [wmo, none, none, none, none, none, none, none]\n',
    code: 'unknown-service',
    path: 'cover.guidence',
    line: 1,
    says: ['Did you mean guidance?'],
  },
  {
    wrong: 'an unknown service in a window',
    rules: 'windows:\n  - id: run-out\n    services:\n      - guidance\n      - day-activites\n',
    code: 'unknown-service',
    path: 'windows[0].services[1]',
    line: 4,
    says: ['"day-activites" is not a known service.', 'Did you mean day-activities?'],
  },
  {
    wrong: 'a price for an unknown service',
    rules: 'prices: { housekeeping: { unit: cent-per-hour, national: { 2024-01-01: 3180 } } }\n',
    code: 'unknown-service',
    path: 'prices.housekeeping',
    line: 0,
    says: ['Known are: household-help'],
  },
  {
    wrong: 'an unknown trigger',
    rules: 'windows:\n  - { id: handover, trigger: admision }\n',
    code: 'unknown-trigger',
    path: 'windows[0].trigger',
    line: 1,
    says: ['Did you mean admission?', 'Write one of: admission, delivery-start'],
  },
  {
    wrong: 'shares that do not sum to 100',
    rules: 'windows:\n  - id: handover\n    pays: [{ law: zvw, share: 60 }, { law: wlz, share: 30 }]\n',
    code: 'shares-not-100',
    path: 'windows[0].pays',
    line: 2,
    says: ['sum to 90', 'sum to 100'],
  },
  {
    wrong: 'shares of a later phase that do not sum to 100',
    rules:
      'windows:\n  - id: handover\n    phases:\n      - { days: 7, pays: [{ law: zvw, share: 100 }] }\n      - { pays: [{ law: wlz, share: 99 }] }\n',
    code: 'shares-not-100',
    path: 'windows[0].phases[1].pays',
    line: 4,
    says: ['sum to 99'],
  },
  {
    wrong: 'a phase that does not say how long it lasts',
    rules:
      'windows:\n  - id: handover\n    phases: [{ pays: [{ law: wlz, share: 100 }] }, { pays: [{ law: zvw, share: 100 }] }]\n',
    code: 'phase-without-days',
    path: 'windows[0].phases[0]',
    line: 2,
    says: ['such as days: 14'],
  },
  {
    wrong: 'pays and phases together',
    rules:
      'windows:\n  - id: handover\n    pays: [{ law: zvw, share: 100 }]\n    phases: [{ pays: [{ law: zvw, share: 100 }] }]\n',
    code: 'pays-and-phases',
    path: 'windows[0].phases',
    line: 3,
    says: ['Keep one of the two.'],
  },
  {
    wrong: 'a value outside what is allowed',
    rules: 'parameters:\n  handoverLength:\n    insurer:\n      "3344":\n        2025-01-01: 200\n',
    code: 'value-not-allowed',
    path: 'parameters.handoverLength.insurer["3344"]["2025-01-01"]',
    line: 4,
    says: ['200 is outside what is allowed.', 'from 0 to 182'],
  },
  {
    wrong: 'a value between the steps',
    rules:
      'parameters:\n  handoverLength: { allowed: { min: 0, max: 70, step: 7 }, national: { 2025-01-01: 30 } }\n',
    code: 'value-not-allowed',
    path: 'parameters.handoverLength.national["2025-01-01"]',
    line: 1,
    says: ['from 0 to 70 in steps of 7'],
  },
  {
    wrong: 'a word outside what is allowed',
    rules: 'parameters: { undelivered: { national: { 2015-01-01: until-delivry } } }\n',
    code: 'value-not-allowed',
    path: 'parameters.undelivered.national["2015-01-01"]',
    line: 0,
    says: ['Did you mean until-delivery?', 'strict, until-delivery, wlz-pays'],
  },
  {
    wrong: 'a word that the text allows but nothing gives a meaning',
    rules:
      'parameters: { transitionDay: { allowed: { oneOf: [new-domain, both, half] }, national: { 2024-01-01: half } } }\n',
    code: 'value-not-allowed',
    path: 'parameters.transitionDay.national["2024-01-01"]',
    line: 0,
    says: ['"half" has no meaning for transitionDay.', 'Write one of: new-domain, both.'],
  },
  {
    wrong: 'a word where a number belongs',
    rules: 'parameters: { handoverLength: { national: { 2015-01-01: six } } }\n',
    code: 'wrong-value',
    path: 'parameters.handoverLength.national["2015-01-01"]',
    line: 0,
    says: ['"six" is not a value in days.', 'a whole number, 0 or more'],
  },
  {
    wrong: 'a range for words',
    rules: 'parameters: { undelivered: { allowed: { min: 0, max: 1 } } }\n',
    code: 'wrong-value',
    path: 'parameters.undelivered.allowed',
    line: 0,
    says: ['{ oneOf: [...] }'],
  },
  {
    wrong: 'a range upside down',
    rules: 'parameters: { handoverLength: { allowed: { min: 50, max: 10 } } }\n',
    code: 'wrong-value',
    path: 'parameters.handoverLength.allowed',
    line: 0,
    says: ['min 50 is above max 10.'],
  },
  {
    wrong: 'two values on one level and day',
    rules: 'parameters:\n  handoverLength:\n    national:\n      2024-01-01: 14\n      "2024-01-01": 28\n',
    code: 'two-values-on-one-day',
    path: 'parameters.handoverLength.national["2024-01-01"]',
    line: 3,
    says: ['again on line 11', 'Take one of them out.'],
  },
  {
    wrong: 'a key twice',
    rules: 'windows:\n  - id: handover\n    repeat: once\n    repeat: restart\n',
    code: 'duplicate-key',
    path: 'windows[0].repeat',
    line: 2,
    says: ['"repeat" stands here twice'],
  },
  {
    wrong: 'a window twice',
    rules: 'windows:\n  - { id: handover, repeat: restart }\n  - { id: handover, repeat: once }\n',
    code: 'duplicate-window',
    path: 'windows[1]',
    line: 2,
    says: ['There is a window handover above.'],
  },
  {
    wrong: 'null on the national level',
    rules: 'parameters:\n  handoverLength:\n    national: { 2030-01-01: null }\n',
    code: 'national-null',
    path: 'parameters.handoverLength.national["2030-01-01"]',
    line: 2,
    says: ['no level that null could hand on to'],
  },
  {
    wrong: 'null on the national level, with its source',
    rules: 'parameters:\n  handoverLength:\n    national: { 2030-01-01: { value: null } }\n',
    code: 'national-null',
    path: 'parameters.handoverLength.national["2030-01-01"].value',
    line: 2,
    says: ['null cannot stand here.'],
  },
  {
    wrong: 'a parameter without a national value',
    rules: 'parameters:\n  extra: { unit: days, insurer: { "3344": { 2024-01-01: 3 } } }\n',
    code: 'national-missing',
    path: 'parameters.extra',
    line: 1,
    says: ['Write national:'],
  },
  {
    wrong: 'a misspelt parameter in an overlay',
    rules: 'parameters:\n  handoverLenght: { national: { 2015-01-01: 28 } }\n',
    code: 'missing-key',
    path: 'parameters.handoverLenght',
    line: 1,
    says: ['The base has no handoverLenght.', 'Did you mean handoverLength?'],
  },
  {
    wrong: 'a day that does not exist',
    rules: 'parameters:\n  handoverLength: { national: { 2023-02-29: 28 } }\n',
    code: 'wrong-value',
    path: 'parameters.handoverLength.national["2023-02-29"]',
    line: 1,
    says: ['"2023-02-29" is not a day', 'YYYY-MM-DD'],
  },
  {
    wrong: 'the Wlz in the column outside',
    rules: 'cover:\n  guidance: [wlz, wlz, wlz, wlz, wlz, wlz, absorbed, absorbed]\n',
    code: 'wlz-outside',
    path: 'cover.guidance',
    line: 1,
    says: ['column outside', 'Write wmo, zvw, none or ended.'],
  },
  {
    wrong: 'the Wlz in the column outside, the columns in another order',
    rules:
      'cover:\n  columns: [residence, residence-with-treatment, entitled, modular, personal-budget, full-package, part-time-residence, outside]\n  guidance: [wmo, wmo, wmo, wmo, wmo, wmo, wmo, wlz]\n',
    code: 'wlz-outside',
    path: 'cover.guidance',
    line: 2,
    says: ['column outside'],
  },
  {
    wrong: 'undelivered in the column outside',
    rules: 'cover:\n  guidance: [undelivered, wlz, wlz, wlz, wlz, wlz, absorbed, absorbed]\n',
    code: 'undelivered-outside',
    path: 'cover.guidance',
    line: 1,
    says: ['nothing to deliver'],
  },
  {
    wrong: 'a parameter that can be wlz in the column outside',
    rules: 'cover:\n  guidance: [$cleaningUnderModular, wlz, wlz, wlz, wlz, wlz, absorbed, absorbed]\n',
    code: 'wlz-outside',
    path: 'cover.guidance',
    line: 1,
    says: ['$cleaningUnderModular is wlz at national 2017-04-01.'],
  },
  {
    wrong: 'a cell that is none',
    rules: 'cover:\n  guidance: [wmo, wmo, wmo, wmo, wmo, wmo, absorbt, absorbed]\n',
    code: 'wrong-value',
    path: 'cover.guidance[6]',
    line: 1,
    says: ['"absorbt" is not a known cell.', 'Did you mean absorbed?'],
  },
  {
    wrong: 'a row that is too short',
    rules: 'cover:\n  guidance: [wmo, wmo, wmo]\n',
    code: 'wrong-value',
    path: 'cover.guidance',
    line: 1,
    says: ['There are 3 here.', 'one cell for each of the 8 columns'],
  },
  {
    wrong: 'a cell that names no parameter',
    rules: 'cover:\n  guidance: [wmo, $cleaningUnderModulair, wlz, wlz, wlz, wlz, absorbed, absorbed]\n',
    code: 'unknown-parameter',
    path: 'cover.guidance',
    line: 1,
    says: ['Did you mean cleaningUnderModular?'],
  },
  {
    wrong: 'a cell whose parameter is no cell',
    rules: 'cover:\n  guidance: [wmo, $carerMinutes, wlz, wlz, wlz, wlz, absorbed, absorbed]\n',
    code: 'not-a-cell-value',
    path: 'parameters.carerMinutes.national["2015-01-01"]',
    line: -6,
    says: ['"outside" cannot stand in the table', 'reads $carerMinutes'],
  },
  {
    wrong: 'a length that names no parameter',
    rules: 'windows:\n  - id: handover\n    length: $handoverLenght\n',
    code: 'unknown-parameter',
    path: 'windows[0].length',
    line: 2,
    says: ['Did you mean handoverLength?'],
  },
  {
    wrong: 'a length in another unit',
    rules: 'windows:\n  - id: handover\n    length: $undelivered\n',
    code: 'unit-not-a-length',
    path: 'windows[0].length',
    line: 2,
    says: ['days, weeks, months', 'undelivered is in choice'],
  },
  {
    wrong: 'claimWithin in weeks',
    rules:
      'parameters: { near: { unit: weeks, national: { 2015-01-01: 1 } } }\nwindows:\n  - id: handover\n    requires: { claimWithin: { days: $near } }\n',
    code: 'unit-not-a-length',
    path: 'windows[0].requires.claimWithin.days',
    line: 3,
    says: ['near is in weeks'],
  },
  {
    wrong: 'a length without unit',
    rules: 'windows:\n  - { id: handover, length: 42 }\n',
    code: 'wrong-value',
    path: 'windows[0].length',
    line: 1,
    says: ['{days: 42}'],
  },
  {
    wrong: 'aftercare without a death',
    rules: 'windows:\n  - { id: handover, services: [case-management, aftercare] }\n',
    code: 'after-death-service',
    path: 'windows[0].services',
    line: 1,
    says: ['aftercare exists only after a death', 'Write trigger: death'],
  },
  {
    wrong: 'other care after a death',
    rules: 'windows:\n  - { id: aftercare, services: [guidance] }\n',
    code: 'after-death-service',
    path: 'windows[0].services',
    line: 1,
    says: ['nobody needs guidance'],
  },
  {
    wrong: 'cover before the trigger paid day by day',
    rules: 'windows:\n  - id: handover\n    side: before\n    payer: per-day\n',
    code: 'before-needs-at-trigger',
    path: 'windows[0].payer',
    line: 3,
    says: ['With side: before write payer: at-trigger.'],
  },
  {
    wrong: 'a remainder of cover before the trigger',
    rules: 'windows:\n  - { id: handover, side: before, payer: at-trigger, repeat: continue }\n',
    code: 'continue-refused',
    path: 'windows[0].repeat',
    line: 1,
    says: ['side: before does not have', 'or side: after'],
  },
  {
    wrong: 'a remainder of a length that is read each day',
    rules: 'windows:\n  - { id: handover, parametersAs: per-day, repeat: continue }\n',
    code: 'continue-refused',
    path: 'windows[0].repeat',
    line: 1,
    says: ['parametersAs: per-day does not have'],
  },
  {
    wrong: 'a new window that does not say enough',
    rules: 'windows:\n  - { id: handovr, repeat: restart }\n',
    code: 'missing-key',
    path: 'windows[0]',
    line: 1,
    says: ['Missing: kind, trigger, length, services, pays.', 'Did you mean handover?'],
  },
  {
    wrong: 'a window to remove that is not there',
    rules: 'windows:\n  - { id: hand-over, remove: true }\n',
    code: 'unknown-window',
    path: 'windows[0]',
    line: 1,
    says: ['Did you mean handover?', 'handover, run-out, aftercare, vacancy'],
  },
  {
    wrong: 'an assumed use of no window',
    rules: 'assumedUse:\n  handovers: { minutes: { low: 1, mid: 2, high: 3 }, per: window }\n',
    code: 'unknown-window',
    path: 'assumedUse.handovers',
    line: 1,
    says: ['Did you mean handover?'],
  },
  {
    wrong: 'estimates that run downwards',
    rules: 'assumedUse:\n  handover: { minutes: { low: 30, mid: 20, high: 40 }, per: window }\n',
    code: 'wrong-value',
    path: 'assumedUse.handover.minutes',
    line: 1,
    says: ['low, mid and high in that order'],
  },
  {
    wrong: 'a price in parts of a cent',
    rules: 'prices:\n  residence: { unit: cent-per-day, national: { 2024-01-01: 214.84 } }\n',
    code: 'wrong-value',
    path: 'prices.residence.national["2024-01-01"]',
    line: 1,
    says: ['whole cents'],
  },
];

describe('a rule set is refused', () => {
  test.each(refusals)('for $wrong', ({ rules, code, path, line, says }) => {
    const problems = problemsOf(rules);
    expect(problems).toEqual([expect.objectContaining({ code, path, line: firstLine + line })]);
    for (const words of says) expect(problems[0]!.message).toContain(words);
  });

  test.each(refusals)('with a sentence for $wrong', ({ rules }) => {
    const { message } = problemsOf(rules)[0]!;
    expect(message).toMatch(/^.+[.]$/);
    expect(message).not.toMatch(/undefined|\[object|must (be|match|NOT)/);
  });
});

describe('the head of a rule set', () => {
  const headProblems = (text: string): [string, string][] =>
    readRuleSet(text, shipped).problems.map(({ code, path }) => [code, path]);

  test('must name it', () => {
    expect(headProblems('parameters: {}')).toEqual([
      ['missing-key', 'id'],
      ['missing-key', 'schema'],
      ['missing-key', 'status'],
      ['missing-key', 'title'],
      ['missing-key', 'version'],
    ]);
  });

  test('may leave that out inside a case', () => {
    const { ruleSet, problems } = readRuleSet({ base: 'six-weeks' }, shipped, { inline: true });
    expect(problems).toEqual([]);
    expect(ruleSet).toMatchObject({ id: 'inline', base: { id: 'six-weeks', version: '2026.1' } });
  });

  test('cannot be called active', () => {
    expect(headProblems(head.replace('trial', 'active'))).toEqual([['reserved-id', 'id']]);
  });

  test('has its version in quotes', () => {
    const { problems } = readRuleSet(head.replace('"1"', '2026.10'), shipped);
    expect(problems).toEqual([expect.objectContaining({ code: 'wrong-value', path: 'version', line: 3 })]);
    expect(problems[0]!.message).toContain('in quotes');
  });

  test('names a base that exists', () => {
    expect(headProblems(head.replace('six-weeks', 'seven-weeks'))).toEqual([['unknown-base', 'base']]);
    expect(headProblems(head.replace('six-weeks', 'six-weeks@1999'))).toEqual([['unknown-base', 'base']]);
    expect(headProblems(head.replace('six-weeks', '[six-weeks]'))).toEqual([['wrong-value', 'base']]);
  });

  test.each(['', '42', '[]', 'null', '"text"'])('is a map, not %j', (text) => {
    expect(headProblems(text)).toEqual([['wrong-value', '']]);
  });

  test('is YAML', () => {
    const [problem] = readRuleSet('id: x\nwindows: [', shipped).problems;
    expect(problem).toMatchObject({ code: 'yaml-syntax', line: 2 });
  });
});

describe('all problems at once', () => {
  test('of form and of meaning, in the order of the text', () => {
    const problems = problemsOf(`titel: Proef
parameters:
  handoverLength: { national: { 2015-01-01: 500 } }
cover:
  guidance: [wlz, none, none, none, none, none, none, none]
windows:
  - id: handover
    services: [guidence]
    pays: [{ law: zvw, share: 50 }]
  - { id: run-out, side: before, repeat: continue, trigger: move-in }
`);
    expect(problems.map(({ line, code }) => [line! - firstLine, code])).toEqual([
      [0, 'unknown-key'],
      [2, 'value-not-allowed'],
      [4, 'wlz-outside'],
      [7, 'unknown-service'],
      [8, 'shares-not-100'],
      [9, 'before-needs-at-trigger'],
      [9, 'continue-refused'],
      [9, 'unknown-trigger'],
    ]);
  });

  test('of a JSON body, with a pointer and no line', () => {
    const body = {
      schema: 'domeinbrug/rule-set/1',
      id: 'x',
      version: '1',
      title: 'X',
      status: 'law',
      base: 'six-weeks',
    };
    const { problems } = readRuleSet({ ...body, parameters: { handoverLength: { unit: 'dagen' } } }, shipped);
    expect(problems).toEqual([
      expect.objectContaining({
        pointer: '/parameters/handoverLength/unit',
        line: null,
        code: 'wrong-value',
      }),
    ]);
  });
});

test('every code of a refusal is tried in a test', () => {
  const triedElsewhere = [
    'reserved-id',
    'yaml-syntax',
    'unknown-base',
    'base-refused',
    'base-cycle',
    'version-exists',
  ];
  const tried = new Set([...refusals.map(({ code }) => code as string), ...triedElsewhere]);
  expect(ruleSetProblemCodes.filter((code) => !tried.has(code))).toEqual([]);
});

test('a text that says everything a rule set can say is taken', () => {
  const { problems, warnings, ruleSet } = readRuleSet(
    `${head}publishedOn: 2026-11-21
source: a regional agreement
parameters:
  handoverLength:
    unit: days
    allowed: { min: 0, max: 182, step: 7 }
    insurer: { "3344": { 2025-01-01: 0 } }
    care-office: { "5522": { 2026-07-01: { value: 28, provenance: { owner: region, decidedOn: 2026-05-01 } }, 2028-01-01: null } }
  share: { unit: percent, national: { 2015-01-01: 12.5 } }
windows:
  - id: support-before
    kind: lead-in
    trigger: entitlement-start
    side: before
    length: { days: 28 }
    services: [client-support]
    pays: [{ law: wlz, share: 100 }]
    payer: at-trigger
  - id: handover
    requires: { claimWithin: { days: $claimWithinDays }, profile: ["754", 755], deliveryForm: [residence], minDaysInService: 30 }
    cap: { minutes: 360 }
  - { id: run-out, remove: true }
assumedUse:
  handover: { minutes: { low: 90, mid: 180, high: 360 }, per: window, source: an estimate }
prices:
  case-management: { unit: cent-per-hour, national: { 2024-01-01: 8835 } }
  residence: { unit: cent-per-day, national: { 2024-01-01: 21484 }, provenance: { certainty: assumption } }
examples: []
`,
    shipped,
  );
  expect(problems).toEqual([]);
  expect(warnings.map(({ path }) => path)).toEqual(['parameters.runOutLength', 'parameters.share']);
  expect(ruleSet!.windows.map(({ id }) => id)).toEqual([
    'handover',
    'aftercare',
    'vacancy',
    'support-before',
  ]);
  expect(ruleSet!.windows[0]!.requires.profile).toEqual(['754', '755']);
  expect(ruleSet!.provenance['parameters.handoverLength.care-office.5522.2026-07-01']).toEqual({
    owner: 'region',
    decidedOn: '2026-05-01',
  });
});
