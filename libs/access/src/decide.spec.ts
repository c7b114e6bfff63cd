import { askerKinds, scopes, scopesOf, type Asker, type AskerKind } from './asker.js';
import { accessPolicy, decide, purposesOf, type Resource } from './decide.js';

const codes: Record<AskerKind, string> = {
  provider: '65656055',
  municipality: '0363',
  insurer: '3311',
  'care-office': '5515',
  oin: '00000003999999990000',
  policy: '00000003999999990000',
  auditor: '00000003999999990000',
  operator: '00000003999999990000',
};
const asker = (kind: AskerKind, part: Partial<Asker> = {}): Asker => ({
  kind,
  code: codes[kind],
  scopes: scopesOf[kind],
  purpose: purposesOf[kind][0]!,
  ...part,
});
const door: Resource = { kind: 'door' };
const refusal = (subject: Asker, resource: Resource, action = subject.scopes.slice(0, 1)): string | null => {
  const decision = decide({ subject, action, resource });
  expect(decision.policy).toBe(accessPolicy);
  return decision.allowed ? null : decision.refusal;
};

it.each(askerKinds)('lets %s do what its scopes say, for its purposes alone', (kind) => {
  for (const purpose of purposesOf[kind]) expect(refusal(asker(kind, { purpose }), door)).toBeNull();
  expect(refusal(asker(kind, { purpose: 'curiosity' }), door)).toBe('purpose-not-allowed');
  expect(refusal(asker(kind, { scopes: [] }), door, ['coverage:read'])).toBe('scope-missing');
});

it.each(askerKinds)('lets %s do nothing that its kind is not for, whatever its token says', (kind) => {
  for (const scope of scopes) {
    const expected = scopesOf[kind].includes(scope) ? null : 'scope-missing';
    expect(refusal(asker(kind, { scopes }), door, [scope])).toBe(expected);
  }
});

it.each(askerKinds)('opens the clients of a funder or provider to %s only when they are its own', (kind) => {
  const mayAll = kind === 'auditor';
  for (const [owner, name] of [
    ['municipality', 'municipality:0363'],
    ['insurer', 'insurer:3311'],
    ['care-office', 'care-office:5515'],
    [null, 'insurer:0101'],
    [null, 'pool:grens'],
  ] as const) {
    const expected = mayAll || owner === kind ? null : 'not-your-funder';
    expect(refusal(asker(kind), { kind: 'funder', name }, [])).toBe(expected);
  }
  const own = mayAll || kind === 'provider' ? null : 'not-your-provider';
  expect(refusal(asker(kind), { kind: 'provider', agb: '65656055' }, [])).toBe(own);
  const others = mayAll ? null : 'not-your-provider';
  expect(refusal(asker(kind), { kind: 'provider', agb: '41414141' }, [])).toBe(others);
});

it('does not tell who has nothing to do with a client that it exists', () => {
  const resource = { kind: 'client', standing: 'none' } as const;
  expect(refusal(asker('provider'), resource)).toBe('client-unknown');
  expect(refusal(asker('auditor'), resource)).toBeNull();
  expect(refusal(asker('insurer'), { kind: 'client', standing: 'perhaps paid for' })).toBeNull();
});
