// The random histories of the laws, for a script: they are written in TypeScript for the tests and are no part of the
// build, so they are turned into JavaScript beside it.
import { createRequire } from 'node:module';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const sources = ['histories', 'mergers', 'episodes', 'event-drafts'];
const from = new URL('../../laws/', import.meta.url);
const to = new URL('../../../dist/test/laws/', import.meta.url);
const require = createRequire(import.meta.url);

/** @returns events, the moment as of which they are known, and mergers of organisations; the same for the same seed */
export async function lawHistories(count, seed) {
  const { transformFileSync } = require('@swc/core');
  mkdirSync(to, { recursive: true });
  for (const name of sources) {
    const { code } = transformFileSync(fileURLToPath(new URL(`${name}.ts`, from)), {
      swcrc: false,
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    const onBuild = code.replace(/@domeinbrug\/([a-z-]+)/g, '../../libs/$1/src/index.js');
    writeFileSync(new URL(`${name}.js`, to), onBuild);
  }
  const { histories } = await import(new URL('histories.js', to).href);
  const { successions } = await import(new URL('mergers.js', to).href);
  const { default: fc } = await import('fast-check');
  return fc.sample(fc.tuple(histories, successions), { numRuns: count, seed });
}
