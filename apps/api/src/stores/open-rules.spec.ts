import { openSqliteEventLogInProcess, START, type EventLog } from '@domeinbrug/event-store';
import { readRuleSet } from '@domeinbrug/rules';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openRules } from './open-rules.js';
import { recordActivation, recordFirstActivation, recordRuleSet } from './record-rules.js';
import { nameOf, type Rules } from './rules.js';

const policy = { organisation: 'policy:00000003999999990000' };

let folder: string;
let rulesDir: string;
let log: EventLog;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'open-rules-'));
  rulesDir = join(folder, 'rules');
  cpSync(resolve('rules'), rulesDir, { recursive: true });
  log = await openSqliteEventLogInProcess({ dataDir: join(folder, 'data') });
});

afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

/** The rules as a service would have them that opens this log now, and what it would warn of. */
async function opened(ruleSet: string | null = null): Promise<{ rules: Rules; warnings: string[] }> {
  const warnings: string[] = [];
  const rules = await openRules({ rulesDir, ruleSet }, log, (sentence) => warnings.push(sentence));
  return { rules, warnings };
}

function overlay(length: number, base: string): string {
  return [
    'schema: domeinbrug/rule-set/1',
    'id: eight-weeks',
    'version: "1"',
    'title: Acht weken',
    'status: hypothetical',
    `base: ${base}`,
    `parameters: { handoverLength: { national: { 2015-01-01: ${length} } } }`,
  ].join('\n');
}

async function publish(rules: Rules, text: string): Promise<void> {
  const { ruleSet, problems } = readRuleSet(text, rules.catalogue);
  if (!ruleSet) throw new Error(JSON.stringify(problems));
  await recordRuleSet(log, rules, { ruleSet, text, origin: 'published', by: policy });
}

const activate = async (rules: Rules, name: string): Promise<void> => {
  const { ruleSet, recorded } = await recordActivation(log, rules, rules.find(name)!, policy);
  rules.putInForce({ ruleSet, since: recorded.position, before: rules.active });
};

test('an empty log begins with the setting, and says so from then on', async () => {
  const first = await opened('six-weeks');
  expect(first.rules.inForce).toMatchObject({ ruleSet: { id: 'six-weeks' }, since: START, before: null });
  await recordFirstActivation(log, first.rules);
  await recordFirstActivation(log, first.rules);
  const events = await log.readAll(START, 10);
  expect(events.map(({ stream, type, recordedAt }) => [stream, type, recordedAt])).toEqual([
    ['ruleset-sharp-cut', 'rule-set-published', 0],
    ['ruleset-six-weeks', 'rule-set-published', 0],
    ['ruleset-active', 'rule-set-activated', 0],
  ]);
  const later = await opened('sharp-cut');
  expect(later.rules.inForce).toMatchObject({ ruleSet: { id: 'six-weeks' }, since: START, before: null });
  expect(later.warnings).toEqual([
    expect.stringMatching(/names sharp-cut, and six-weeks@2026\.1 is in force: the log decides/),
  ]);
  for (const agreeing of [null, 'six-weeks', 'six-weeks@2026.1']) {
    expect((await opened(agreeing)).warnings).toEqual([]);
  }
});

test('history can be loaded after the first activation, also when other history is there already', async () => {
  const append = (stream: string, recordedAt: number) =>
    log.append({
      stream,
      expectedRevision: 'no-stream',
      events: [
        { id: '1', type: 't', contentHash: '0'.repeat(64), content: {}, personal: null, metadata: {} },
      ],
      recordedAt: [recordedAt],
    });
  await append('journey-FIRSTCLIENT', 1_000);
  await recordFirstActivation(log, (await opened()).rules);
  expect(await append('journey-SECONDCLIENT', 1_000)).toMatchObject({ status: 'appended' });
});

test('whoever opens the log next has the published rule sets and the one in force', async () => {
  const { rules } = await opened();
  await recordFirstActivation(log, rules);
  await publish(rules, overlay(56, 'six-weeks'));
  expect(rules.find('eight-weeks')!.base).toEqual({ id: 'six-weeks', version: '2026.1' });
  await activate(rules, 'eight-weeks');
  await activate(rules, 'until-delivery');
  const again = (await opened()).rules;
  expect(again.all.map(({ hash }) => hash)).toEqual(rules.all.map(({ hash }) => hash));
  expect(again.inForce).toEqual(rules.inForce);
  expect(nameOf(again.inForce.before!)).toBe('eight-weeks@1');
  expect(again.recordOf(again.find('eight-weeks')!)!.data).toMatchObject({
    origin: 'published',
    text: overlay(56, 'six-weeks'),
  });
});

test('rules that the log holds mean the same without their file, beside a changed one, and under a later base', async () => {
  const { rules } = await opened();
  await recordFirstActivation(log, rules);
  await publish(rules, overlay(56, 'six-weeks'));
  const { hash } = rules.find('eight-weeks')!;
  rmSync(join(rulesDir, 'six-weeks-with-aftercare.yaml'));
  rmSync(join(rulesDir, 'split-payment.yaml'));
  const path = join(rulesDir, 'six-weeks.yaml');
  const file = readFileSync(path, 'utf8');
  writeFileSync(path, file.replace('value: 42', 'value: 35'));
  writeFileSync(
    join(rulesDir, 'later.yaml'),
    file.replace("version: '2026.1'", "version: '2027.1'").replace('value: 42', 'value: 28'),
  );
  const { rules: again, warnings } = await opened();
  expect(again.find('eight-weeks')!.hash).toBe(hash);
  expect(again.find('six-weeks@2026.1')!.hash).toBe(rules.find('six-weeks@2026.1')!.hash);
  expect(nameOf(again.find('six-weeks')!)).toBe('six-weeks@2027.1');
  expect(warnings).toEqual([
    expect.stringMatching(/file of six-weeks@2026\.1 .* Give the changed rules a new version/),
  ]);
});

test('a log whose rules do not read as they did is refused', async () => {
  const { rules } = await opened();
  const ruleSet = { ...rules.find('six-weeks')!, hash: 'f'.repeat(64) };
  await recordRuleSet(log, rules, {
    ruleSet: { ...ruleSet, version: '9' },
    text: rules.textOf(rules.find('six-weeks')!),
    origin: 'published',
    by: policy,
  });
  await expect(opened()).rejects.toThrow(/six-weeks@9 at position 2 of the log does not read as it did/);
});

test('a setting that names no rule set is told with those there are', async () => {
  await expect(opened('no-such-rules')).rejects.toThrow(
    /There is no rule set "no-such-rules" in .*; there are municipal-run-out@2026\.1, sharp-cut@2026\.1/,
  );
});
