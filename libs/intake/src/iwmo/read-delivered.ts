import type { EventData } from '@domeinbrug/journey';
import { sourceOf } from '../organisations.js';
import type { Reject } from '../reject-file.js';
import type { IntendedDelivery } from './intended-facts.js';
import { instantText, type ClientContext } from './message.js';
import { decisionIdOf, given, rejectsOf, statusOf, statusReject } from './read-product.js';
import { textAt, type Element } from './xml.js';

/** WMO588: 02 died, 20 stopped for a time. */
const deceased = '02';
const stoppedForATime = '20';

/** A StartProduct of a WMO305 or a StopProduct of a WMO307, or every reason why it cannot be read. */
export function readDelivered(
  product: Element,
  context: ClientContext,
  where: string,
): IntendedDelivery | Reject[] {
  const { message, bsn } = context;
  const status = statusOf(product, context);
  if (status === 'status-not-allowed') return [statusReject(where)];
  const type = message.kind === 'WMO305' ? 'wmo-support-started' : 'wmo-support-ended';
  const reason = textAt(product, 'RedenBeeindiging');
  const shared = {
    decisionId: decisionIdOf(product, textAt(product, 'Beschikkingnummer')),
    municipality: message.receiver,
    provider: textAt(product, 'Aanbieder') ?? message.sender,
  };
  const data = given(
    type === 'wmo-support-started'
      ? { ...shared, firstDay: textAt(product, 'Begindatum') }
      : {
          ...shared,
          lastDay: textAt(product, 'Einddatum'),
          reason,
          temporary: reason === stoppedForATime ? true : undefined,
        },
  );
  const rejects = rejectsOf(type, data, context, where);
  if (rejects.length > 0) return rejects;
  return {
    type,
    bsn,
    source: sourceOf({ kind: 'provider', code: data['provider'] as string }, 'iwmo'),
    time: instantText(message.writtenOn),
    moment: message.writtenOn,
    removed: status.removed,
    where,
    saysDeceased: reason === deceased,
    data: data as EventData<'wmo-support-started'> & EventData<'wmo-support-ended'>,
  };
}
