// Builds what is missing, serves the playground on localhost and opens it: node demo-app/start.mjs
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PORT = 8080;
const SOURCES = ['core-shared', 'web-runtime', 'opfs-resource', 'pyodide-bridge', 'demo-app'];
const BUILT = ['web-runtime/target/npm/index.js', 'demo-app/target/site/main.js'];

/** Versions the build needs; says which one is missing instead of failing somewhere inside it. */
function checkTools() {
  const wrong = [];
  if (Number(process.versions.node.split('.')[0]) < 20) {
    wrong.push(`Node 20 or newer (this is ${process.versions.node})`);
  }
  const java = version('javac', ['-version'], /javac (\d+)/);
  if (java < 17) {
    wrong.push(
      java ? `a JDK 17 or newer (javac is ${java})` : 'a JDK 17 or newer (no javac found)',
    );
  }
  if (!version('mvn', ['-v'], /Maven (\d+)/)) {
    wrong.push('Maven 3.8 or newer (no mvn found)');
  }
  if (wrong.length) {
    console.error(`The build needs ${wrong.join(', ')}.`);
    process.exit(1);
  }
}

function version(command, args, pattern) {
  try {
    const out = execFileSync(command, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return Number(pattern.exec(out)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'target' || entry.name === 'node_modules') {
      continue;
    }
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

function upToDate() {
  const files = BUILT.map((f) => join(root, f));
  if (!files.every(existsSync)) {
    return false;
  }
  const built = Math.min(...files.map((f) => statSync(f).mtimeMs));
  return SOURCES.every((s) => newest(join(root, s)) <= built);
}

function build() {
  console.log('Building Qanat with Maven; the first time this takes a few minutes.');
  return new Promise((resolve, reject) => {
    const args = ['-B', '-DskipTests', '-pl', 'demo-app', '-am', 'package'];
    const mvn = spawn('mvn', args, { cwd: root, shell: process.platform === 'win32' });
    const started = Date.now();
    const log = [];
    const note = (text) =>
      process.stdout.write(`  ${Math.round((Date.now() - started) / 1000)} s  ${text}\n`);
    for (const stream of [mvn.stdout, mvn.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (chunk) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop();
        for (const line of lines) {
          log.push(line);
          const step =
            /--- (?:maven-)?([\w-]+?)(?:-maven)?(?:-plugin)?:[\w.-]+:([\w-]+) \(([\w-]+)\) @ ([\w-]+)/.exec(
              line,
            );
          if (step) {
            note(`${step[4]}: ${step[3]}`);
          }
        }
      });
    }
    mvn.on('error', reject);
    mvn.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${log.slice(-40).join('\n')}\nThe build failed.`)),
    );
  });
}

function openBrowser(url) {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', url]
        : ['xdg-open', url];
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return;
  }
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}

async function start() {
  if (!upToDate()) {
    checkTools();
    await build();
  }
  const { serve } = await import('./server.mjs');
  let addresses;
  try {
    addresses = await serve({ port: PORT });
  } catch (error) {
    if (error.code !== 'EADDRINUSE') {
      throw error;
    }
    addresses = await serve();
  }
  console.log(`\nThe playground: ${addresses.page}`);
  console.log(`Its data, from a second origin: ${addresses.data}`);
  console.log('Ctrl-C ends both.');
  if (!process.argv.includes('--no-open')) {
    openBrowser(addresses.page);
  }
}

start().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
