// Builds the page into dist/web: TypeScript for the browser, what it uses of packages, and everything compressed.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** A first view may cost this much, compressed. */
const FIRST_VIEW_OCTETS_MAX = 150_000;

export function buildPage(root) {
  const from = path.join(root, 'src/web/page');
  const site = path.join(root, 'dist/web/page');
  const stamp = path.join(root, 'dist/web/.built');
  const inputs = [
    ...readdirSync(from).map((name) => path.join(from, name)),
    path.join(root, 'src/web/live-source.ts'),
    path.join(root, 'src/web/phones.ts'),
    path.join(root, 'scripts/build-page.mjs'),
    path.join(root, 'tsconfig.json'),
    path.join(root, 'node_modules/uplot/package.json'),
  ];
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (inputs.every((file) => statSync(file).mtimeMs < built)) return;
  rmSync(path.join(root, 'dist/web'), { recursive: true, force: true });
  mkdirSync(path.join(site, 'vendor'), { recursive: true });
  execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', from], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (const name of readdirSync(from))
    if (/\.(html|css|svg|js)$/.test(name)) cpSync(path.join(from, name), path.join(site, name));

  const uplot = path.join(root, 'node_modules/uplot');
  writeFileSync(
    path.join(site, 'vendor/uplot.js'),
    `${readFileSync(path.join(uplot, 'dist/uPlot.iife.min.js'), 'utf8')}\nexport default uPlot;\n`,
  );
  cpSync(path.join(uplot, 'dist/uPlot.min.css'), path.join(site, 'vendor/uplot.css'));
  cpSync(path.join(uplot, 'LICENSE'), path.join(site, 'vendor/uplot-license.txt'));

  // A browser finds a module by its path alone.
  const modules = readdirSync(site).filter((name) => name.endsWith('.js') && name !== 'theme-early.js');
  for (const name of modules) {
    const file = path.join(site, name);
    const text = readFileSync(file, 'utf8');
    const resolved = text.replace(/(from\s+)(['"])uplot\2/g, "$1'./vendor/uplot.js'");
    if (resolved !== text) writeFileSync(file, resolved);
  }
  const index = path.join(site, 'index.html');
  const preloads = [...modules, 'vendor/uplot.js']
    .map((name) => `<link rel="modulepreload" href="${name}">`)
    .join('\n    ');
  writeFileSync(
    index,
    readFileSync(index, 'utf8').replace(/<!-- modulepreload:[^>]*-->/, () => preloads),
  );

  let firstView = 0;
  for (const name of readdirSync(site, { recursive: true })) {
    if (!/\.(html|css|svg|js|txt)$/.test(name)) continue;
    const file = path.join(site, name);
    const body = readFileSync(file);
    const gzip = gzipSync(body, { level: 9 });
    writeFileSync(`${file}.gz`, gzip);
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    );
    if (!name.endsWith('.txt')) firstView += gzip.length;
  }
  if (firstView > FIRST_VIEW_OCTETS_MAX)
    throw new Error(
      `the first view of the page costs ${firstView} octets, more than ${FIRST_VIEW_OCTETS_MAX}`,
    );
  writeFileSync(stamp, '');
}
