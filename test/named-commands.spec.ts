import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Commands that the pages tell people to run, or that printed a figure. */
const pages = ['.', 'docs', 'docs/decisions'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
    .map((name) => `${folder}/${name}`),
);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

test.each(pages)('%s names only commands that are there', (page) => {
  const text = readFileSync(page, 'utf8');
  const named = [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, script]) => script!);
  const benchmarks = [...text.matchAll(/npm run bench -- ([a-z-]+(?: [a-z-]+)*)/g)].flatMap(([, parts]) =>
    parts!.split(' '),
  );
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
  expect(benchmarks.filter((part) => !existsSync(`test/bench/${part}.mjs`))).toEqual([]);
});
