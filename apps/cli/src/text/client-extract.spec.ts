import { askerKinds, purposesOf } from '@domeinbrug/access';
import type { AuditRecord } from '@domeinbrug/audit';
import { clientExtract } from './client-extract.js';

const nothing = { cover: [], gaps: [], minutes: [], findings: [] } as never;

function lookBy(role: string, purpose: string): AuditRecord {
  return {
    event: { code: '110110', action: 'read', at: 0, outcome: 'allowed', status: 200, problem: null },
    user: { role, organisation: 'urn:nld:agb:65656055', actedBy: null, accessPoint: '' },
    object: { kind: 'coverage', client: 'CLIENT01', question: '', purpose, reason: null, policy: '' },
    log: { source: '', requestId: '', traceId: null },
  };
}

// Policy staff look at nobody.
const lookers = askerKinds.filter((kind) => kind !== 'policy');

it.each(lookers)('says in Dutch that %s looked, and for what', (kind) => {
  const lines = purposesOf[kind].map((purpose) => lookBy(kind, purpose));
  const said = clientExtract(nothing, lines).slice(-lines.length);
  said.forEach((line, at) => {
    expect(line).toMatch(/^ {2}1 januari 1970/);
    expect(line).not.toContain(` ${kind} `);
    expect(line.endsWith(`  ${purposesOf[kind][at]}`)).toBe(false);
  });
});
