// Assembles the npm package in target/npm: compiles the TypeScript face and puts beside it what
// TeaVM has built and Pyodide's files. Maven runs it; `node build.mjs` alone does after a Maven build.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const out = path.join(here, 'target/npm');
const from = (...parts) => path.join(here, ...parts);

installOnce();
fs.rmSync(out, { recursive: true, force: true });
declare(here, out);
copyInto(out, from('target/teavm'));
const { build } = await import('esbuild'); // not before it is installed
await bundleEngine();
await bundlePython();
copyPyodide();
for (const file of ['LICENSE', 'README.md']) {
  copyIfThere(from('..', file), path.join(out, file));
}
if (fs.existsSync(from('NPM.md'))) {
  fs.copyFileSync(from('NPM.md'), path.join(out, 'README.md'));
}
writeManifest();

/** `npm ci`, unless what the lock file names is there already. */
function installOnce() {
  const stamp = from('node_modules/.package-lock.json');
  const lock = from('package-lock.json');
  if (!fs.existsSync(stamp) || fs.statSync(stamp).mtimeMs < fs.statSync(lock).mtimeMs) {
    run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
    fs.utimesSync(stamp, new Date(), new Date());
  }
}

/** Checks a folder's TypeScript and writes the declarations of its modules. */
function declare(project, target) {
  const tsc = from('node_modules/typescript/bin/tsc');
  run('node', tsc, '-p', project, '--emitDeclarationOnly', '--outDir', target);
}

/**
 * The page's module, and the worker's with the loader of WebAssembly in it: a module each, for every
 * import of an import is one more way to the server and back before the first command runs.
 */
async function bundleEngine() {
  await bundle(from('src/main/ts/index.ts'), path.join(out, 'index.js'), [
    './wasm-loader.js',
    './qanat-fallback.js',
    './python/host.js',
  ]);
  await bundle(from('src/main/ts/worker.ts'), path.join(out, 'worker.js'), [
    './qanat-fallback.js',
    './python/host.js',
  ]);
  await bundle(from('src/main/ts/load.ts'), from('target/checks/load.js'), []); // for tests
}

/** The bridge to Pyodide: the host, its worker, and the Python side of it. */
async function bundlePython() {
  const bridge = from('../pyodide-bridge');
  const target = path.join(out, 'python');
  declare(bridge, target);
  for (const name of ['host', 'worker']) {
    await bundle(path.join(bridge, `src/ts/${name}.ts`), path.join(target, `${name}.js`), []);
  }
  fs.cpSync(path.join(bridge, 'src/py'), target, { recursive: true });
}

/** Makes one module of an entry and what it imports, except what is to be fetched when needed. */
async function bundle(entry, outfile, apart) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    sourcemap: true,
    legalComments: 'inline',
    logLevel: 'warning',
    external: ['node:*'],
    plugins: [
      {
        name: 'files of the package',
        setup(b) {
          b.onResolve({ filter: /^\.\// }, ({ path: name }) => {
            if (apart.includes(name)) {
              return { path: name, external: true };
            }
            return name === './wasm-loader.js'
              ? { path: from('target/teavm/wasm-loader.js') }
              : undefined;
          });
        },
      },
    ],
  });
}

/** What Pyodide needs to run, with the notice that its licence asks for; no page of its own. */
function copyPyodide() {
  const source = from('node_modules/pyodide');
  const target = path.join(out, 'pyodide');
  fs.mkdirSync(target, { recursive: true });
  for (const file of [
    'package.json',
    'pyodide.mjs',
    'pyodide.asm.mjs',
    'pyodide.asm.wasm',
    'pyodide-lock.json',
    'python_stdlib.zip',
  ]) {
    fs.copyFileSync(path.join(source, file), path.join(target, file));
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(source, 'package.json'), 'utf8'));
  fs.writeFileSync(
    path.join(target, 'NOTICE'),
    `The files in this folder are those of the npm package "pyodide" ${version}, unchanged.\n` +
      'Pyodide is subject to the Mozilla Public License, version 2.0, https://mozilla.org/MPL/2.0/;\n' +
      'its source is at https://github.com/pyodide/pyodide. CPython and the libraries in it have\n' +
      'their own licences, named in the standard library that python_stdlib.zip holds.\n',
  );
}

/** The published manifest: this one without what only the build needs. */
function writeManifest() {
  const manifest = JSON.parse(fs.readFileSync(from('package.json'), 'utf8'));
  delete manifest.scripts;
  delete manifest.devDependencies;
  delete manifest.prettier;
  delete manifest.private;
  fs.writeFileSync(path.join(out, 'package.json'), JSON.stringify(manifest, null, 2) + '\n');
}

function copyInto(target, source) {
  if (fs.existsSync(source)) {
    fs.cpSync(source, target, { recursive: true });
  }
}

function copyIfThere(source, target) {
  if (fs.existsSync(source)) {
    fs.copyFileSync(source, target);
  }
}

function run(command, ...args) {
  execFileSync(command, args, { cwd: here, stdio: 'inherit' });
}
