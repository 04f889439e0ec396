// Compiles the playground and gathers what its pages need under target/site.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

rmSync(here('target/site'), { recursive: true, force: true });
mkdirSync(here('target/site/vendor'), { recursive: true });
execFileSync(process.execPath, [here('node_modules/typescript/bin/tsc'), '-p', here('.')], {
  stdio: 'inherit',
});
for (const name of ['index.html', 'style.css', 'icon.svg']) {
  cpSync(here(`src/${name}`), here(`target/site/${name}`));
}
for (const [from, to] of [
  ['@xterm/xterm/lib/xterm.mjs', 'xterm.mjs'],
  ['@xterm/xterm/css/xterm.css', 'xterm.css'],
  ['@xterm/addon-fit/lib/addon-fit.mjs', 'addon-fit.mjs'],
]) {
  cpSync(here(`node_modules/${from}`), here(`target/site/vendor/${to}`));
}
