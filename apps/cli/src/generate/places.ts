import type { Random } from './random.js';

/** A municipality and who pays and cares there. */
export interface Place {
  /** CBS code. */
  municipality: string;
  /** The care office of its region. */
  careOffice: string;
}

/**
 * Municipalities (CBS code, 2026) with the care office of their region and their inhabitants in thousands: the larger
 * ones of each region, which stand for the rest of it.
 */
const municipalities: readonly (readonly [municipality: string, careOffice: string, inhabitants: number])[] =
  [
    ['0014', '5501', 244], // Groningen
    ['1969', '5501', 65], // Westerkwartier
    ['1952', '5501', 61], // Midden-Groningen
    ['1979', '5501', 45], // Eemsdelta
    ['1895', '5501', 39], // Oldambt
    ['0114', '5503', 110], // Emmen
    ['0106', '5503', 70], // Assen
    ['0118', '5503', 57], // Hoogeveen
    ['1699', '5503', 32], // Noordenveld
    ['0193', '5504', 134], // Zwolle
    ['0160', '5504', 63], // Hardenberg
    ['0166', '5504', 56], // Kampen
    ['1708', '5504', 45], // Steenwijkerland
    ['0153', '5505', 162], // Enschede
    ['0164', '5505', 83], // Hengelo (O.)
    ['0141', '5505', 74], // Almelo
    ['0173', '5505', 32], // Oldenzaal
    ['0200', '5506', 168], // Apeldoorn
    ['0301', '5506', 49], // Zutphen
    ['0232', '5506', 33], // Epe
    ['0202', '5507', 168], // Arnhem
    ['0228', '5507', 123], // Ede
    ['0222', '5507', 59], // Doetinchem
    ['1509', '5507', 40], // Oude IJsselstreek
    ['0268', '5508', 188], // Nijmegen
    ['0296', '5508', 42], // Wijchen
    ['1945', '5508', 35], // Berg en Dal
    ['0344', '5509', 376], // Utrecht
    ['0307', '5509', 164], // Amersfoort
    ['0355', '5509', 67], // Zeist
    ['0356', '5509', 66], // Nieuwegein
    ['0321', '5509', 51], // Houten
    ['0034', '5510', 230], // Almere
    ['0995', '5510', 86], // Lelystad
    ['0171', '5510', 51], // Noordoostpolder
    ['0402', '5511', 95], // Hilversum
    ['1942', '5511', 61], // Gooise Meren
    ['0406', '5511', 41], // Huizen
    ['0361', '5512', 113], // Alkmaar
    ['1980', '5512', 90], // Dijk en Waard
    ['0405', '5512', 76], // Hoorn
    ['0400', '5512', 57], // Den Helder
    ['0392', '5513', 168], // Haarlem
    ['0453', '5513', 69], // Velsen
    ['0375', '5513', 43], // Beverwijk
    ['0479', '5514', 161], // Zaanstad
    ['0439', '5514', 95], // Purmerend
    ['0385', '5514', 37], // Edam-Volendam
    ['0363', '5515', 942], // Amsterdam
    ['0384', '5515', 34], // Diemen
    ['0394', '5516', 165], // Haarlemmermeer
    ['0362', '5516', 95], // Amstelveen
    ['0358', '5516', 34], // Aalsmeer
    ['0546', '5517', 130], // Leiden
    ['0484', '5517', 117], // Alphen aan den Rijn
    ['0537', '5517', 68], // Katwijk
    ['0518', '5518', 572], // 's-Gravenhage
    ['0637', '5518', 128], // Zoetermeer
    ['1916', '5518', 79], // Leidschendam-Voorburg
    ['0603', '5518', 60], // Rijswijk (ZH.)
    ['1783', '5519', 117], // Westland
    ['0503', '5519', 110], // Delft
    ['0606', '5519', 82], // Schiedam
    ['0622', '5519', 76], // Vlaardingen
    ['0513', '5520', 77], // Gouda
    ['1901', '5520', 37], // Bodegraven-Reeuwijk
    ['0627', '5520', 35], // Waddinxveen
    ['0599', '5521', 672], // Rotterdam
    ['0502', '5521', 68], // Capelle aan den IJssel
    ['0489', '5521', 49], // Barendrecht
    ['1963', '5523', 90], // Hoeksche Waard
    ['1930', '5523', 87], // Nissewaard
    ['1924', '5523', 52], // Goeree-Overflakkee
    ['0505', '5524', 122], // Dordrecht
    ['0642', '5524', 46], // Zwijndrecht
    ['0512', '5524', 39], // Gorinchem
    ['0715', '5525', 55], // Terneuzen
    ['0687', '5525', 50], // Middelburg (Z.)
    ['0718', '5525', 45], // Vlissingen
    ['0664', '5525', 40], // Goes
    ['0758', '5526', 188], // Breda
    ['1674', '5526', 78], // Roosendaal
    ['0748', '5526', 69], // Bergen op Zoom
    ['0826', '5526', 58], // Oosterhout
    ['0855', '5527', 230], // Tilburg
    ['0867', '5527', 50], // Waalwijk
    ['0766', '5527', 27], // Dongen
    ['0796', '5528', 162], // 's-Hertogenbosch
    ['0828', '5528', 95], // Oss
    ['1948', '5528', 84], // Meierijstad
    ['0772', '5529', 247], // Eindhoven
    ['0794', '5529', 96], // Helmond
    ['0861', '5529', 47], // Veldhoven
    ['0983', '5530', 104], // Venlo
    ['0957', '5530', 61], // Roermond
    ['0988', '5530', 51], // Weert
    ['0935', '5531', 125], // Maastricht
    ['1883', '5531', 92], // Sittard-Geleen
    ['0917', '5531', 87], // Heerlen
    ['0150', '5532', 103], // Deventer
    ['0177', '5532', 39], // Raalte
    ['1773', '5532', 19], // Olst-Wijhe
    ['0080', '5533', 128], // Leeuwarden
    ['1900', '5533', 91], // Súdwest-Fryslân
    ['0090', '5533', 57], // Smallingerland
    ['0074', '5533', 52], // Heerenveen
  ];

const places = municipalities.map(
  ([municipality, careOffice, inhabitants]) => [{ municipality, careOffice }, inhabitants] as const,
);
const regions = new Map<string, Place[]>();
for (const [place] of places)
  regions.set(place.careOffice, [...(regions.get(place.careOffice) ?? []), place]);

/** Insurers (UZOVI code) with their share of the insured in percent, roughly. */
const insurers: readonly (readonly [insurer: string, share: number])[] = [
  ['3311', 21], // Zilveren Kruis
  ['3313', 5], // Interpolis
  ['9664', 19], // CZ
  ['0201', 3], // OHRA
  ['7095', 17], // VGZ
  ['0101', 6], // Univé
  ['3332', 10], // Menzis
  ['3333', 2], // Anderzorg
  ['3358', 4], // De Friesland
  ['7029', 4], // DSW
  ['7119', 3], // Zorg en Zekerheid
  ['0403', 3], // a.s.r.
  ['3343', 2], // ONVZ
  ['7125', 1], // Eno
];

export function anyPlace(random: Random): Place {
  return random.weighted(places);
}

/** Where someone who lives here moves to: mostly near, sometimes to another region. */
export function nextPlace(from: Place, random: Random): Place {
  const near = regions.get(from.careOffice)!.filter((place) => place !== from);
  return near.length > 0 && random.chance(0.7) ? random.pick(near) : anyPlace(random);
}

export function anyInsurer(random: Random, other?: string): string {
  return random.weighted(insurers.filter(([insurer]) => insurer !== other));
}

/** What a provider does, with how many of them a region has. */
const kinds = {
  'home-care': 4,
  'case-management': 1,
  'nursing-home': 4,
  'disability-care': 2,
  support: 3,
  hospital: 1,
} as const;
export type ProviderKind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as ProviderKind[];

/** The AGB code of an invented provider in a region: 61, the region, its kind and a number. */
export function anyProvider(kind: ProviderKind, { careOffice }: Place, random: Random): string {
  const number = random.int(1, kinds[kind]);
  return `61${careOffice.slice(2)}${kindNames.indexOf(kind) + 1}${String(number).padStart(3, '0')}`;
}
