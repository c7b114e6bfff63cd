import { amsterdamInstant } from '@domeinbrug/calendar';
import type { ArchiveWriter, Moment } from '@domeinbrug/archive';
import { coverFacts, type CompiledRuleSet } from '@domeinbrug/coverage';
import { foldJourney, type CodeSuccession, type JourneyEvent, type JourneyFacts } from '@domeinbrug/journey';
import fc from 'fast-check';
import { codes, day } from './event-drafts.js';
import { events } from './histories.js';

/** One event of a log, and what is known after it of every client of whom something is known. */
export interface Step {
  at: Moment;
  /** Those about whom the event says something: one, or for a merger of organisations everybody. */
  changed: readonly (readonly [client: string, facts: JourneyFacts])[];
  folded: ReadonlyMap<string, JourneyFacts>;
}

const clients = ['JBSWY3DPEHPK3PXPJBSWY3DPEE', 'client0001', 'JBSWY3DPEHPK3PXPJBSWY3DPEI'];

type Said = { client: string; event: JourneyEvent } | { succession: CodeSuccession };

const [oneMunicipality, anotherMunicipality] = codes.municipalities.map(Number) as [number, number];
const [oneInsurer, anotherInsurer] = codes.insurers.map(Number) as [number, number];

/** Mergers, sometimes taken back (a code that succeeds itself) or the other way round. */
const succession: fc.Arbitrary<Omit<CodeSuccession, 'id'>> = fc.record({
  source: fc.constant('urn:domeinbrug:reference'),
  level: fc.constant('municipality' as const),
  code: fc.constantFrom(oneMunicipality, oneMunicipality, anotherMunicipality),
  by: fc.constantFrom(anotherMunicipality, anotherMunicipality, oneMunicipality),
  firstDay: day,
  recordedAt: day.map((on) => amsterdamInstant(on, 9)),
});
const insurerSuccession = succession.map((merger) => ({
  ...merger,
  level: 'insurer' as const,
  code: oneInsurer,
  by: anotherInsurer,
}));

/** Events of several clients, and of organisations, in the order of recording, as a log holds them; positions leave gaps. */
export const logs: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.tuple(...clients.map(() => events)),
    fc.array(fc.oneof({ weight: 3, arbitrary: succession }, { weight: 1, arbitrary: insurerSuccession }), {
      maxLength: 2,
    }),
  )
  .map(([histories, successions]) =>
    stepsOf([
      ...histories.flatMap((history, at) => history.map((event) => ({ client: clients[at]!, event }))),
      ...successions.map((merger, at) => ({ succession: { ...merger, id: `merger-${at}` } })),
    ]),
  );

function stepsOf(said: readonly Said[]): Step[] {
  const momentOf = (each: Said): number => ('event' in each ? each.event : each.succession).recordedAt;
  const histories = new Map<string, JourneyEvent[]>();
  const successions: CodeSuccession[] = [];
  const folded = new Map<string, JourneyFacts>();
  return [...said]
    .sort((a, b) => momentOf(a) - momentOf(b))
    .map((each, index) => {
      if ('event' in each) histories.set(each.client, [...(histories.get(each.client) ?? []), each.event]);
      else successions.push(each.succession);
      const at = { position: String(7 + index * 3), recordedAt: momentOf(each) };
      const concerned = 'event' in each ? [each.client] : [...histories.keys()];
      const changed = concerned.map((client) => {
        const reference = { successions: [...successions], codes: null };
        return [client, foldJourney(histories.get(client)!, at.recordedAt, reference)] as const;
      });
      for (const [client, facts] of changed) folded.set(client, facts);
      return { at, changed, folded: new Map(folded) };
    });
}

/** Hands one event to the writer, as the projector does. */
export function applied(writer: ArchiveWriter, { at, changed }: Step): void {
  for (const [client, facts] of changed) writer.apply(at, client, facts);
  writer.commit(at);
}

/** Everything that `coverFacts` says of a client, with the names of funders in place of their codes. */
export function pieces(facts: JourneyFacts, rules: CompiledRuleSet): unknown {
  const said: unknown[] = facts.claims.map(({ volume }) => volume);
  const evaluation = coverFacts(facts, rules, {
    piece: (_, service, from, until, { payments, ...outcome }) =>
      said.push({
        ...outcome,
        service,
        from,
        until,
        payments: payments.map(({ funderKind, code, run, ...payment }) => ({
          ...payment,
          funder: [funderKind, funderKind === 'pool' ? facts.pools[code] : code],
          trigger: run?.trigger,
        })),
      }),
    minutes: (split) => said.push(split),
    finding: (code) => said.push(code),
  });
  return [said, evaluation.footprints];
}
