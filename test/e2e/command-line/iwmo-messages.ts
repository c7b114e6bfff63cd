/** Invented iWmo 2.0 messages: of each only what is read, with prefixes of our own choosing. */

const header = (kind: string, sender: string, receiver: string, id: string, writtenOn: string): string => `
  <m:Header>
    <m:Berichtspecificatie><b:Code>${{ '301': '414', '305': '418' }[kind] ?? '420'}</b:Code><b:Versie>2</b:Versie><b:SubVersie>0</b:SubVersie></m:Berichtspecificatie>
    <m:Afzender>${sender}</m:Afzender><m:Ontvanger>${receiver}</m:Ontvanger>
    <m:Berichtidentificatie><b:Identificatie>${id}</b:Identificatie><b:Dagtekening>${writtenOn}</b:Dagtekening></m:Berichtidentificatie>
  </m:Header>`;

function message(kind: string, head: string, client: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<m:Bericht xmlns:m="http://www.istandaarden.nl/iwmo/2_0/wmo${kind}/schema/2_0" xmlns:b="http://www.istandaarden.nl/iwmo/2_0/basisschema/schema/2_0">
${head}
  <m:Clienten><m:Client>${client}</m:Client></m:Clienten>
</m:Bericht>
`;
}

const municipality = '0772';
const provider = '61610001';

export interface Product {
  decision: string;
  category: string;
  code: string;
}

const productOf = ({ category, code }: Product): string =>
  `<m:Product><b:Categorie>${category}</b:Categorie><b:Code>${code}</b:Code></m:Product>`;

export interface Allocation {
  bsn: string;
  product: Product;
  /** Toewijzingsdatum: which word on the product is later. */
  allocatedOn: string;
  firstDay: string;
  lastDay: string;
}

export function wmo301({ bsn, product, allocatedOn, firstDay, lastDay }: Allocation): string {
  const days = `<m:Ingangsdatum>${firstDay}</m:Ingangsdatum><m:Einddatum>${lastDay}</m:Einddatum>`;
  return message(
    '301',
    header('301', municipality, provider, `t${allocatedOn}`, allocatedOn),
    `<m:Bsn>${bsn}</m:Bsn>
    <m:Beschikking>
      <m:Beschikkingnummer>${product.decision}</m:Beschikkingnummer><m:Afgiftedatum>${allocatedOn}</m:Afgiftedatum>
      <m:ToegewezenProducten><m:ToegewezenProduct>${productOf(product)}
        <m:Aanbieder>${provider}</m:Aanbieder><m:Gemeentecode>${municipality}</m:Gemeentecode>
        <m:Toewijzingsdatum>${allocatedOn}</m:Toewijzingsdatum><m:Toewijzingstijd>10:00:00</m:Toewijzingstijd>
        ${days}
      </m:ToegewezenProduct></m:ToegewezenProducten>
    </m:Beschikking>`,
  );
}

export function wmo305(bsn: string, product: Product, begins: string): string {
  return message(
    '305',
    header('305', provider, municipality, `s${begins}`, begins),
    `<m:Bsn>${bsn}</m:Bsn>
    <m:StartProducten><m:StartProduct><m:Beschikkingnummer>${product.decision}</m:Beschikkingnummer>${productOf(product)}
      <m:Begindatum>${begins}</m:Begindatum><m:Aanbieder>${provider}</m:Aanbieder><m:StatusAanlevering>1</m:StatusAanlevering>
    </m:StartProduct></m:StartProducten>`,
  );
}

export function wmo307(bsn: string, product: Product, ends: string): string {
  return message(
    '307',
    header('307', provider, municipality, `e${ends}`, ends),
    `<m:Bsn>${bsn}</m:Bsn>
    <m:StopProducten><m:StopProduct><m:Beschikkingnummer>${product.decision}</m:Beschikkingnummer>${productOf(product)}
      <m:Einddatum>${ends}</m:Einddatum><m:RedenBeeindiging>01</m:RedenBeeindiging>
      <m:Aanbieder>${provider}</m:Aanbieder><m:StatusAanlevering>1</m:StatusAanlevering>
    </m:StopProduct></m:StopProducten>`,
  );
}
