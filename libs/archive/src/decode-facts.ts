import {
  codeLevels,
  milestoneKinds,
  NONE,
  stateLine,
  triggersOf,
  withOneMore,
  type Claim,
  type CodeFact,
  type Fact,
  type JourneyFacts,
} from '@domeinbrug/journey';
import { laws } from '@domeinbrug/terms';
import type { Meanings } from './dictionaries.js';
import { absenceReasons, FORM_BITS, REASON_BITS, SERVICE_BITS, subjects } from './encode-facts.js';
import type { FactCursor } from './fact-cursor.js';
import { kindOf, kinds, type Kind } from './kinds.js';
import type { FactRow } from './rows.js';

const WAITING_STATUS = milestoneKinds.indexOf('waiting-status');
const MILESTONE = kindOf.milestone;
const WMO = laws.indexOf('wmo');
const ZVW = laws.indexOf('zvw');
const SERVICE = (1 << SERVICE_BITS) - 1;
const FORM = (1 << FORM_BITS) - 1;
const REASON = (1 << REASON_BITS) - 1;

/**
 * The facts that rows stand for, ready to be covered. Which events they came from is not kept: `events` and
 * `findings` are empty, `opened` is the place in the order of opening, `ended` is NONE. A pool's place is that in
 * the names of all pools of the archive.
 */
export function decodeFacts(rows: readonly FactRow[], meanings: Meanings): JourneyFacts {
  const facts = noFacts(meanings.pools);
  rows.forEach((row, opened) => decoderOf[row.kind]!(facts, row, opened, meanings));
  return withStateLine(facts);
}

/**
 * As {@link decodeFacts}, of the facts that the cursor stands before.
 *
 * @param milestones how many are wanted; a quarter of all facts are milestones, which no cover depends on
 */
export function decodeNext(cursor: FactCursor, meanings: Meanings, milestones: Milestones): JourneyFacts {
  const facts = noFacts(meanings.pools);
  for (let opened = 0; cursor.next(); opened++) {
    if (cursor.kind === MILESTONE && milestones === 'one' && facts.milestones.length > 0) continue;
    decoderOf[cursor.kind]!(facts, cursor, opened, meanings);
  }
  return withStateLine(facts);
}

/** `one` is enough to tell that a client is known; who has more may be given more. */
export type Milestones = 'all' | 'one';

function withStateLine(facts: JourneyFacts): JourneyFacts {
  facts.state = stateLine(facts);
  facts.triggers = triggersOf(facts.state, facts.bridgings, facts.death, facts.successions);
  return facts;
}

/** Stands for every list without facts, of all clients: see {@link withOneMore}. */
const none: never[] = [];
const noTriggers = triggersOf(none, none, null, none);

function noFacts(pools: readonly string[]): JourneyFacts {
  return {
    events: none,
    homes: none,
    insured: none,
    careOffices: none,
    claims: none,
    entitlements: none,
    deliveries: none,
    treatments: none,
    bridgings: none,
    stays: none,
    absences: none,
    consents: none,
    carers: none,
    joint: none,
    pools: pools as string[],
    completions: none,
    activities: none,
    milestones: none,
    birthYear: NONE,
    death: null,
    successions: none,
    state: none,
    triggers: noTriggers,
    findings: none,
  };
}

type Decoder = (facts: JourneyFacts, row: FactRow, opened: number, meanings: Meanings) => void;

/** Fields are written out: many millions of facts are made here, and spreading one object into another is slow. */

const decoders: Record<Kind, Decoder> = {
  extension: notAFact,
  length: notAFact,
  home: (facts, row, opened) => (facts.homes = withOneMore(facts.homes, codeFact(row, opened))),
  insured: (facts, row, opened) => (facts.insured = withOneMore(facts.insured, codeFact(row, opened))),
  'care-office': (facts, row, opened) =>
    (facts.careOffices = withOneMore(facts.careOffices, codeFact(row, opened))),
  'wmo-claim': (facts, row, opened, meanings) =>
    (facts.claims = withOneMore(facts.claims, claim(WMO, row, opened, meanings))),
  'zvw-claim': (facts, row, opened, meanings) =>
    (facts.claims = withOneMore(facts.claims, claim(ZVW, row, opened, meanings))),
  entitlement: (facts, { from, until, code }, opened) =>
    (facts.entitlements = withOneMore(facts.entitlements, {
      from,
      until,
      opened,
      ended: NONE,
      profile: code,
    })),
  delivery: (facts, { from, until, provider, extra }, opened, meanings) =>
    (facts.deliveries = withOneMore(facts.deliveries, {
      from,
      until,
      opened,
      ended: NONE,
      form: extra & FORM,
      provider: meanings.provider(provider),
      withTreatment: extra >> FORM_BITS === 1,
    })),
  treatment: (facts, { from, until, extra }, opened) =>
    (facts.treatments = withOneMore(facts.treatments, {
      from,
      until,
      opened,
      ended: NONE,
      withTreatment: extra === 1,
    })),
  bridging: (facts, { from, until, code, extra }, opened) =>
    (facts.bridgings = withOneMore(facts.bridgings, {
      from,
      until,
      opened,
      ended: NONE,
      form: code,
      termUntil: extra,
      termSetBy: NONE,
    })),
  stay: (facts, { from, until, code, provider, extra }, opened, meanings) =>
    (facts.stays = withOneMore(facts.stays, {
      from,
      until,
      opened,
      ended: NONE,
      kind: code,
      service: extra,
      provider: meanings.provider(provider),
    })),
  absence: (facts, { from, until, extra }, opened) =>
    (facts.absences = withOneMore(facts.absences, {
      from,
      until,
      opened,
      ended: NONE,
      reason: absenceReasons[extra & REASON]!,
      departure: from - 1,
      leaveTaken: extra >> REASON_BITS,
    })),
  consent: (facts, row, opened) => (facts.consents = withOneMore(facts.consents, plainFact(row, opened))),
  carer: (facts, { from, until, extra }, opened) =>
    (facts.carers = withOneMore(facts.carers, { from, until, opened, ended: NONE, recordedOn: extra })),
  'joint-funding': (facts, { from, until, code, extra }, opened) =>
    (facts.joint = withOneMore(facts.joint, {
      from,
      until,
      opened,
      ended: NONE,
      service: extra & SERVICE,
      pool: code,
      settled: extra >> SERVICE_BITS === 1,
    })),
  completion: (facts, { from, until, extra }, opened) =>
    (facts.completions = withOneMore(facts.completions, {
      from,
      until,
      opened,
      ended: NONE,
      service: extra,
    })),
  activity: (facts, { from, code, provider, extra }, opened, meanings) =>
    (facts.activities = withOneMore(facts.activities, {
      day: from,
      service: extra & SERVICE,
      minutes: code,
      provider: meanings.provider(provider),
      subject: subjects[extra >> SERVICE_BITS]!,
      opened,
    })),
  death: (facts, row, opened) => (facts.death = plainFact(row, opened)),
  succession: (facts, { from, until, code, provider, extra }, opened) =>
    (facts.successions = withOneMore(facts.successions, {
      from,
      until,
      opened,
      ended: NONE,
      level: codeLevels[extra]!,
      code,
      by: provider,
    })),
  milestone: (facts, { from, until, code, extra }, opened) =>
    (facts.milestones = withOneMore(facts.milestones, {
      from,
      until,
      opened,
      ended: NONE,
      kind: extra,
      municipality: extra === WAITING_STATUS ? NONE : code,
      status: extra === WAITING_STATUS ? code : NONE,
    })),
  'birth-year': (facts, { code }) => (facts.birthYear = code),
};

const decoderOf: readonly Decoder[] = kinds.map((kind) => decoders[kind]);

function plainFact({ from, until }: FactRow, opened: number): Fact {
  return { from, until, opened, ended: NONE };
}

function codeFact({ from, until, code }: FactRow, opened: number): CodeFact {
  return { from, until, opened, ended: NONE, code };
}

/** Of the volume the place plus one is stored; 0 = none was said. */
function claim(
  law: number,
  { from, until, code, provider, extra }: FactRow,
  opened: number,
  meanings: Meanings,
): Claim {
  const volume = extra >> SERVICE_BITS;
  return {
    from,
    until,
    opened,
    ended: NONE,
    service: extra & SERVICE,
    law,
    municipality: code,
    provider: meanings.provider(provider),
    volume: volume === 0 ? null : meanings.volume(volume - 1),
  };
}

/** Rows that go with another are read with it. */
function notAFact(): void {
  throw new Error('An archive row that is no fact was read as one; the archive is damaged.');
}
