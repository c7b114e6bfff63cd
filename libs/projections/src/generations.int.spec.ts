import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { EventLog } from '@domeinbrug/event-store';
import {
  beforeAll,
  changesAfter,
  coverageUnder,
  deriveViews,
  feedOf,
  fromTheStart,
  rebuildViews,
  startProjections,
  storedTimeline,
  verifyViews,
  viewsPath,
  type RulesInForce,
  type RunningProjections,
} from '@domeinbrug/projections';
import {
  admission,
  caseManagement,
  dropFolder,
  dump,
  guidance,
  indication,
  openFolder,
  record,
  recordActivation,
  registered,
  shipped,
  viewsIn,
} from '../../../test/build/log-folder.js';
import type { RuleSet } from '@domeinbrug/rules';

/** Activation, rebuild and restart, with the projector in its thread over a real log. */

const sharpCut = shipped('sharp-cut');
const sixWeeks = shipped('six-weeks');
let dataDir: string;
let log: EventLog;
let inForce: RulesInForce;

beforeEach(() => begin());
afterEach(() => dropFolder({ dataDir, log }));

async function begin(): Promise<void> {
  ({ dataDir, log } = await openFolder());
  inForce = fromTheStart(sharpCut);
  await recordActivation(log, sharpCut);
}

const start = (): RunningProjections => startProjections({ dataDir, inForce, log });

/** Records that another rule set takes over, and what is then in force. */
async function switchTo(rules: RuleSet): Promise<void> {
  inForce = { ruleSet: rules, since: await recordActivation(log, rules), before: inForce.ruleSet };
}

async function settled(projections: RunningProjections): Promise<void> {
  const { position } = await log.head();
  expect(await projections.reached(position, 30_000)).toBe(true);
  let told: () => void = () => undefined;
  const stop = projections.subscribe(() => told());
  for (;;) {
    const next = new Promise<void>((resolve) => (told = resolve));
    if ((await feedOf(projections.views())).complete) break;
    await next;
  }
  stop();
}

async function expectAsDerived(): Promise<void> {
  const fresh = join(dataDir, 'fresh.db');
  await deriveViews(viewsIn(dataDir), 'fresh.db', log, coverageUnder(inForce));
  expect(dump(viewsPath(dataDir))).toBe(dump(fresh));
}

test('an activation answers as before until it takes over, and then starts a new feed', async () => {
  await record(log, 'CLIENT0B', registered(), caseManagement, indication);
  await record(log, 'CLIENT0A', registered(), caseManagement, indication, admission);
  const projections = start();
  await settled(projections);
  const former = projections.views();
  const rulesOf = async (views = projections.views()): Promise<unknown> =>
    (await storedTimeline(views, 'CLIENT0A'))?.cover.map(({ rule }) => rule);
  expect(await rulesOf()).not.toContain('handover');

  await switchTo(sixWeeks);
  const switched = projections.activate(inForce);
  expect(await rulesOf()).not.toContain('handover');
  await switched;
  expect(await rulesOf()).toContain('handover');
  expect(await rulesOf(former)).not.toContain('handover');
  await settled(projections);

  const { since } = inForce;
  expect(await feedOf(projections.views())).toEqual({ since, complete: true });
  await record(log, 'CLIENT0B', admission);
  await settled(projections);
  const feed = await changesAfter(projections.views(), beforeAll(since), 100, { funder: 'insurer:3311' });
  expect(
    feed.map(({ position, clientId, ordinal, change, causedBy, after }) => [
      position,
      clientId,
      ordinal,
      change,
      causedBy[0]!.type,
      after?.rule,
    ]),
  ).toEqual([
    [since, 'CLIENT0A', 1, 'added', 'rule-set-activated', 'handover'],
    [`${Number(since) + 1}`, 'CLIENT0B', 1, 'changed', 'client-admitted', 'table'],
    [`${Number(since) + 1}`, 'CLIENT0B', 2, 'added', 'client-admitted', 'handover'],
  ]);
  await projections.activate(inForce);
  await projections.close();
  const files = readdirSync(dataDir).filter((name) => /^views.*(db|current)$/.test(name));
  expect(files).toEqual(['views-2.db', 'views.current']);
  await expectAsDerived();
  const found = await verifyViews(viewsIn(dataDir), join(dataDir, 'scratch'), log, coverageUnder(inForce));
  expect(found).toMatchObject({ differing: 0, refused: null });
});

test('an activation that another overtakes is told so, and the last takes over', async () => {
  await record(log, 'CLIENT0A', registered(), caseManagement, indication, admission);
  const projections = start();
  await settled(projections);
  await switchTo(sixWeeks);
  const former = inForce;
  await switchTo(sharpCut);
  const overtaken = expect(projections.activate(former)).rejects.toThrow('Other rules were activated before');
  await projections.activate(inForce);
  await overtaken;
  await settled(projections);
  await projections.close();
  await expectAsDerived();
});

test('an activation that was recorded and not built is completed by the next start', async () => {
  await record(log, 'CLIENT0A', registered(), caseManagement, indication, admission);
  const first = start();
  await settled(first);
  await switchTo(sixWeeks);
  await first.close();
  // What a killed building leaves behind.
  writeFileSync(join(dataDir, 'views-7.db'), 'half');
  const second = start();
  await settled(second);
  expect((await feedOf(second.views())).since).toBe(inForce.since);
  await second.close();
  expect(existsSync(join(dataDir, 'views-7.db'))).toBe(false);
  await expectAsDerived();
});

test('a feed under rules that have been replaced ends where the others took over', async () => {
  await record(log, 'CLIENT0A', registered());
  const projections = start();
  await settled(projections);
  await switchTo(sixWeeks);
  await record(log, 'CLIENT0A', caseManagement);
  await settled(projections);
  expect(await changesAfter(projections.views(), null, 9, { client: 'CLIENT0A' })).toEqual([]);
  expect((await storedTimeline(projections.views(), 'CLIENT0A'))?.cover).toHaveLength(1);
  await projections.close();
});

const events = [
  caseManagement,
  guidance,
  indication,
  admission,
  { type: 'no-such-event', id: 'poison', data: {} },
  { type: 'client-died', id: 'died', data: { day: '2024-04-01' } },
];
type Step = 'restart' | 'rebuild' | 'activate' | { client: number; event: number };
const aStep = fc.oneof(
  { weight: 6, arbitrary: fc.record({ client: fc.nat(3), event: fc.nat(events.length - 1) }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>('restart', 'rebuild', 'activate') },
);

test('any order of events, restarts, rebuilds and activations gives the same tables', async () => {
  await fc.assert(
    fc
      .asyncProperty(fc.array(aStep, { minLength: 5, maxLength: 25 }), async (steps) => {
        let projections = start();
        for (const [turn, step] of steps.entries()) {
          if (typeof step === 'object') {
            const event = events[step.event]!;
            await record(log, `CLIENT0${step.client}`, ...(turn % 3 ? [] : [registered(`reg ${turn}`)]), {
              ...event,
              id: `${event.id} ${turn}`,
            });
          } else if (step === 'activate') {
            await switchTo(inForce.ruleSet === sharpCut ? sixWeeks : sharpCut);
            await projections.activate(inForce);
          } else {
            await projections.close();
            if (step === 'rebuild') await rebuildViews(viewsIn(dataDir), log, inForce);
            projections = start();
          }
        }
        await settled(projections);
        await projections.close();
        await expectAsDerived();
      })
      .beforeEach(async (previous: () => unknown) => {
        await previous();
        await dropFolder({ dataDir, log });
        await begin();
      }),
    { numRuns: 8, seed: 20261123 },
  );
}, 120_000);
