import { isFields, joinPersonal, partition, type Fields } from './personal-fields.js';

/** An event's personal fields, those of the carer apart from those of the client. */
export interface CarerApart {
  /** As the sender names the carer; it says nothing beyond this client. */
  carerId: string;
  carer: Fields;
  client: Fields;
}

/** `null` where no carer is named. All personal fields beside a carer's pseudonym are the carer's, but the reference. */
export function splitCarer(personal: Fields): CarerApart | null {
  const nested = personal['data'];
  const inside = isFields(nested) ? splitCarer(nested) : null;
  if (inside) {
    const { carerId, carer, client } = inside;
    return { carerId, carer: { data: carer }, client: { ...personal, data: client } };
  }
  const carerId = personal['carerId'];
  if (typeof carerId !== 'string') return null;
  const { rest, apart } = partition(personal, (name) => name !== 'reference');
  return { carerId, carer: apart, client: rest };
}

export function joinCarer(client: Fields, carer: Fields): Fields {
  return joinPersonal(client, carer);
}

const mark = 'erased-';

/** What stands for a carer who was erased, so that this carer is still told from another. */
export function erasedCarer(person: string): string {
  return `${mark}${person}`;
}

/** Whether data is of a carer who was erased: it may lack fields that it had to have. */
export function isOfErasedCarer({ carerId }: Fields): boolean {
  return typeof carerId === 'string' && carerId.startsWith(mark);
}
