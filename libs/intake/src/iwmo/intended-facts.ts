import type { EventData } from '@domeinbrug/journey';

/**
 * What a message wants to be known, before the journey is looked at. Each fact has a natural key, so that sending
 * it again, or in another order, means nothing.
 */
export type IntendedFact = IntendedAllocation | IntendedDelivery;

interface Intended {
  bsn: string;
  /** The organisation and system that sends it. */
  source: string;
  /** RFC 3339: when the sender registered it. */
  time: string;
  /**
   * By which a later word is told from an earlier one; compared as text. An allocation's is Toewijzingsdatum and
   * -tijd, a delivery's the Dagtekening of its message.
   */
  moment: string;
  /** To be treated as never sent. */
  removed: boolean;
  /** For people: which product of which message. */
  where: string;
  /** The client died, says a reason code; reported only, for the day itself is not stated. */
  saysDeceased: boolean;
}

/** A ToegewezenProduct of a WMO301. Its key is municipality and decision; its content may change. */
export interface IntendedAllocation extends Intended {
  type: 'wmo-decision-issued';
  data: EventData<'wmo-decision-issued'>;
  message: AllocationMessage;
}

/** The message an allocation came in: it names all that its receiver was granted for this client. */
export interface AllocationMessage {
  identification: string;
  /** Dagtekening, `YYYY-MM-DD`. */
  writtenOn: string;
  /** The provider that it was sent to. */
  receiver: string;
}

/** A StartProduct or StopProduct. All of its content is its key: a change is a removal and a new delivery (OP033). */
export type IntendedDelivery = Intended &
  (
    | { type: 'wmo-support-started'; data: EventData<'wmo-support-started'> }
    | { type: 'wmo-support-ended'; data: EventData<'wmo-support-ended'> }
  );

/** Extension attributes that stay with a stored event, so that a later import knows how late its word was. */
export const allocationMomentAttribute = 'toewijzingsmoment';
export const deliveryMomentAttribute = 'dagtekening';

export function momentAttributeOf(type: IntendedFact['type']): string {
  return type === 'wmo-decision-issued' ? allocationMomentAttribute : deliveryMomentAttribute;
}
