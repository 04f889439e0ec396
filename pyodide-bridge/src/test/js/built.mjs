import { execFileSync } from 'node:child_process';
import path from 'node:path';

const bridge = path.join(import.meta.dirname, '../../..');
const compiler = path.join(bridge, '../web-runtime/node_modules/typescript/bin/tsc');
const out = path.join(bridge, 'target/js');
let compiled = false;

/** A module of `src/ts`, compiled. */
export function built(name) {
  if (!compiled) {
    execFileSync(process.execPath, [compiler, '-p', bridge, '--outDir', out], { stdio: 'inherit' });
    compiled = true;
  }
  return import(path.join(out, name));
}
