import { codeLevels, NONE, stateLine, triggersOf, type Fact, type JourneyFacts } from '@domeinbrug/journey';
import { laws } from '@domeinbrug/terms';
import type { Meanings } from './dictionaries.js';
import { absenceReasons, FORM_BITS, REASON_BITS, SERVICE_BITS, subjects } from './encode-facts.js';
import { kinds, type Kind } from './kinds.js';
import type { FactRow } from './rows.js';

type StoredFacts = Omit<JourneyFacts, 'state' | 'triggers'>;

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
  rows.forEach((row, opened) => {
    const fact = { from: row.from, until: row.until, opened, ended: NONE };
    decoders[kinds[row.kind]!](facts, fact, row, meanings);
  });
  const state = stateLine(facts);
  return { ...facts, state, triggers: triggersOf(state, facts.bridgings, facts.death, facts.successions) };
}

function noFacts(pools: readonly string[]): StoredFacts {
  return {
    events: [],
    homes: [],
    insured: [],
    careOffices: [],
    claims: [],
    entitlements: [],
    deliveries: [],
    treatments: [],
    bridgings: [],
    stays: [],
    absences: [],
    consents: [],
    carers: [],
    joint: [],
    pools: pools as string[],
    completions: [],
    activities: [],
    death: null,
    successions: [],
    findings: [],
  };
}

type Decoder = (facts: StoredFacts, fact: Fact, row: FactRow, meanings: Meanings) => void;

const decoders: Record<Kind, Decoder> = {
  extension: notAFact,
  length: notAFact,
  home: (facts, fact, { code }) => facts.homes.push({ ...fact, code }),
  insured: (facts, fact, { code }) => facts.insured.push({ ...fact, code }),
  'care-office': (facts, fact, { code }) => facts.careOffices.push({ ...fact, code }),
  'wmo-claim': claimUnder(laws.indexOf('wmo')),
  'zvw-claim': claimUnder(laws.indexOf('zvw')),
  entitlement: (facts, fact, { code }) => facts.entitlements.push({ ...fact, profile: code }),
  delivery: (facts, fact, { provider, extra }, meanings) =>
    facts.deliveries.push({
      ...fact,
      form: extra & FORM,
      withTreatment: extra >> FORM_BITS === 1,
      provider: meanings.provider(provider),
    }),
  treatment: (facts, fact, { extra }) => facts.treatments.push({ ...fact, withTreatment: extra === 1 }),
  bridging: (facts, fact, { code, extra }) =>
    facts.bridgings.push({ ...fact, form: code, termUntil: extra, termSetBy: NONE }),
  stay: (facts, fact, { code, provider, extra }, meanings) =>
    facts.stays.push({ ...fact, kind: code, service: extra, provider: meanings.provider(provider) }),
  absence: (facts, fact, { extra }) =>
    facts.absences.push({
      ...fact,
      reason: absenceReasons[extra & REASON]!,
      departure: fact.from - 1,
      leaveTaken: extra >> REASON_BITS,
    }),
  consent: (facts, fact) => facts.consents.push(fact),
  carer: (facts, fact, { extra }) => facts.carers.push({ ...fact, recordedOn: extra }),
  'joint-funding': (facts, fact, { code, extra }) =>
    facts.joint.push({
      ...fact,
      service: extra & SERVICE,
      pool: code,
      settled: extra >> SERVICE_BITS === 1,
    }),
  completion: (facts, fact, { extra }) => facts.completions.push({ ...fact, service: extra }),
  activity: (facts, { from, opened }, { code, provider, extra }, meanings) =>
    facts.activities.push({
      day: from,
      service: extra & SERVICE,
      minutes: code,
      provider: meanings.provider(provider),
      subject: subjects[extra >> SERVICE_BITS]!,
      opened,
    }),
  death: (facts, fact) => (facts.death = fact),
  succession: (facts, fact, { code, provider, extra }) =>
    facts.successions.push({ ...fact, level: codeLevels[extra]!, code, by: provider }),
};

function claimUnder(law: number): Decoder {
  return (facts, fact, { code, provider, extra }, meanings) => {
    const volume = extra >> SERVICE_BITS;
    facts.claims.push({
      ...fact,
      service: extra & SERVICE,
      law,
      municipality: code,
      provider: meanings.provider(provider),
      volume: volume === 0 ? null : meanings.volume(volume - 1),
    });
  };
}

/** Rows that go with another are read with it. */
function notAFact(): void {
  throw new Error('An archive row that is no fact was read as one; the archive is damaged.');
}
