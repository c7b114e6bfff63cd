import { amsterdamDay, formatDay, tryParseDay, tryParseInstant } from '@domeinbrug/calendar';
import { compileRuleSet, determineCoverage, type CompiledRuleSet } from '@domeinbrug/coverage';
import { maySendType, organisationOf } from '@domeinbrug/intake';
import { foldJourney, type Journey, type JourneyEvent } from '@domeinbrug/journey';
import { loadRuleSets, type RuleSet } from '@domeinbrug/rules';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { bsnNumber, event, type Client } from '../e2e/service.js';
import { codes, firstPossibleDay, lastPossibleDay } from './event-drafts.js';
import { events as histories } from './histories.js';
import type { Read } from './what-may-be-seen.js';

/** Invented people of whom many organisations told a running service, and all that there is to see of them. */

const ciz = 'oin:00000003123456780000';
export const clinic = 'provider:06290000';
export const funders = [
  ...codes.municipalities.map((code) => `municipality:${code}`),
  ...codes.insurers.map((code) => `insurer:${code}`),
  ...codes.careOffices.map((code) => `care-office:${code}`),
];
export const providers = [...codes.providers.map((code) => `provider:${code}`), clinic, 'provider:99999999'];
const tellers = [...funders, ...providers.slice(0, -1), ciz];

export interface Person {
  bsn: string;
  /** Under which the service keeps the person, and which no answer has. */
  kept: string;
  /** In the order of the log. */
  told: { position: number; event: JourneyEvent }[];
}

/** What is looked at: as known after a position, under a rule set. */
export interface View {
  position: number;
  ruleSet: string;
}

type Seen = Omit<Read, 'asker' | 'seen'>;

export class Population {
  private readonly ruleSets = new Map<string, { ruleSet: RuleSet; compiled: CompiledRuleSet }>();
  private readonly looked = new Map<string, Seen>();

  constructor(readonly people: readonly Person[]) {
    const texts = readdirSync('rules').map((name) => ({ name, text: readFileSync(`rules/${name}`, 'utf8') }));
    const loaded = loadRuleSets(texts);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    for (const ruleSet of loaded.value.ruleSets)
      this.ruleSets.set(ruleSet.id, { ruleSet, compiled: compileRuleSet(ruleSet) });
  }

  /** Of each event the person it is about, in the order of the log. */
  get positions(): number[] {
    return this.people.flatMap(({ told }) => told.map(({ position }) => position)).sort((a, b) => a - b);
  }

  journeyOf({ kept, told }: Person, position: number): Journey {
    const events = told.filter((each) => each.position <= position).map((each) => each.event);
    return { clientId: kept, events };
  }

  /** All that there is to see of a person, made once. */
  look(person: Person, view: View): Seen {
    const journey = this.journeyOf(person, view.position);
    const key = [person.kept, journey.events.length, view.ruleSet].join(' ');
    const made = this.looked.get(key) ?? this.supposing(journey, view.ruleSet);
    this.looked.set(key, made);
    return made;
  }

  supposing(journey: Journey, name: string): Seen {
    const { ruleSet, compiled } = this.ruleSets.get(name)!;
    const instant = Math.max(0, ...journey.events.map(({ recordedAt }) => recordedAt));
    const facts = foldJourney(journey.events, instant);
    const whole = determineCoverage(journey, compiled, { instant, position: '0' });
    return { ruleSet, journey, facts, whole };
  }
}

/** Invents people and has each event told by somebody who may: an event that the service refuses never was. */
export async function tellOf(client: Client, count: number, seed: number): Promise<Population> {
  const people: Person[] = [...fc.sample(histories, { numRuns: count, seed }), ...handedOverToday()].map(
    (events, number) => ({
      bsn: bsnNumber(4000 + number),
      kept: '',
      told: sentBySomebody(number % 3 === 0 && number < count ? aroundToday(events) : events, number).map(
        (each) => ({
          position: 0,
          event: each,
        }),
      ),
    }),
  );
  const longest = Math.max(...people.map(({ told }) => told.length));
  for (let turn = 0; turn < longest; turn++) {
    for (const person of people) {
      const next = person.told[turn];
      if (next) await tell(client, person, next);
    }
  }
  for (const person of people) await readMoments(client, person);
  return new Population(people.filter(({ told }) => told.length > 0));
}

/** Of each of two case managers somebody whom it hands over today: its window is running. */
function handedOverToday(): JourneyEvent[][] {
  const ago = (days: number): string => formatDay(amsterdamDay(Date.now()) - days);
  const [municipality, insurer, careOffice] = [
    codes.municipalities[0],
    codes.insurers[0],
    codes.careOffices[0],
  ];
  const [one, other, third] = codes.providers;
  return [
    [one, other],
    [other, third],
  ].map(([by, to]) => {
    const indicated = { decisionId: 'C1', decidedOn: ago(60), firstDay: ago(50), profile: '754' };
    const drafts: [string, object][] = [
      ['client-registered', { firstDay: ago(700), municipality, insurer, careOffice, birthYear: 1941 }],
      ['case-management-started', { firstDay: ago(400), provider: by }],
      ['wlz-indication-issued', indicated],
      ['client-admitted', { firstDay: ago(7), provider: to, withTreatment: true }],
    ];
    return drafts.map(
      ([type, data], at) => ({ source: '', id: `handed-over-${at}`, type, recordedAt: 0, data }) as never,
    );
  });
}

/** For what is only told while it runs: the same, with today in the midst of it. */
function aroundToday(events: readonly JourneyEvent[]): JourneyEvent[] {
  const later = amsterdamDay(Date.now()) - Math.round((firstPossibleDay + lastPossibleDay) / 2);
  return JSON.parse(JSON.stringify(events), (_, value: unknown) => {
    const on = typeof value === 'string' ? tryParseDay(value) : undefined;
    return on === undefined ? value : formatDay(on + later);
  }) as JourneyEvent[];
}

function sentBySomebody(events: readonly JourneyEvent[], number: number): JourneyEvent[] {
  const tellerOf = new Map<string, string>();
  return events.flatMap((each, at): JourneyEvent[] => {
    const id = `p${number}-${each.id}`;
    const target = each.type === 'event-corrected' ? 'corrects' : 'retracts';
    const about = (each.data as Partial<Record<string, { id: string }>>)[target];
    const may = tellers.filter((as) => maySendType(organisationOf(sourceBy(as))!.kind, each.type));
    const teller = about ? tellerOf.get(`p${number}-${about.id}`) : may[(at * 7 + number * 3) % may.length];
    if (teller === undefined) return [];
    tellerOf.set(id, teller);
    const key = about && { source: sourceBy(teller), id: `p${number}-${about.id}` };
    const data = key ? { ...each.data, [target]: key } : each.data;
    return [{ ...each, id, source: sourceBy(teller), data } as unknown as JourneyEvent];
  });
}

const urns = {
  municipality: 'gemeentecode',
  insurer: 'uzovi',
  'care-office': 'zorgkantoor',
  provider: 'agb',
};
function sourceBy(as: string): string {
  const [kind, code] = as.split(':');
  return `urn:nld:${urns[kind as keyof typeof urns] ?? kind}:${code}:systeem:a`;
}

function tellerOf({ source }: JourneyEvent): string {
  return tellers.find((as) => sourceBy(as) === source)!;
}

async function tell(
  client: Client,
  person: Person,
  told: { position: number; event: JourneyEvent },
): Promise<void> {
  const { id, source, type, data } = told.event;
  const as = tellerOf(told.event);
  const envelope = { ...event(as, type, id, { bsn: person.bsn, ...data }), source };
  const { status, body } = await client.post(as, '/v1/events', envelope);
  if (status === 201) {
    person.kept = body.results[0]!.clientId;
    told.position = Number(body.position);
  } else if (status !== 400 && status !== 409) throw new Error(`${status} ${JSON.stringify(body)}`);
}

/** When each event was recorded, and that no other was, as an auditor reads it. */
async function readMoments(client: Client, person: Person): Promise<void> {
  person.told = person.told.filter(({ position }) => position > 0);
  if (person.told.length === 0) return;
  const { body } = await client.ask('auditor', `/v1/clients/${person.kept}/events`);
  const recorded = body.events as unknown as { source: string; id: string; recordedAt: string }[];
  expect(recorded.map(({ source, id }) => [source, id])).toEqual(
    person.told.map((each) => [each.event.source, each.event.id]),
  );
  person.told.forEach((each, at) => {
    each.event = { ...each.event, recordedAt: tryParseInstant(recorded[at]!.recordedAt)! };
  });
}

export const aPeriod = fc
  .tuple(
    fc.integer({ min: firstPossibleDay, max: lastPossibleDay }),
    fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
  )
  .map(([first, length]) => ({ firstDay: formatDay(first), lastDay: formatDay(first + length) }));
