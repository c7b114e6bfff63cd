import { scopesOf, type Asker, type AskerKind, type Scope } from './asker.js';

/**
 * The one place where it is decided whether somebody may do something: subject, action, resource and purpose give a
 * decision, which names the policy it was taken by. What of a client's days shows afterwards is cut by the tables of
 * `@domeinbrug/sight`, which belong to the same policy.
 */

/** Raised with every change of what anybody may do or see; the audit trail keeps it beside each answer. */
export const accessPolicy = { id: 'rows-and-days', version: '3' } as const;

/** What is asked for. */
export type Resource =
  /** Nothing of anybody yet: whether the door opens at all. */
  | { kind: 'door' }
  /** All clients of a funder, such as `insurer:3311`. */
  | { kind: 'funder'; name: string }
  /** All clients of a provider, by its AGB code. */
  | { kind: 'provider'; agb: string }
  /** One client. */
  | { kind: 'client'; standing: ClientStanding };

/** What a client is to who asks: whose deliveries or care it has, whose days it may have; nobody's else. */
export type ClientStanding = 'in care' | 'perhaps paid for' | 'none';

export interface Question {
  subject: Asker;
  /** Any of these scopes lets it happen, where the subject’s kind may have it; none = any token does, for any purpose. */
  action: readonly Scope[];
  resource: Resource;
}

export type Refusal =
  'scope-missing' | 'purpose-not-allowed' | 'not-your-funder' | 'not-your-provider' | 'client-unknown';

export type Decision =
  | { allowed: true; policy: typeof accessPolicy }
  | { allowed: false; policy: typeof accessPolicy; refusal: Refusal };

/** What each kind of organisation may want to know something for: what its law gives it the task to do. */
export const purposesOf: Record<AskerKind, readonly string[]> = {
  provider: ['care-delivery', 'billing'],
  municipality: ['funding', 'control', 'complaint'],
  insurer: ['funding', 'control', 'complaint'],
  'care-office': ['funding', 'control', 'complaint'],
  oin: ['indication', 'registration'],
  policy: ['policy-evaluation', 'research'],
  auditor: ['audit', 'supervision', 'complaint'],
  operator: ['erasure'],
};

/** Whether the subject may, for the purpose of its token. The first reason against it is the refusal. */
export function decide({ subject, action, resource }: Question): Decision {
  const refusal = refusalOf(subject, action, resource);
  return refusal === null
    ? { allowed: true, policy: accessPolicy }
    : { allowed: false, policy: accessPolicy, refusal };
}

function refusalOf(subject: Asker, action: readonly Scope[], resource: Resource): Refusal | null {
  if (action.length > 0) {
    const may = action.filter((scope) => scopesOf[subject.kind].includes(scope));
    if (!may.some((scope) => subject.scopes.includes(scope))) return 'scope-missing';
    if (!purposesOf[subject.kind].includes(subject.purpose)) return 'purpose-not-allowed';
  }
  if (subject.kind === 'auditor') return null;
  switch (resource.kind) {
    case 'door':
      return null;
    case 'funder':
      return resource.name === `${subject.kind}:${subject.code}` ? null : 'not-your-funder';
    case 'provider':
      return subject.kind === 'provider' && subject.code === resource.agb ? null : 'not-your-provider';
    case 'client':
      return resource.standing === 'none' ? 'client-unknown' : null;
  }
}
