import { ruleSetStatuses } from '@domeinbrug/rules';
import {
  anything,
  day,
  list,
  moment,
  named,
  nullable,
  object,
  oneOf,
  optional,
  position,
  text,
  wholeNumber,
  yesNo,
  type Fields,
  type Shape,
} from '../description/shape.js';
import type { ActivationAnswer } from '../use-cases/activate-rule-set.js';
import type { RuleSetPublication } from '../use-cases/publish-rule-set.js';
import type { RuleSetActivation, RuleSetAnswer, RuleSetSummary } from '../use-cases/read-rule-sets.js';
import type { RuleSetFinding, RuleSetFindings } from '../use-cases/validate-rule-set.js';
import { ruleSetRef } from './coverage.js';

const { id, version, hash } = ruleSetRef.example;

const summary: Fields<RuleSetSummary> = {
  id: text('The rule set’s id.', id),
  version: text('Its version.', version),
  title: text('What it is called.', 'Six weeks of handover'),
  status: oneOf(ruleSetStatuses, 'Whether it is law, a reading of it, or something else.', 'policy'),
  publishedOn: nullable(day('When it was published; null when that is not known.', '2025-12-01')),
  source: text('Where it comes from.', 'Invented for this description'),
  base: nullable(
    object<{ id: string; version: string }>('The rule set that it was laid over.', {
      id: text('Its id.', 'sharp-cut'),
      version: text('Its version.', '2026.1'),
    }),
    'The rule set that it was laid over; null for one that stands alone.',
  ),
  hash: text('SHA-256 (hex) of what it says.', hash, { pattern: '^[0-9a-f]{64}$' }),
  origin: oneOf(['shipped', 'published'], 'Whether it came with the product, or was published here.'),
  publishedAt: nullable(moment('When it was published here; null for one that came with the product.')),
  active: yesNo('Whether portfolios and feeds are under this one.'),
  activation: nullable(
    object<RuleSetActivation>('How it comes into force.', {
      state: oneOf(
        ['in-force', 'building', 'failed'],
        'failed: the last attempt to build failed; it is tried again every few seconds.',
      ),
      position: position('Where the log says that it comes into force.'),
      since: moment('When that was asked for.'),
    }),
    'Of the one in force and the one on its way there; null of every other.',
  ),
};

const ruleSetSummary = named<RuleSetSummary>('RuleSetSummary', 'One version of a rule set.', summary);

export const ruleSetList = named<{ ruleSets: RuleSetSummary[] }>('RuleSets', 'The rule sets.', {
  ruleSets: list(ruleSetSummary, 'Each version of each, the active one marked.'),
});

/** The parts that the hash is over, as a rule-set file writes them (`docs/rules.md`). */
interface Parts {
  parameters: unknown;
  cover: unknown;
  windows: unknown;
  assumedUse: unknown;
  prices: unknown;
  provenance: unknown;
  examples: unknown;
}

const parts: Fields<Parts> = {
  parameters: anything('The dated values per level, by name.', {}),
  cover: anything('Per service, who pays in each regime.', { guidance: { outside: 'wmo' } }),
  windows: anything('The windows, in the order in which they apply.', []),
  assumedUse: anything('What a window is taken to use where nothing was recorded.', {}),
  prices: anything('What a service costs, dated per level.', {}),
  provenance: anything('Where each part comes from.', {}),
  examples: anything('Cases with the answers that should come out.', []),
};

export const ruleSetWhole = named<RuleSetSummary & Parts>(
  'RuleSet',
  'One version of a rule set whole, overlays applied, written as in its file.',
  { ...summary, ...parts },
) as unknown as Shape<RuleSetAnswer>;

const finding = named<RuleSetFinding>('RuleSetFinding', 'What is wrong, or probably not meant.', {
  pointer: text('JSON pointer into the rule set.', '/parameters/handoverLength'),
  code: text('What it is, for programs.', 'parameter-unread'),
  detail: text('What it is and what to write instead.', 'No rule reads it; its values change nothing.'),
  line: optional(wholeNumber('The line of the text.', 12, { minimum: 1 })),
});

export const ruleSetFindings = named<RuleSetFindings>(
  'RuleSetFindings',
  'What would be said of a rule set if it were published.',
  {
    problems: list(finding, 'Why it would be refused; none = it can be published.', []),
    warnings: list(finding, 'What is allowed and probably not meant.'),
    hash: nullable(text('SHA-256 (hex) of what it says; null when that cannot be read.', hash)),
  },
);

export const ruleSetPublication = named<RuleSetPublication>(
  'RuleSetPublication',
  'A rule set that is published, and can be named in every question.',
  {
    status: oneOf(['published', 'known'], 'known: it was there with the same rules.'),
    position: position('A position at which the log holds it.'),
    ruleSet: ruleSetSummary,
    warnings: list(finding, 'What is allowed and probably not meant.', []),
  },
);

export const ruleSetActivation = named<ActivationAnswer>(
  'RuleSetActivation',
  'A rule set that is in force, or on its way there.',
  {
    status: oneOf(['building', 'in-force'], 'building: every answer is still under the rule set before it.'),
    position: position('Where the log says that it comes into force.'),
    ruleSet: ruleSetSummary,
  },
);
