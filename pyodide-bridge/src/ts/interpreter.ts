/**
 * One CPython: loaded from a snapshot or from nothing, joined to the engine's file tree, and run.
 * After a program that has left no trace outside of the interpreter's memory, the memory is put back
 * to what it was, so that the next program starts in a new process.
 */
import { wrapCalls, type Surroundings } from './calls.js';
import { installControl } from './control.js';
import { createDescriptorNodes } from './descriptors.js';
import {
  checkModule,
  PYODIDE_VERSION,
  type ImportFunction,
  type ModuleFactory,
  type PyCallable,
  type Pyodide,
  type PyodideLoader,
  type WasmExports,
  type WasmImports,
} from './emscripten.js';
import type { Failures } from './failures.js';
import { createRewinder, type Rewinder } from './image.js';
import type { Ask, Program } from './services.js';
import { createStreams, type Streams } from './streams.js';
import { createSuspension } from './suspension.js';
import { createTree, type Tree } from './tree.js';

/** What an interpreter needs to start. */
export interface Setting {
  indexURL: string;
  /** The sources of the package `_qanat`, by file name. */
  runner: Readonly<Record<string, string>>;
  module?: WebAssembly.Module;
  snapshot?: Uint8Array<ArrayBuffer>;
  /** Only to make a snapshot: nothing that belongs to one page may get into it. */
  forSnapshot?: boolean;
  ask: Ask;
  failures: Failures;
  handles(signal: number, on: boolean): void;
}

/** A started interpreter. */
export interface Interpreter {
  module: WebAssembly.Module;
  /** Runs one program; answers its exit status. Rejects when the interpreter is lost. */
  run(program: Program): Promise<Outcome>;
  /** Raises a signal in the running program. */
  signal(signal: number): void;
  /** Whether Python has looked at the last signal. */
  taken(): boolean;
  snapshot(): Uint8Array;
}

/** How a program ended. */
export interface Outcome {
  status: number;
  /** The interpreter can take another program. */
  reusable: boolean;
}

/** Names at the root that stay Emscripten's: the standard library and the control device. */
const OWN = ['lib', 'proc'];
/** The files of the Python package that runs programs. */
export const RUNNER_FILES = [
  '__init__.py',
  'engine.py',
  'errors.py',
  'processes.py',
  'runner.py',
] as const;
const PACKAGE = '/lib/_qanat';
/** Imported before the snapshot, so that they cost nothing later. */
export const PRELOADED =
  'import argparse, ast, base64, bisect, collections, contextlib, copy, csv, dataclasses, datetime, ' +
  'decimal, enum, errno, fnmatch, functools, gc, glob, hashlib, heapq, html, io, itertools, json, ' +
  'linecache, logging, math, os, pathlib, random, re, runpy, secrets, shutil, signal, socket, sqlite3, ' +
  'statistics, string, struct, subprocess, tempfile, textwrap, time, traceback, types, typing, ' +
  'unittest, urllib.parse, uuid, zipfile, zlib';

/** Why this browser cannot run Python, or null when it can. */
export function obstacle(): string | null {
  const jspi = WebAssembly as unknown as { Suspending?: unknown; promising?: unknown };
  return jspi.Suspending && jspi.promising
    ? null
    : 'python3 needs a browser with JavaScript Promise Integration for WebAssembly ' +
        '(Chrome or Edge 137 and later; elsewhere where it can be switched on)';
}

/** Starts an interpreter. */
export async function startInterpreter(setting: Setting): Promise<Interpreter> {
  const why = obstacle();
  if (why) {
    throw new Error(why);
  }
  const [loader, factory] = await loadScripts(setting.indexURL);
  const suspension = createSuspension();
  let surroundings: Surroundings | null = null;
  let exports: WasmExports | null = null;
  let compiled: WebAssembly.Module | undefined = setting.module;
  let references: Map<unknown, unknown> | null = null;
  const user = { uid: 0 };

  wrapCalls(suspension, () => surroundings);
  const createPyodideModule: ModuleFactory = (settings) => {
    const real = settings.instantiateWasm;
    settings.instantiateWasm = (imports, done) => {
      const attach = (instance: WebAssembly.Instance, module: WebAssembly.Module): void => {
        compiled = module;
        exports = instance.exports as unknown as WasmExports;
        suspension.attach(exports);
        done(instance, module);
      };
      suspension.install(imports);
      captureReferences(imports, (map) => (references = map));
      replaceUmask(imports, setting.ask, () => surroundings?.tree ?? null);
      imports.env['__syscall_getuid32_js'] = withSignature('i', () => user.uid);
      return real(imports, attach);
    };
    return factory(settings);
  };
  const python: Pyodide = await loader.loadPyodide({
    indexURL: setting.indexURL,
    createPyodideModule,
    env: { HOME: '/', PYTHONINSPECT: '' },
    ...(setting.snapshot ? { _loadSnapshot: setting.snapshot } : {}),
    ...(setting.forSnapshot ? { _makeSnapshot: true } : {}),
  });
  const module = python._module;
  if (!exports || !compiled) {
    throw new Error('Pyodide did not instantiate its WebAssembly module where it should');
  }
  checkModule(module, exports);

  const fs = python.FS;
  fs.mkdirTree(PACKAGE);
  for (const name of RUNNER_FILES) {
    fs.writeFile(`${PACKAGE}/${name}`, setting.runner[name] ?? '');
  }
  if (!setting.snapshot) {
    const more = setting.forSnapshot ? PRELOADED : ''; // who waits for an answer gets it sooner
    python.runPython(
      `${more}\nimport sys; sys.path.insert(0, '/lib'); import _qanat.runner; sys.path.pop(0)`,
    );
  }
  if (setting.forSnapshot) {
    return {
      module: compiled,
      run: () => Promise.reject(new Error('this interpreter only makes a snapshot')),
      signal: () => undefined,
      taken: () => true,
      snapshot: () => python.makeMemorySnapshot(),
    };
  }

  const signals = new Uint8Array(1);
  python.setInterruptBuffer(signals);
  suspension.ready(module);
  const heldTree: { tree?: Tree } = {};
  const getTree = (): Tree => heldTree.tree as Tree;
  const streams: Streams = createStreams(module, suspension, setting.ask, getTree);
  const tree = createTree(
    fs,
    suspension,
    setting.ask,
    (mode) => streams.operations(mode),
    createDescriptorNodes(fs, suspension, setting.ask, () => streams),
  );
  heldTree.tree = tree;
  installControl(fs, suspension, setting.ask, streams, tree, setting.failures, setting.handles);
  fs.currentPath = '/';
  tree.install(OWN);
  const run = begin(python);
  surroundings = { module, tree, streams, ask: setting.ask };
  const rewinder: Rewinder = createRewinder(module, references);

  async function runProgram(program: Program): Promise<Outcome> {
    signals[0] = 0;
    user.uid = program.uid;
    tree.forget();
    tree.setUmask(program.umask);
    fs.currentPath = '/';
    for (let fd = 0; fd < fs.streams.length; fd++) {
      fs.closeStream(fd);
    }
    streams.reset();
    for (const descriptor of program.descriptors) {
      streams.inherit(descriptor, program);
    }
    const seed = crypto.getRandomValues(new Uint32Array(2)).join('');
    const answer = await run.callPromising(
      JSON.stringify({ ...program, descriptors: undefined, seed }),
    );
    const { status, reusable } = JSON.parse(String(answer)) as Outcome;
    await streams.settle();
    const again = reusable && rewinder.clean() && !suspension.touchedOutside();
    if (again) {
      rewinder.rewind();
    }
    return { status, reusable: again };
  }

  return {
    module: compiled,
    run: runProgram,
    signal(signal) {
      signals[0] = signal;
      suspension.interrupt();
    },
    taken: () => signals[0] === 0,
    snapshot: () => python.makeMemorySnapshot(),
  };
}

async function loadScripts(indexURL: string): Promise<[PyodideLoader, ModuleFactory]> {
  const from = (name: string): string => new URL(name, indexURL).href;
  let loaded: [PyodideLoader, { default: ModuleFactory }];
  try {
    loaded = await Promise.all([
      import(/* @vite-ignore */ from('pyodide.mjs')) as Promise<PyodideLoader>,
      import(/* @vite-ignore */ from('pyodide.asm.mjs')) as Promise<{ default: ModuleFactory }>,
    ]);
  } catch (reason) {
    throw new Error(`cannot load Pyodide from ${indexURL} (${String(reason)})`);
  }
  const [loader, script] = loaded;
  if (loader.version !== PYODIDE_VERSION) {
    throw new Error(
      `Pyodide ${loader.version} is at ${indexURL}, but this needs exactly ${PYODIDE_VERSION}`,
    );
  }
  return [loader, script.default];
}

/**
 * Starts the runner, and makes OSError print itself with Linux's numbers: the slots for str() and
 * repr() of CPython's own types are replaced in memory by those of a type made in Python. When they
 * are not where this build has them, nothing is touched.
 */
function begin(python: Pyodide): PyCallable {
  const SLOTS = [44, 68]; // tp_repr and tp_str in a 32-bit PyTypeObject
  const { HEAPU32 } = python._module;
  const slot = (type: number, offset: number): number => HEAPU32[(type + offset) >>> 2] ?? 0;
  const addresses = String(python.runPython('import _qanat.errors; _qanat.errors.printed_types()'));
  const [model, base, ...types] = addresses.split(' ').map(Number) as [number, number, ...number[]];
  for (const offset of SLOTS) {
    const old = slot(base, offset);
    if (old !== 0 && types.every((type) => slot(type, offset) === old)) {
      for (const type of [base, ...types]) {
        HEAPU32[(type + offset) >>> 2] = slot(model, offset);
      }
    }
  }
  return python.runPython('import _qanat.runner; _qanat.runner.begin()') as PyCallable;
}

/** Notes the table of references that the interpreter makes at its start. */
function captureReferences(imports: WasmImports, note: (map: Map<unknown, unknown>) => void): void {
  const name = '__hiwire_deduplicate_new';
  const real = imports.env[name] as (() => Map<unknown, unknown>) & { sig?: string };
  imports.env[name] = withSignature(real.sig, () => {
    const map = real();
    note(map);
    return map;
  });
}

/** umask(2), which Emscripten leaves out in a browser. */
function replaceUmask(imports: WasmImports, ask: Ask, getTree: () => Tree | null): void {
  const name = '__syscall_umask_js';
  const { sig } = imports.env[name] as ImportFunction;
  let bits = 0o022;
  imports.env[name] = withSignature(sig, (mask: number) => {
    const before = bits;
    bits = mask & 0o777;
    getTree()?.setUmask(bits);
    void ask('umask', bits).catch(() => undefined);
    return before;
  });
}

/** An import as Emscripten writes one. */
function withSignature(
  signature: string | undefined,
  call: (...args: never[]) => unknown,
): ImportFunction {
  const made: ImportFunction = call;
  if (signature !== undefined) {
    made.sig = signature;
  }
  return made;
}
