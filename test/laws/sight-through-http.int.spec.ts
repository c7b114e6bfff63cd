import { services } from '@domeinbrug/terms';
import fc from 'fast-check';
import { Client, serviceOfThisFile } from '../e2e/service.js';
import { Asked, ruleSets, type Door, type Question } from './asked-through-http.js';
import * as ofAClient from './doors-of-a-client.js';
import * as ofLists from './doors-of-lists.js';
import * as ofOrganisations from './doors-of-organisations.js';
import { aPeriod, clinic, funders, providers, tellOf } from './told-population.js';

/**
 * Nobody is told of a day, row, reason, count or id beyond its own, at any door of a running service. `sight.spec.ts` holds
 * the cut itself to the same.
 */

const reads = Number(process.env.SIGHT_READS ?? 210);
const people = Number(process.env.SIGHT_PEOPLE ?? 12);
const seed = Number(process.env.LAWS_SEED ?? 20240304);
const atOnce = 4;
jest.setTimeout(3_600_000);

const doors: Record<string, Door> = { ...ofAClient, ...ofLists, ...ofOrganisations };
const { service } = serviceOfThisFile({ DOMEINBRUG_REQUESTS_PER_MINUTE: '10000000' });
const askers = [...funders, ...providers, clinic, 'auditor', 'policy', 'oin:00000003123456780000'];
let asked: Asked;

beforeAll(async () => {
  const population = await tellOf(new Client(service), people, seed);
  asked = await Asked.over(service, population);
  // The feeds and lists are read as far as everything was taken in.
  await asked.client.ask('auditor', `/v1/findings?atLeast=${asked.now}`);
}, 300_000);

const counts = new Map<string, number>();
afterAll(() => {
  if (process.env.SIGHT_READS === undefined) return;
  const lines = [...counts].map(([door, count]) => `${String(count).padStart(7)} ${door}`);
  process.stderr.write(`${lines.join('\n')}\n`);
});

function questions(count: number, salt: number): Question[] {
  const { people: persons, positions } = asked.population;
  const number = fc.nat({ max: 1000 });
  const question = fc.record({
    as: fc.constantFrom(...askers),
    other: fc.constantFrom(...askers),
    person: fc.constantFrom(...persons),
    view: fc.record({
      position: fc.oneof(fc.constant(asked.now), fc.constantFrom(...positions)),
      ruleSet: fc.oneof(fc.constant('six-weeks'), fc.constantFrom(...ruleSets)),
    }),
    period: aPeriod,
    service: fc.constantFrom(...services),
    number,
  });
  return fc.sample(question, { numRuns: count, seed: seed + salt });
}

test.each(Object.keys(doors))('%s', async (door) => {
  const wanted = Math.ceil(reads / Object.keys(doors).length);
  const salt = Object.keys(doors).indexOf(door);
  const waiting = questions(wanted * 30, salt);
  let compared = 0;
  const reading = async (): Promise<void> => {
    for (let next = waiting.shift(); next && compared < wanted; next = waiting.shift()) {
      const { person, ...rest } = next;
      try {
        compared += await doors[door]!(asked, next);
      } catch (error) {
        const about = `${door} ${JSON.stringify({ ...rest, person: person.told[0]!.event.id })}`;
        throw new Error(`${about}\n${(error as Error).message}`, { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, reading));
  counts.set(door, compared);
  expect(compared).toBeGreaterThanOrEqual(wanted);
});
