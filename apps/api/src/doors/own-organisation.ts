import { decide, type Asker } from '@domeinbrug/access';
import { Problem } from '@domeinbrug/problems';
import type { Funder } from '@domeinbrug/terms';

const funderForm = /^((municipality|insurer|care-office):[0-9]{4}|pool:[A-Za-z0-9][A-Za-z0-9._-]{0,63})$/;

/** A funder looks at its own; an auditor at each. @throws Problem 403, 404 */
export function fundersOwn(funder: string, asker: Asker): Funder {
  if (!funderForm.test(funder)) {
    throw new Problem(
      'funder-unknown',
      'Name a funder as insurer:3311, municipality:0363 or care-office:5515.',
    );
  }
  if (!decide({ subject: asker, action: [], resource: { kind: 'funder', name: funder } }).allowed) {
    throw new Problem(
      'not-your-funder',
      `This token is that of ${asker.kind}:${asker.code}; ask for its own clients.`,
    );
  }
  return funder as Funder;
}

/** A provider looks at its own; an auditor at each. @throws Problem 403, 404 */
export function providersOwn(agb: string, asker: Asker): string {
  if (!/^[0-9]{8}$/.test(agb)) {
    throw new Problem('provider-unknown', 'Name a provider by its AGB code, eight digits, such as 65656055.');
  }
  if (!decide({ subject: asker, action: [], resource: { kind: 'provider', agb } }).allowed) {
    throw new Problem(
      'not-your-provider',
      `This token is that of ${asker.kind}:${asker.code}; ask for its own clients.`,
    );
  }
  return agb;
}
