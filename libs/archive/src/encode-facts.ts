import { OPEN_END } from '@domeinbrug/calendar';
import {
  codeLevels,
  NONE,
  type Absence,
  type Activity,
  type Claim,
  type Fact,
  type JointFunding,
  type JourneyFacts,
  type Milestone,
} from '@domeinbrug/journey';
import { laws } from '@domeinbrug/terms';
import type { Dictionaries, Meanings } from './dictionaries.js';
import { kindOf } from './kinds.js';
import type { FactRow } from './rows.js';

/** Several words in one column: the service in the lowest 5 bits, what goes with it above them. */
export const SERVICE_BITS = 5;
/** The form in the lowest 3 bits, whether with treatment above them. */
export const FORM_BITS = 3;
/** Why away in the lowest bit, the days of leave taken above it. */
export const REASON_BITS = 1;

export const absenceReasons: readonly Absence['reason'][] = ['hospital', 'leave'];
export const subjects: readonly Activity['subject'][] = ['client', 'carer'];

const WMO = laws.indexOf('wmo');

interface OpenedRow extends FactRow {
  opened: number;
}

/**
 * A client's facts as rows, in the order of the events that opened them: between facts of one day that order
 * decides. Names and AGB codes become places in dictionaries, which take up those that are new.
 *
 * | kind | code | provider | extra |
 * |---|---|---|---|
 * | home, insured, care-office | the organisation | | |
 * | wmo-claim, zvw-claim | municipality that decided | provider | service, volume |
 * | entitlement | profile | | |
 * | delivery | | provider | form, with treatment |
 * | treatment | | | with treatment |
 * | bridging | form | | end of the term, exclusive |
 * | stay | kind of stay | provider | service |
 * | absence (`from` is the day after departure) | | | reason, days of leave taken |
 * | carer | | | day of recording |
 * | joint-funding | pool | | service, settled |
 * | completion | | | service |
 * | activity | minutes | provider | service, subject |
 * | succession | the organisation merged | by which one | municipality, insurer or care office |
 * | milestone | municipality, or waiting status | | kind of milestone |
 * | birth-year (no days) | the year | | |
 */
export function encodeFacts(facts: JourneyFacts, dictionaries: Dictionaries): FactRow[] {
  const rows: OpenedRow[] = [
    ...facts.homes.map((home) => row('home', home, { code: home.code })),
    ...facts.insured.map((policy) => row('insured', policy, { code: policy.code })),
    ...facts.careOffices.map((office) => row('care-office', office, { code: office.code })),
    ...facts.claims.map((claim) => claimRow(claim, dictionaries)),
    ...facts.entitlements.map((entitlement) =>
      row('entitlement', entitlement, { code: entitlement.profile }),
    ),
    ...facts.deliveries.map((delivery) =>
      row('delivery', delivery, {
        provider: dictionaries.provider(delivery.provider),
        extra: delivery.form | (Number(delivery.withTreatment) << FORM_BITS),
      }),
    ),
    ...facts.treatments.map((treatment) =>
      row('treatment', treatment, { extra: Number(treatment.withTreatment) }),
    ),
    ...facts.bridgings.map((bridging) =>
      row('bridging', bridging, { code: bridging.form, extra: bridging.termUntil }),
    ),
    ...facts.stays.map((stay) =>
      row('stay', stay, {
        code: stay.kind,
        provider: dictionaries.provider(stay.provider),
        extra: stay.service,
      }),
    ),
    ...facts.absences.map((absence) =>
      row('absence', absence, {
        extra: absenceReasons.indexOf(absence.reason) | (absence.leaveTaken << REASON_BITS),
      }),
    ),
    ...facts.consents.map((consent) => row('consent', consent, {})),
    ...facts.carers.map((carer) => row('carer', carer, { extra: carer.recordedOn })),
    ...facts.joint.map((fact) => jointRow(fact, facts.pools, dictionaries)),
    ...facts.completions.map((completion) => row('completion', completion, { extra: completion.service })),
    ...facts.activities.map((activity) => activityRow(activity, dictionaries)),
    ...(facts.death ? [row('death', facts.death, {})] : []),
    ...facts.successions.map((succession) =>
      row('succession', succession, {
        code: succession.code,
        provider: succession.by,
        extra: codeLevels.indexOf(succession.level),
      }),
    ),
    ...facts.milestones.map(milestoneRow),
    ...(facts.birthYear === NONE ? [] : [birthYearRow(facts.birthYear)]),
  ];
  return rows.sort((a, b) => a.opened - b.opened);
}

const withProvider: ReadonlySet<number> = new Set(
  (['wmo-claim', 'zvw-claim', 'delivery', 'stay', 'activity'] as const).map((kind) => kindOf[kind]),
);

/** Puts the places of one archive's dictionaries in a row instead of those of another's. */
export function rewritePlaces(fact: FactRow, from: Meanings, to: Dictionaries): void {
  if (withProvider.has(fact.kind)) fact.provider = to.provider(from.provider(fact.provider));
  if (fact.kind === kindOf['joint-funding']) fact.code = to.pool(from.pools[fact.code]!);
  const volume = fact.extra >> SERVICE_BITS;
  if ((fact.kind === kindOf['wmo-claim'] || fact.kind === kindOf['zvw-claim']) && volume > 0) {
    const place = to.volume(from.volume(volume - 1)) + 1;
    fact.extra = (fact.extra & ((1 << SERVICE_BITS) - 1)) | (place << SERVICE_BITS);
  }
}

type Columns = Partial<Pick<FactRow, 'code' | 'provider' | 'extra'>>;

function row(
  kind: keyof typeof kindOf,
  { from, until, opened }: Pick<Fact, 'from' | 'until' | 'opened'>,
  { code = NONE, provider = NONE, extra = NONE }: Columns,
): OpenedRow {
  return { kind: kindOf[kind], from, until, code, provider, extra, opened };
}

/** Of volumes the place plus one; 0 = none was said. Most decisions of a region name one of a few dozen. */
function claimRow(claim: Claim, dictionaries: Dictionaries): OpenedRow {
  const volume = claim.volume ? dictionaries.volume(claim.volume) + 1 : 0;
  return row(claim.law === WMO ? 'wmo-claim' : 'zvw-claim', claim, {
    code: claim.municipality,
    provider: dictionaries.provider(claim.provider),
    extra: claim.service | (volume << SERVICE_BITS),
  });
}

function jointRow(fact: JointFunding, pools: readonly string[], dictionaries: Dictionaries): OpenedRow {
  return row('joint-funding', fact, {
    code: dictionaries.pool(pools[fact.pool]!),
    extra: fact.service | (Number(fact.settled) << SERVICE_BITS),
  });
}

/** Only Wmo steps name a municipality, and only a waiting status has one. */
function milestoneRow(milestone: Milestone): OpenedRow {
  const code = milestone.status === NONE ? milestone.municipality : milestone.status;
  return row('milestone', milestone, { code, extra: milestone.kind });
}

/** Which registration told it does not matter to who reads it, so it stands before all others. */
function birthYearRow(year: number): OpenedRow {
  return row('birth-year', { from: NONE, until: OPEN_END, opened: NONE }, { code: year });
}

function activityRow(activity: Activity, dictionaries: Dictionaries): OpenedRow {
  const { day, opened, minutes, service, subject } = activity;
  return row(
    'activity',
    { from: day, until: day + 1, opened },
    {
      code: minutes,
      provider: dictionaries.provider(activity.provider),
      extra: service | (subjects.indexOf(subject) << SERVICE_BITS),
    },
  );
}
