import { tryParseDay } from '@domeinbrug/calendar';
import type { Volume } from '@domeinbrug/journey';
import { tableServices, type TableService } from '@domeinbrug/terms';

/** One line of a municipality's own mapping: from which day to which day a product means a service. */
export interface ProductMapping {
  /** CBS code of the municipality whose meaning it is; absent = of all. */
  municipality?: string;
  /** A product code (`02A05`) or a product category (`02`). */
  code: string;
  /** `YYYY-MM-DD`, inclusive; absent = always. */
  from?: string;
  /** `YYYY-MM-DD`, inclusive; absent = still. */
  until?: string;
  service: TableService;
}

/** Product categories (code list WMO020) that are care this product knows. */
const serviceByCategory: Record<string, TableService> = {
  '01': 'household-help',
  '02': 'guidance',
  '03': 'guidance',
  '04': 'respite-care',
  '07': 'day-activities',
  '08': 'social-transport',
  '11': 'mobility-aid',
  '12': 'social-transport',
  '13': 'home-adaptation',
  '14': 'mobility-aid',
};

/** A product as a municipality allocates it. */
export interface AllocatedProduct {
  category?: string;
  code?: string;
  /** CBS code. */
  municipality?: string;
}

/**
 * The service of a product on its first day: by the municipality's own mapping, by one for all, else by category. In
 * a mapping the code goes before the category.
 */
export function serviceOfProduct(
  { category, code, municipality }: AllocatedProduct,
  firstDay: string,
  mapping: readonly ProductMapping[] = [],
): TableService | undefined {
  const inForce = mapping.filter(
    ({ from, until }) => (from ?? '') <= firstDay && firstDay <= (until ?? '9999'),
  );
  const mapped = [municipality, undefined].flatMap((whose) =>
    [code, category].map((named) =>
      inForce.find((line) => line.municipality === whose && line.code === named),
    ),
  );
  const own = mapped.find((line) => line !== undefined);
  return own?.service ?? (category === undefined ? undefined : serviceByCategory[category]);
}

/**
 * Reads a mapping file: CSV with the columns code, from, until, service (separated by comma or semicolon, from
 * and until may be empty). Gives every line's problem at once.
 */
export function readProductMapping(csv: string): { mapping: ProductMapping[]; problems: string[] } {
  const [header = [], ...lines] = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.split(/[,;]/).map((cell) => cell.trim()));
  const problems: string[] = [];
  const mapping: ProductMapping[] = [];
  if (header.join(',') !== 'code,from,until,service') {
    problems.push('Line 1: the columns must be code,from,until,service.');
  }
  lines.forEach((cells, index) => {
    if (cells.length === 1 && cells[0] === '') return;
    const line = mappingLine(cells);
    if (typeof line === 'string') problems.push(`Line ${index + 2}: ${line}`);
    else mapping.push(line);
  });
  return { mapping, problems };
}

function mappingLine([code = '', from = '', until = '', service = '', ...more]: string[]):
  ProductMapping | string {
  if (more.length > 0 || code === '') return 'give code, from, until and service.';
  if ([from, until].some((day) => day !== '' && tryParseDay(day) === undefined)) {
    return 'from and until are days (YYYY-MM-DD) or empty.';
  }
  if (!isTableService(service)) return `the service must be one of: ${tableServices.join(', ')}.`;
  return { code, ...(from ? { from } : {}), ...(until ? { until } : {}), service };
}

function isTableService(service: string): service is TableService {
  return (tableServices as readonly string[]).includes(service);
}

/** Code list WJ756; a whole day and night (14) is a night of care. */
const unitByCode: Record<string, Volume['unit']> = {
  '01': 'minutes',
  '04': 'hours',
  '14': 'nights',
  '16': 'day-parts',
  '82': 'pieces',
  '83': 'euros',
  '84': 'pieces',
};

/** Code list WMO757. */
const perByCode: Record<string, Volume['per']> = { '1': 'day', '2': 'week', '4': 'month', '6': 'total' };

/** The volume of an `Omvang`, or `undefined` when a code of it is not known or its number is none. */
export function volumeOf(quantity?: string, unitCode?: string, frequencyCode?: string): Volume | undefined {
  const unit = unitByCode[unitCode ?? ''];
  const per = perByCode[frequencyCode ?? ''];
  if (!unit || !per || !/^[0-9]{1,9}([.,][0-9]{1,4})?$/.test(quantity ?? '')) return undefined;
  return { quantity: Number(quantity!.replace(',', '.')), unit, per };
}

/** The volume of a `Budget`: euros for as long as the allocation lasts. */
export function budgetOf(euros?: string): Volume | undefined {
  return euros === undefined ? undefined : volumeOf(euros, '83', '6');
}
