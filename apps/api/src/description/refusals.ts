import type { ProblemCode } from '@domeinbrug/platform';
import type { Needed } from '../doors/asker.guard.js';

/** What of a door tells which problems it shares with others. */
export interface DoorTraits {
  needed: Needed | undefined;
  takesBody: boolean;
  /** A query string that is read, or a part of the address. */
  takesParameters: boolean;
}

/** The problems that follow from a door's token, address, query string and body; and those that any door can have. */
export function sharedRefusals({ needed, takesBody, takesParameters }: DoorTraits): ProblemCode[] {
  const token: ProblemCode[] = needed === 'nothing' ? [] : ['token-missing', 'token-invalid'];
  const scope: ProblemCode[] = needed === 'nothing' || needed === 'any token' ? [] : ['scope-missing'];
  const asked: ProblemCode[] = takesParameters || takesBody ? ['invalid-request'] : [];
  const body: ProblemCode[] = takesBody ? ['malformed-body', 'too-large', 'unsupported-media-type'] : [];
  return [...asked, ...body, ...token, ...scope, 'internal-error', 'log-unreachable', 'shutting-down'];
}
