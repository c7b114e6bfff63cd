import { parseDay } from '@domeinbrug/calendar';
import type { CoverRow } from '@domeinbrug/coverage';
import { isFunder } from '@domeinbrug/sight';
import { isOn } from './asking.js';
import {
  clinics,
  essence,
  handovers,
  isGiven,
  isOwn,
  isOwnDay,
  isOwnGapDay,
  isOwnRow,
  isWhole,
  reasonsIn,
  sourceOf,
  turns,
  type Read,
} from './what-may-be-seen.js';

const lawsOf: Record<string, RegExp> = {
  municipality: /^(client-(registered|moved|died)|wmo-|joint-funding-|activity-)/,
  insurer:
    /^(client-(registered|moved|died)|insurance-|zvw-|case-management-|handover-|carer-|joint-funding-|activity-|stay-)/,
  'care-office':
    /^(client-|care-office-|wlz-|treatment-|bridging-|absence-|handover-|joint-funding-|activity-|stay-)/,
  provider: /^client-(registered|moved|died)/,
};

/** It would tell who sent an end whether somebody else told of the beginning. */
export const auditorsOnly = 'end-without-start';

/** What holds of everything that anybody sees of a client, but of a journey that is all of one's own telling. */
export const sightLaws: [name: string, check: (read: Read) => void][] = [
  [
    'shows every row of one’s own with the days it has, and no other as one’s own',
    (read: Read): void => {
      const own = read.whole.cover.filter((row) => isOwn(read, row));
      const shown = read.seen.cover.filter((row) => isWhole(row, read));
      expect(shown.map((row) => essence(row)).sort()).toEqual(own.map(essence).sort());
    },
  ],
  [
    'shows of others what they pay on one’s own days, no other day, and no clinic',
    (read: Read): void => {
      const others = read.whole.cover.filter((row) => !isOwn(read, row) && !clinics.includes(row.service));
      const shown = read.seen.cover.filter((row) => !isWhole(row, read) && row.provider === null);
      expect(
        read.seen.cover.filter((row) => !isWhole(row, read)).some((row) => clinics.includes(row.service)),
      ).toBe(false);
      const paired = read.seen.cover.filter((row) => !isWhole(row, read) && row.provider !== null);
      const looks = (row: Pick<CoverRow, 'service' | 'law' | 'kind' | 'share'>): string =>
        [row.service, row.law, row.kind, row.share].join(' ');
      for (const day of turns(read)) {
        const may = isOwnDay(read, day);
        const expected = may
          ? others.filter(
              (row) =>
                isOn(row, day) &&
                !paired.some(
                  (each) => each.provider === row.provider && looks(each) === looks(row) && isOn(each, day),
                ),
            )
          : [];
        const got = shown.filter((row) => isOn(row, day));
        expect([...new Set(got.map(looks))].sort()).toEqual([...new Set(expected.map(looks))].sort());
      }
    },
  ],
  [
    'names no organisation but the asker, and who it deals with',
    (read: Read): void => {
      const { asker, seen } = read;
      const own = seen.cover.filter((row) => isWhole(row, read));
      const text = JSON.stringify(seen);
      if (isFunder(asker)) {
        const named = text.match(/"(municipality|insurer|care-office|pool):[^"]+"/g) ?? [];
        expect(new Set(named).size).toBeLessThanOrEqual(1);
        for (const name of named) expect(name).toBe(`"${asker.kind}:${asker.code}"`);
      }
      const dealt = new Set([
        asker.code,
        ...own.map(({ provider }) => provider),
        ...seen.minutes.map(({ provider }) => provider),
        ...handovers(read),
      ]);
      for (const [, agb] of text.matchAll(/urn:nld:agb:(\d{8})|"provider":"(\d{8})"/g)) {
        if (agb) expect(dealt).toContain(agb);
      }
    },
  ],
  [
    'says of a break in care for a stay that other care came between, and nothing more',
    (read: Read): void => {
      for (const { row, event } of reasonsIn(read)) {
        if (event.type?.startsWith('stay-') && event.source !== sourceOf(read.asker))
          expect([...clinics, 'respite-care']).toContain(row.service);
      }
    },
  ],
  [
    'shows of events of others no sender but the row’s provider or a register, and none of another law',
    (read: Read): void => {
      for (const { row, event } of reasonsIn(read)) {
        if (event.source === null || event.source === sourceOf(read.asker)) continue;
        const isOwnStay =
          event.type.startsWith('stay-') &&
          [...clinics, 'respite-care'].includes(row.service) &&
          isOwnRow(read, row);
        if (!isOwnStay) expect(event.type).toMatch(lawsOf[read.asker.kind]!);
        const isRowsProvider = 'provider' in row && event.source.startsWith(`urn:nld:agb:${row.provider}:`);
        expect(isRowsProvider || event.source.startsWith('urn:nld:oin:')).toBe(true);
      }
    },
  ],
  [
    'shows gaps on one’s own days, all of them',
    (read: Read): void => {
      const { asker, whole, seen } = read;
      for (const day of turns(read)) {
        const mine = (service: string): boolean =>
          isFunder(asker)
            ? isOwnGapDay(read, service, parseDay(day))
            : isOwnDay(read, day) && !clinics.includes(service);
        const expected = whole.gaps.filter((gap) => isOn(gap, day) && mine(gap.service));
        const shown = seen.gaps.filter((gap) => isOn(gap, day));
        const name = ({ service, reason }: (typeof whole.gaps)[number]): string => `${service} ${reason}`;
        expect(shown.map((gap) => `${gap.service} ${gap.reason}`).sort()).toEqual(expected.map(name).sort());
      }
    },
  ],
  [
    'shows minutes of care that one pays or gives, and findings about events that one sent or sees',
    (read: Read): void => {
      const { asker, whole, seen } = read;
      const paid = whole.minutes.filter(({ service, day, provider }) =>
        isFunder(asker)
          ? whole.cover.some((row) => isOwn(read, row) && row.service === service && isOn(row, day))
          : provider === asker.code && (!clinics.includes(service) || isGiven(read, service, day)),
      );
      expect(seen.minutes).toEqual(paid);
      const named = new Set(
        reasonsIn(read).flatMap(({ event }) =>
          event.source === null ? [] : [`${event.source} ${event.id}`],
        ),
      );
      for (const { code, events } of seen.findings) {
        expect(code).not.toBe(auditorsOnly);
        for (const { source, id } of events)
          expect(source === sourceOf(asker) || (isFunder(asker) && named.has(`${source} ${id}`))).toBe(true);
      }
    },
  ],
];

/** Those about who and what is named, also of rows that stand in a list. */
export const reasonLaws = sightLaws.slice(2, 5);
