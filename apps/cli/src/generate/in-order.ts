import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Told } from './diary.js';

/** Characters that wait in memory at most; more goes to disk. */
const mostInMemory = 32 * 1_048_576;
const msPerDay = 86_400_000;

/**
 * Puts what was told of many people one after the other in the order in which it was recorded, with little memory:
 * lines are gathered by the day of recording, on disk when there are many, and sorted a day at a time.
 */
export interface InOrder {
  /** `number` is that of the person: of one millisecond, people keep their order. */
  add(number: number, told: readonly Told[]): void;
  /** Each day's lines, without their line ends; may be read once. */
  days(): Generator<string[]>;
  /** Removes what was put on disk; may be called twice. */
  clear(): void;
}

/** @param folder where a folder of its own is made, once memory does not suffice */
export function inOrderOf(folder: string, roomInMemory = mostInMemory): InOrder {
  const waiting = new Map<number, string[]>();
  const days = new Set<number>();
  let room = roomInMemory;
  let spill: string | undefined;

  const fileOf = (day: number): string => join(spill!, `${day}.ndjson`);
  const spillAll = (): void => {
    spill ??= mkdtempSync(join(folder, 'domeinbrug-generate-'));
    for (const [day, lines] of waiting) appendFileSync(fileOf(day), lines.join(''), 'latin1');
    waiting.clear();
    room = roomInMemory;
  };
  const linesOf = (day: number): string[] => {
    const spilled = spill && existsSync(fileOf(day)) ? readFileSync(fileOf(day), 'latin1') : '';
    const lines = (spilled + (waiting.get(day) ?? []).join('')).split('\n').slice(0, -1);
    if (spilled !== '') rmSync(fileOf(day));
    waiting.delete(day);
    return lines;
  };

  return {
    add(number, told) {
      told.forEach(({ recordedAt, line }, ordinal) => {
        const day = Math.floor(recordedAt / msPerDay);
        // Lines are plain ASCII, and sort as text by their key.
        const keyed = `${keyOf(recordedAt, number, ordinal)}${line}\n`;
        const lines = waiting.get(day);
        if (lines) lines.push(keyed);
        else waiting.set(day, [keyed]);
        days.add(day);
        room -= keyed.length;
      });
      if (room < 0) spillAll();
    },
    *days() {
      for (const day of [...days].sort((a, b) => a - b)) {
        yield linesOf(day)
          .sort()
          .map((keyed) => keyed.slice(keyLength));
      }
    },
    clear() {
      if (spill !== undefined) rmSync(spill, { recursive: true, force: true });
    },
  };
}

const widths = { recordedAt: 14, number: 9, ordinal: 4 };
const keyLength = widths.recordedAt + widths.number + widths.ordinal;

function keyOf(recordedAt: number, number: number, ordinal: number): string {
  const wide = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${wide(recordedAt, widths.recordedAt)}${wide(number, widths.number)}${wide(ordinal, widths.ordinal)}`;
}
