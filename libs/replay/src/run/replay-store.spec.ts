import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replayVersion } from './replay-question.js';
import { ReplayStore, type AnsweredReplay } from './replay-store.js';

const answered = (id: string, differing: string[], engine = replayVersion): AnsweredReplay =>
  ({ id, engine, figures: { counts: { clients: 3 } }, differing }) as unknown as AnsweredReplay;

describe('answers of replays from which clients are taken', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'domeinbrug-replays-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('have nothing of them on the disk either, those of an earlier version too, and keep their figures', () => {
    const before = new ReplayStore(folder);
    before.keep(answered('one', ['CLIENT0A', 'CLIENT0B', 'CLIENT0C']));
    before.keep(answered('former', ['CLIENT0A'], 'replay 1'));
    before.keep(answered('other', ['CLIENT0C']));
    const store = new ReplayStore(folder); // as after a start: nothing is in memory yet
    store.forgetClients(new Set(['CLIENT0A', 'CLIENT0B']));
    expect(store.find('one')).toEqual(answered('one', ['CLIENT0C']));
    expect(new ReplayStore(folder).find('other')).toEqual(answered('other', ['CLIENT0C']));
    const files = readdirSync(folder);
    expect(files.sort()).toEqual(['former.json', 'one.json', 'other.json']);
    for (const file of files) expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/CLIENT0[AB]/);
  });

  it('that are kept in memory only lose them there', () => {
    const store = new ReplayStore(null);
    store.keep(answered('one', ['CLIENT0A', 'CLIENT0B']));
    store.forgetClients(new Set(['CLIENT0A']));
    expect(store.find('one')?.differing).toEqual(['CLIENT0B']);
  });
});
