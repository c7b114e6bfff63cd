import { readArchive } from '@domeinbrug/archive';
import {
  dropFolder,
  openFolder,
  recordThree,
  shipped,
  viewsIn,
  type Folder,
} from '../../../test/build/log-folder.js';
import { archiveIn, ArchiveKeeper, foldVersion } from './archive-keeper.js';
import { GenerationKeeper } from './generation-keeper.js';
import { ReferenceBook } from './reference-book.js';
import { fromTheStart } from './rules-in-force.js';

const nobody = (): void => undefined;
let folder: Folder;

beforeEach(async () => (folder = await openFolder()));
afterEach(() => dropFolder(folder));

test('once the keeper is closed the archive lies whole on disk', async () => {
  const { dataDir, log } = folder;
  await recordThree(log);
  const book = new ReferenceBook(log);
  const archive = new ArchiveKeeper(archiveIn(dataDir), log, book, nobody);
  const keeper = new GenerationKeeper(viewsIn(dataDir), log, book, archive, nobody);
  await keeper.resume(fromTheStart(shipped('six-weeks')));
  await keeper.catchUp(() => false);
  await keeper.close();
  expect(readArchive({ dataDir, foldVersion })).not.toBeNull();
});
