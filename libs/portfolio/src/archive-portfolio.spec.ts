import { ArchiveReader, ArchiveWriter } from '@domeinbrug/archive';
import { wholeCover, type KnownAt } from '@domeinbrug/coverage';
import { foldJourney } from '@domeinbrug/journey';
import type { RuleSet } from '@domeinbrug/rules';
import type { Funder } from '@domeinbrug/terms';
import fc from 'fast-check';
import { codes, firstPossibleDay, lastPossibleDay } from '../../../test/laws/event-drafts.js';
import { applied, logs, type Step } from '../../../test/laws/logs.js';
import { ruleSets } from '../../../test/laws/rule-sets.js';
import { answerQuestions } from './answer-questions.js';
import { archivePortfolio } from './archive-portfolio.js';
import type { Portfolio } from './portfolio.js';

jest.setTimeout(600_000);
const runs = Number(process.env.PORTFOLIO_RUNS ?? 40);
const seed = 20240304;

function fromArchive(log: readonly Step[]): Portfolio {
  const writer = ArchiveWriter.empty();
  for (const step of log) applied(writer, step);
  return archivePortfolio(new ArchiveReader(writer.shared()));
}

/** Every client, folded from the log up to the moment: true by definition. */
function fromLog(log: readonly Step[]): Portfolio {
  const last = log.at(-1)?.folded ?? new Map<string, never>();
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- a portfolio may have to wait; this one need not
    async *candidates(_funder, moments, after = '') {
      const known = moments.map(
        ({ position }) => log.findLast(({ at }) => Number(at.position) <= Number(position))?.folded,
      );
      const clients = [...last.keys()].sort().filter((clientId) => clientId > after);
      for (const clientId of clients) {
        yield [{ clientId, facts: known.map((folded) => folded?.get(clientId) ?? foldJourney([], 0)) }];
      }
    },
  };
}

const funders = fc.constantFrom<Funder>(
  ...codes.municipalities.map((code): Funder => `municipality:${code}`),
  ...codes.insurers.map((code): Funder => `insurer:${code}`),
  ...codes.careOffices.map((code): Funder => `care-office:${code}`),
  'pool:bridge',
);
const days = fc.integer({ min: firstPossibleDay, max: lastPossibleDay });
const scopes = fc
  .tuple(days, days, fc.subarray([...wholeCover.services], { minLength: 1 }))
  .map(([a, b, services]) => ({
    from: Math.min(a, b),
    until: Math.max(a, b) + 1,
    services,
  }));

const viewAt = (log: readonly Step[], share: number, ruleSet: RuleSet): { at: KnownAt; ruleSet: RuleSet } => {
  const { at } = log[Math.floor(share * (log.length - 1))]!;
  return { at: { instant: at.recordedAt, position: at.position }, ruleSet };
};

describe('a portfolio from the archive', () => {
  it('answers at every past position as the log does', async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        logs.filter((log) => log.length > 0),
        fc.tuple(
          ruleSets,
          ruleSets.map((drawn) => ({ ...drawn, hash: '1'.repeat(64) })),
        ),
        funders,
        scopes,
        fc.tuple(share, share),
        async (log, [before, after], funder, scope, [early, late]) => {
          const asked = { funder, scope };
          const [from, to] = [
            viewAt(log, Math.min(early, late), before),
            viewAt(log, Math.max(early, late), after),
          ];
          const answers = async (portfolio: Portfolio): Promise<unknown[]> => {
            const questions = answerQuestions(portfolio);
            const first = await questions.clients(to, asked, { after: '', limit: 1 });
            return [
              await questions.totals(from, asked),
              await questions.totals(to, asked),
              first,
              await questions.clients(to, asked, { after: first.found.at(-1) ?? '', limit: 9 }),
              await questions.overlapTotals(to, asked),
              await questions.overlaps(to, asked, { after: '', limit: 9 }),
              await questions.settlement(from, to, asked),
            ];
          };
          expect(await answers(fromArchive(log))).toEqual(await answers(fromLog(log)));
        },
      ),
      { numRuns: runs, seed },
    );
  });
});
