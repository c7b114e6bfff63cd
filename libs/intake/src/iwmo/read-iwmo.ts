import { tryParseDay } from '@domeinbrug/calendar';
import { isBsn } from '../bsn.js';
import type { Reject } from '../reject-file.js';
import type { IntendedFact } from './intended-facts.js';
import type { ClientContext, IwmoMessage } from './message.js';
import { readAllocation } from './read-allocation.js';
import type { ProductMapping } from './products.js';
import { readDelivered } from './read-delivered.js';
import { elementsAt, parseXml, textAt, XmlRefused, type Element } from './xml.js';

export interface IwmoReading {
  messages: IwmoMessage[];
  facts: IntendedFact[];
  rejects: Reject[];
}

export interface IwmoOptions {
  /** The municipality's own meaning of its product codes. */
  mapping?: readonly ProductMapping[];
}

const noJourneyEvent = ['315', '317', '319', '323'];

/**
 * Reads one iWmo message (2.0 or 3.x): what WMO301, WMO305 and WMO307 want to be known, and what could not be
 * read. Never throws; nothing is dropped in silence.
 */
export function readIwmo(xml: string, options: IwmoOptions = {}): IwmoReading {
  try {
    return readMessage(parseXml(xml), options);
  } catch (error) {
    if (!(error instanceof XmlRefused)) throw error;
    return { messages: [], facts: [], rejects: [{ where: 'file', code: error.code, detail: error.message }] };
  }
}

const messageNamespace = /^http:\/\/www\.istandaarden\.nl\/iwmo\/([0-9]_[0-9])\/wmo([0-9]{3})\/schema/;

function readMessage(root: Element, options: IwmoOptions): IwmoReading {
  const [, version = '', number] =
    (root.name === 'Bericht' ? messageNamespace.exec(root.namespace) : null) ?? [];
  if (!number || !['301', '305', '307', ...noJourneyEvent].includes(number)) {
    const detail = 'No iWmo message that is read here; send WMO301, WMO305 or WMO307 in its own namespace.';
    return { messages: [], facts: [], rejects: [{ where: 'file', code: 'message-unknown', detail }] };
  }
  const message = headerOf(root, number);
  if (message.outcome === 'no-journey-event') return { messages: [message], facts: [], rejects: [] };
  const wrong = wrongHeader(message) ?? otherBody(root, message, version.replace('_', '.'));
  if (wrong) return { messages: [message], facts: [], rejects: [wrong] };
  const clients = [...elementsAt(root, 'Clienten', 'Client'), ...elementsAt(root, 'Client')];
  const read = clients.map((client, index) => readClient(client, index + 1, message, options.mapping ?? []));
  return {
    messages: [message],
    facts: read.flatMap(({ facts }) => facts),
    rejects: read.flatMap(({ rejects }) => rejects),
  };
}

function headerOf(root: Element, number: string): IwmoMessage {
  const header = (...names: string[]): string =>
    names.map((name) => textAt(root, 'Header', ...name.split('/'))).find((text) => text !== undefined) ?? '';
  return {
    kind: `WMO${number}`,
    identification: header('Berichtidentificatie/Identificatie', 'BerichtIdentificatie/Identificatie'),
    writtenOn: header('Berichtidentificatie/Dagtekening', 'BerichtIdentificatie/Dagtekening'),
    sender: header('Afzender'),
    receiver: header('Ontvanger'),
    outcome: noJourneyEvent.includes(number) ? 'no-journey-event' : 'read',
  };
}

function wrongHeader(message: IwmoMessage): Reject | undefined {
  const municipality = message.kind === 'WMO301' ? message.sender : message.receiver;
  const missing = [
    message.identification === '' && 'Identificatie is missing',
    tryParseDay(message.writtenOn) === undefined && 'Dagtekening is no day (YYYY-MM-DD)',
    !/^[0-9]{4}$/.test(municipality) && 'the municipality is no CBS code of 4 digits',
  ].filter((each) => each !== false);
  if (missing.length === 0) return undefined;
  return { where: whereOf(message), code: 'header-invalid', detail: `In the header: ${missing.join('; ')}.` };
}

/** Which message a header speaks of, by its code. */
const kindByCode: Record<string, string> = { '414': 'WMO301', '418': 'WMO305', '420': 'WMO307' };

/** A header of another message or version than the body: one of them was put there by mistake. */
function otherBody(root: Element, message: IwmoMessage, version: string): Reject | undefined {
  // In 2.0 these stand in a Berichtspecificatie, in 3.x directly in the header.
  const header = (older: string, newer: string): string | undefined =>
    textAt(root, 'Header', 'Berichtspecificatie', older) ?? textAt(root, 'Header', newer);
  const code = header('Code', 'BerichtCode');
  const [major, minor] = [header('Versie', 'BerichtVersie'), header('SubVersie', 'BerichtSubversie')];
  const saysKind = code === undefined ? message.kind : (kindByCode[code] ?? `a message with code ${code}`);
  const saysVersion = major === undefined ? version : `${major}.${minor ?? '0'}`;
  if (saysKind === message.kind && saysVersion === version) return undefined;
  const detail =
    `The header speaks of ${saysKind} in version ${saysVersion}, the body is ${message.kind} in version ${version}; ` +
    'nothing of this message was read. Ask its sender which it is.';
  return { where: whereOf(message), code: 'header-differs', detail };
}

function readClient(
  client: Element,
  number: number,
  message: IwmoMessage,
  mapping: readonly ProductMapping[],
): Pick<IwmoReading, 'facts' | 'rejects'> {
  const where = `${whereOf(message)}, client ${number}`;
  const bsn = textAt(client, 'Bsn') ?? '';
  if (!isBsn(bsn)) {
    const detail = 'Bsn must be nine digits that pass the eleven-test; nothing of this client was read.';
    return { facts: [], rejects: [{ where, code: 'bsn-invalid', detail }] };
  }
  const context: ClientContext = { message, bsn, status: textAt(client, 'StatusAanlevering'), mapping };
  const facts: IntendedFact[] = [];
  const rejects: Reject[] = [];
  productsOf(client, message.kind).forEach(({ product, decision }, index) => {
    const place = `${where}, product ${index + 1}`;
    const read =
      message.kind === 'WMO301'
        ? readAllocation(product, decision, context, place)
        : readDelivered(product, context, place);
    if (Array.isArray(read)) rejects.push(...read);
    else facts.push(read);
  });
  return { facts, rejects };
}

/** In 2.0 an allocation stands in its decision (Beschikking), in 3.x directly under the client. */
function productsOf(client: Element, kind: string): { product: Element; decision?: Element }[] {
  if (kind === 'WMO305')
    return elementsAt(client, 'StartProducten', 'StartProduct').map((product) => ({ product }));
  if (kind === 'WMO307')
    return elementsAt(client, 'StopProducten', 'StopProduct').map((product) => ({ product }));
  const direct = elementsAt(client, 'ToegewezenProducten', 'ToegewezenProduct').map((product) => ({
    product,
  }));
  const decided = elementsAt(client, 'Beschikking').flatMap((decision) =>
    elementsAt(decision, 'ToegewezenProducten', 'ToegewezenProduct').map((product) => ({
      product,
      decision,
    })),
  );
  return [...decided, ...direct];
}

function whereOf(message: IwmoMessage): string {
  return `${message.kind} ${message.identification || 'without Identificatie'}`;
}
