import { openSqliteEventLogInProcess, type EventLog } from '@domeinbrug/event-store';
import { readRuleSet } from '@domeinbrug/rules';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { noteInTurn } from './follow-rules.js';
import { openRules } from './open-rules.js';
import { recordFirstActivation, recordRuleSet } from './record-rules.js';
import type { Rules } from './rules.js';

/** Two processes over one log. */
let folder: string;
let log: EventLog;
let publishing: Rules;
let following: Rules;
let warnings: string[];

const origin = 'published';
const by = { organisation: 'policy:00000003999999990000' };

beforeEach(async () => {
  [folder, warnings] = [mkdtempSync(join(tmpdir(), 'follow-rules-')), []];
  log = await openSqliteEventLogInProcess({ dataDir: join(folder, 'data') });
  const open = (rulesDir: string): Promise<Rules> => openRules({ rulesDir, ruleSet: null }, log);
  publishing = await open(resolve('rules'));
  await recordFirstActivation(log, publishing);
  const rulesDir = join(folder, 'rules');
  cpSync(resolve('rules'), rulesDir, { recursive: true });
  writeFileSync(join(rulesDir, 'eight-weeks.yaml'), overlay('eight-weeks', 63));
  following = await open(rulesDir);
});

afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

function overlay(id: string, length: number): string {
  return [
    'schema: domeinbrug/rule-set/1',
    `id: ${id}`,
    'version: "1"',
    'title: Acht weken',
    'status: hypothetical',
    'base: six-weeks',
    `parameters: { handoverLength: { national: { 2015-01-01: ${length} } } }`,
  ].join('\n');
}

/** @param hash other than what the text means, as another version of the product might record it */
async function publish(id: string, hash?: string): Promise<void> {
  const text = overlay(id, 56);
  const ruleSet = readRuleSet(text, publishing.catalogue).ruleSet!;
  const recorded = { ...ruleSet, hash: hash ?? ruleSet.hash };
  await recordRuleSet(log, publishing, { ruleSet: recorded, text, origin, by });
}

const note = (): Promise<void> =>
  noteInTurn({
    log,
    rules: following,
    projections: undefined as never, // nothing is activated
    warn: (sentence) => warnings.push(sentence),
  });

test('what another process published has the say over a file of that name', async () => {
  const file = following.find('eight-weeks')!;
  following.compiledOf(file);
  await publish('eight-weeks');
  await note();
  await note();
  expect(following.find('eight-weeks')!.hash).toBe(publishing.find('eight-weeks')!.hash);
  expect(following.textOf(file)).toContain('56');
  expect(following.compiledOf(following.find('eight-weeks')!).hash).not.toBe(file.hash);
  expect(warnings).toEqual([expect.stringContaining('eight-weeks@1 was published with other rules')]);
});

test('one that cannot be read here is told of once, and those after it are noted', async () => {
  await publish('unread', 'f'.repeat(64));
  await publish('ten-weeks');
  await note();
  await note();
  expect(following.find('ten-weeks')).toBeDefined();
  expect(following.find('unread')).toBeUndefined();
  expect(warnings).toEqual([expect.stringContaining('unread@1')]);
});
