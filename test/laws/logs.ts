import type { ArchiveWriter, Moment } from '@domeinbrug/archive';
import { coverFacts, type CompiledRuleSet } from '@domeinbrug/coverage';
import { foldJourney, type JourneyEvent, type JourneyFacts } from '@domeinbrug/journey';
import fc from 'fast-check';
import { events } from './histories.js';

/** One event of a log, and what is known after it of every client of whom something is known. */
export interface Step {
  at: Moment;
  client: string;
  facts: JourneyFacts;
  folded: ReadonlyMap<string, JourneyFacts>;
}

const clients = ['JBSWY3DPEHPK3PXPJBSWY3DPEE', 'client0001', 'JBSWY3DPEHPK3PXPJBSWY3DPEI'];

/** Events of several clients in the order of their recording, as a log holds them; positions leave gaps. */
export const logs: fc.Arbitrary<Step[]> = fc
  .tuple(...clients.map(() => events))
  .map((histories) => stepsOf(histories.map((history, at) => [clients[at]!, history] as const)));

function stepsOf(histories: readonly (readonly [string, JourneyEvent[]])[]): Step[] {
  const inOrder = histories
    .flatMap(([client, history]) => history.map((event) => ({ client, event })))
    .sort((a, b) => a.event.recordedAt - b.event.recordedAt);
  const known = new Map<string, JourneyEvent[]>();
  const folded = new Map<string, JourneyFacts>();
  return inOrder.map(({ client, event }, index) => {
    const history = [...(known.get(client) ?? []), event];
    known.set(client, history);
    const facts = foldJourney(history, event.recordedAt);
    folded.set(client, facts);
    const at = { position: String(7 + index * 3), recordedAt: event.recordedAt };
    return { at, client, facts, folded: new Map(folded) };
  });
}

/** Hands one event to the writer, as the projector does. */
export function applied(writer: ArchiveWriter, { at, client, facts }: Step): void {
  writer.apply(at, client, facts);
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
  return [said, evaluation.footprint];
}
