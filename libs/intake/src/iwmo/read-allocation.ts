import type { EventData } from '@domeinbrug/journey';
import { sourceOf } from '../organisations.js';
import type { Reject } from '../reject-file.js';
import type { IntendedAllocation } from './intended-facts.js';
import { budgetOf, serviceOfProduct, volumeOf } from './products.js';
import { instantText, type ClientContext } from './message.js';
import { decisionIdOf, given, isDay, rejectsOf, statusOf, statusReject } from './read-product.js';
import { textAt, type Element } from './xml.js';

/** WMO002: 02 died, 13 removed (to be treated as never sent). */
const deceased = '02';
const removedReason = '13';
const clockPattern = /^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]/;

/** A ToegewezenProduct of a WMO301 as a decision, or every reason why it cannot be one. */
export function readAllocation(
  product: Element,
  decision: Element | undefined,
  context: ClientContext,
  where: string,
): IntendedAllocation | Reject[] {
  const { message } = context;
  const status = statusOf(product, context);
  if (status === 'status-not-allowed') return [statusReject(where)];
  const allocatedOn = textAt(product, 'Toewijzingsdatum');
  const clock = clockPattern.exec(textAt(product, 'Toewijzingstijd') ?? '')?.[0] ?? '00:00:00';
  const { data, rejects } = dataOf(product, decision, context, where);
  if (!isDay(allocatedOn)) {
    rejects.push({
      where,
      code: 'moment-missing',
      detail: 'Toewijzingsdatum is no day (YYYY-MM-DD); which word is later?',
    });
  }
  if (rejects.length > 0 || !isDay(allocatedOn)) return rejects;
  const reason = textAt(product, 'RedenWijziging') ?? textAt(product, 'RedenIntrekking');
  return {
    type: 'wmo-decision-issued',
    bsn: context.bsn,
    source: sourceOf({ kind: 'municipality', code: message.sender }, 'iwmo'),
    time: instantText(allocatedOn, clock),
    moment: `${allocatedOn}T${clock}`,
    removed: status.removed || reason === removedReason,
    where,
    saysDeceased: reason === deceased,
    data: data as EventData<'wmo-decision-issued'>,
    message: {
      identification: message.identification,
      writtenOn: message.writtenOn,
      receiver: message.receiver,
    },
  };
}

function dataOf(
  product: Element,
  decision: Element | undefined,
  context: ClientContext,
  where: string,
): { data: Record<string, unknown>; rejects: Reject[] } {
  const firstDay = textAt(product, 'Ingangsdatum');
  const category = textAt(product, 'Product', 'Categorie');
  const code = textAt(product, 'Product', 'Code');
  const municipality = textAt(product, 'Gemeentecode') ?? context.message.sender;
  const service = serviceOfProduct({ category, code, municipality }, firstDay ?? '', context.mapping);
  const data = given({
    decisionId: decisionIdOf(product, decision && textAt(decision, 'Beschikkingnummer')),
    municipality,
    services: service && [service],
    firstDay,
    lastDay: textAt(product, 'Einddatum'),
    provider: textAt(product, 'Aanbieder') ?? context.message.receiver,
    decidedOn: (decision && textAt(decision, 'Afgiftedatum')) ?? textAt(product, 'Toewijzingsdatum'),
    volume:
      volumeOf(
        textAt(product, 'Omvang', 'Volume'),
        textAt(product, 'Omvang', 'Eenheid'),
        textAt(product, 'Omvang', 'Frequentie'),
      ) ?? budgetOf(textAt(product, 'Budget')),
  });
  const rejects = rejectsOf(
    'wmo-decision-issued',
    service ? data : { ...data, services: ['guidance'] },
    context,
    where,
  );
  if (!service) {
    const named =
      [category && `category ${category}`, code && `code ${code}`].filter(Boolean).join(', ') || 'none';
    const detail = `No service is known for this product (${named}); add it to the municipality’s mapping file.`;
    rejects.push({ where, code: 'no-service-for-product', detail });
  }
  return { data, rejects };
}
