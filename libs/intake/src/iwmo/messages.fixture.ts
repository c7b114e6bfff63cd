/** Invented messages for tests: only what the reader looks at, in the shape of iWmo 2.0. */

export interface AllocationPart {
  decision?: string;
  category?: string;
  code?: string;
  municipality?: string;
  provider?: string;
  /** Toewijzingsdatum and -tijd, `2024-01-02T10:00:00`. */
  moment?: string;
  firstDay?: string;
  lastDay?: string;
  /** RedenWijziging. */
  reason?: string;
  status?: string;
  volume?: [quantity: string, unit: string, frequency: string];
}

export interface MessagePart {
  bsn?: string;
  identification?: string;
  writtenOn?: string;
  municipality?: string;
  provider?: string;
}

export const testBsn = '999990019';

/** An element when there is something to put in it. */
function tag(name: string, content: string | undefined): string {
  return content === undefined ? '' : `<m:${name}>${content}</m:${name}>`;
}

function message(number: string, { bsn = testBsn, ...part }: MessagePart, products: string): string {
  const {
    identification = 'abc123',
    writtenOn = '2024-01-02',
    municipality = '0363',
    provider = '65656055',
  } = part;
  const [sender, receiver] = number === '301' ? [municipality, provider] : [provider, municipality];
  return (
    `<?xml version="1.0" encoding="UTF-8"?>` +
    `<m:Bericht xmlns:m="http://www.istandaarden.nl/iwmo/2_0/wmo${number}/schema/2_0">` +
    `<m:Header>${tag('Afzender', sender)}${tag('Ontvanger', receiver)}<m:Berichtidentificatie>` +
    `${tag('Identificatie', identification)}${tag('Dagtekening', writtenOn)}</m:Berichtidentificatie></m:Header>` +
    `<m:Clienten><m:Client>${tag('Bsn', bsn)}${products}</m:Client></m:Clienten></m:Bericht>`
  );
}

/** A WMO301 with one decision per allocation. */
export function wmo301(part: MessagePart, ...allocations: AllocationPart[]): string {
  return message('301', part, allocations.map(allocation).join(''));
}

function allocation({ moment = '2024-01-02T10:00:00', ...part }: AllocationPart): string {
  const { decision = '1001', category = '02', code = '02A01', firstDay = '2024-01-15', volume } = part;
  const product =
    `<m:Product>${tag('Categorie', category)}${tag('Code', code)}</m:Product>` +
    tag('Aanbieder', part.provider ?? '65656055') +
    tag('Gemeentecode', part.municipality) +
    tag('Toewijzingsdatum', moment.slice(0, 10)) +
    tag('Toewijzingstijd', moment.slice(11)) +
    tag('Ingangsdatum', firstDay) +
    tag('Einddatum', part.lastDay) +
    tag('RedenWijziging', part.reason) +
    tag('StatusAanlevering', part.status) +
    (volume
      ? `<m:Omvang>${tag('Volume', volume[0])}${tag('Eenheid', volume[1])}${tag('Frequentie', volume[2])}</m:Omvang>`
      : '');
  return (
    `<m:Beschikking>${tag('Beschikkingnummer', decision)}${tag('Afgiftedatum', '2024-01-01')}` +
    `<m:ToegewezenProducten><m:ToegewezenProduct>${product}</m:ToegewezenProduct></m:ToegewezenProducten></m:Beschikking>`
  );
}

export interface DeliveryPart {
  decision?: string;
  code?: string;
  began?: string;
  ended?: string;
  reason?: string;
  status?: string;
}

export function wmo305(part: MessagePart, ...starts: DeliveryPart[]): string {
  return message(
    '305',
    part,
    `<m:StartProducten>${starts.map((each) => delivery('StartProduct', each)).join('')}</m:StartProducten>`,
  );
}

export function wmo307(part: MessagePart, ...stops: DeliveryPart[]): string {
  return message(
    '307',
    part,
    `<m:StopProducten>${stops.map((each) => delivery('StopProduct', each)).join('')}</m:StopProducten>`,
  );
}

export function otherMessage(number: string): string {
  return message(number, {}, '');
}

function delivery(element: string, { decision = '1001', code = '02A01', ...part }: DeliveryPart): string {
  return (
    `<m:${element}>${tag('Beschikkingnummer', decision)}` +
    `<m:Product>${tag('Categorie', code.slice(0, 2))}${tag('Code', code)}</m:Product>` +
    `${tag('Begindatum', part.began ?? '2024-01-16')}${tag('Aanbieder', '65656055')}` +
    `${tag('RedenBeeindiging', part.reason)}${tag('Einddatum', part.ended)}` +
    `${tag('StatusAanlevering', part.status ?? '1')}</m:${element}>`
  );
}

export interface AllocationV3Part {
  number: string;
  /** `null` = no product is named. */
  category?: string | null;
  lastDay?: string;
  reason?: string;
  volume?: [quantity: string, unit: string, frequency: string];
  budget?: string;
}

/** A WMO301 in the shape of iWmo 3.2: one client, and allocations directly under it. */
export function wmo301v3(...allocations: AllocationV3Part[]): string {
  const products = allocations.map(
    (part) => `<m:ToegewezenProduct>${allocationV3(part)}</m:ToegewezenProduct>`,
  );
  return (
    `<?xml version="1.0" encoding="UTF-8"?>` +
    `<m:Bericht xmlns:m="http://www.istandaarden.nl/iwmo/3_2/wmo301/schema" xmlns:b="http://www.istandaarden.nl/iwmo/3_2/basisschema/schema">` +
    `<m:Header>${tag('BerichtCode', '414')}${tag('BerichtVersie', '3')}${tag('BerichtSubversie', '2')}` +
    `${tag('Afzender', '0363')}${tag('Ontvanger', '65656055')}<m:BerichtIdentificatie>` +
    `<b:Identificatie>123456789012</b:Identificatie><b:Dagtekening>2025-02-25</b:Dagtekening>` +
    `</m:BerichtIdentificatie></m:Header><m:Client>${tag('Bsn', testBsn)}` +
    `<m:ToegewezenProducten>${products.join('')}</m:ToegewezenProducten></m:Client></m:Bericht>`
  );
}

function allocationV3({
  number,
  category = '02',
  lastDay,
  reason,
  volume,
  budget,
}: AllocationV3Part): string {
  return (
    tag('ToewijzingNummer', number) +
    (category === null
      ? ''
      : `<m:Product><b:Categorie>${category}</b:Categorie><b:Code>${category}A05</b:Code></m:Product>`) +
    `${tag('Toewijzingsdatum', '2025-02-25')}${tag('Toewijzingstijd', '09:30:00')}` +
    `${tag('Ingangsdatum', '2025-03-01')}${tag('Einddatum', lastDay)}${tag('RedenWijziging', reason)}` +
    (volume
      ? `<m:Omvang><b:Volume>${volume[0]}</b:Volume><b:Eenheid>${volume[1]}</b:Eenheid>` +
        `<b:Frequentie>${volume[2]}</b:Frequentie></m:Omvang>`
      : '') +
    tag('Budget', budget)
  );
}
