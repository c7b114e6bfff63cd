import { readConfig, type Config } from '@domeinbrug/settings';

/** Options that every command about a data folder has. */
export interface FolderOptions {
  dataDir?: string;
}

/**
 * The settings of the environment; `--data-dir` goes before `DOMEINBRUG_DATA_DIR`.
 * @throws ConfigRefused
 */
export function settingsFor({ dataDir }: FolderOptions = {}, environment = process.env): Config {
  return readConfig(dataDir === undefined ? environment : { ...environment, DOMEINBRUG_DATA_DIR: dataDir });
}
