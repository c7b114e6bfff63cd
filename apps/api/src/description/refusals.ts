import type { ProblemCode } from '@domeinbrug/problems';
import type { Needed } from '../doors/asker.guard.js';

/** What of a door tells which problems it shares with others. */
export interface DoorTraits {
  needed: Needed | undefined;
  /** Whose answers stand in the audit trail before they leave. */
  isAudited: boolean;
  takesBody: boolean;
  /** A query string that is read, or a part of the address. */
  takesParameters: boolean;
}

/** The problems that follow from a door's token, address, query string and body; and those that any door can have. */
export function sharedRefusals({ needed, isAudited, takesBody, takesParameters }: DoorTraits): ProblemCode[] {
  const token: ProblemCode[] =
    needed === 'nothing'
      ? []
      : [
          'token-missing',
          'token-invalid',
          'supplier-not-mandated',
          'too-many-requests',
          'too-many-at-once',
          'keys-unreachable',
        ];
  const scope: ProblemCode[] =
    needed === 'nothing' || needed === 'any token' ? [] : ['scope-missing', 'purpose-not-allowed'];
  const asked: ProblemCode[] = takesParameters || takesBody ? ['invalid-request'] : [];
  const body: ProblemCode[] = takesBody
    ? ['malformed-body', 'too-large', 'too-deep', 'unsupported-media-type']
    : [];
  const audit: ProblemCode[] = isAudited ? ['reason-missing', 'audit-failed'] : [];
  return [
    ...audit,
    ...asked,
    ...body,
    ...token,
    ...scope,
    'internal-error',
    'log-unreachable',
    'shutting-down',
  ];
}
