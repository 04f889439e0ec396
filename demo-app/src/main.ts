// The playground: a terminal, a file tree and a viewer over one workspace.
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { HTTPResource, MountMode, OPFSResource, RAMResource, Workspace } from 'qanat';
import { createTree } from './tree.js';
import { createViewer } from './viewer.js';

const EXAMPLES: [label: string, line: string][] = [
  ['states', 'cut -d, -f4 /web/airports.csv | sort | uniq -c | sort -rn | head'],
  ['flights', "awk -F, 'NR>1{n[$3>1000]++} END{for(k in n) print k, n[k]}' /web/flights-200k.csv"],
  ['movies', 'jq -r \'.[] | select(."IMDB Rating" > 8.7) | .Title\' /web/movies.json'],
  ['python', "python3 -c 'import sqlite3, sys; print(sys.version)'"],
];

function element<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no #${id}`);
  }
  return found as T;
}

const status = element('status');

function say(text: string, state = ''): void {
  status.textContent = text;
  status.className = state;
}

async function start(): Promise<void> {
  const began = performance.now();
  const config = (await (await fetch('./config.json')).json()) as { data: string };
  const query = new URLSearchParams(location.search);
  const engine = query.get('engine');
  const ws = new Workspace(
    {
      '/data': new RAMResource(),
      '/home': new OPFSResource(),
      '/web': new HTTPResource({ url: config.data, manifest: 'index.json', mode: MountMode.READ }),
    },
    {
      mode: MountMode.EXEC,
      ...(engine === 'js' || engine === 'wasm' ? { engine } : {}),
      ...(query.get('thread') === 'page' ? { thread: 'page' as const } : {}),
    },
  );

  const screen = new Terminal({
    cursorBlink: true,
    fontFamily: 'ui-monospace, "DejaVu Sans Mono", monospace',
    fontSize: 14,
    scrollback: 10_000,
    theme: { background: '#0b1012', foreground: '#d7e0e0', cursor: '#5fd3c4' },
  });
  const fit = new FitAddon();
  screen.loadAddon(fit);
  screen.open(element('terminal'));
  fit.fit();

  const shell = await ws.terminal({ cols: screen.cols, rows: screen.rows });
  shell.onData((bytes) => screen.write(bytes));
  screen.onData((keys) => shell.write(keys));
  screen.onResize(({ cols, rows }) => shell.resize(cols, rows));
  new ResizeObserver(() => fit.fit()).observe(element('terminal'));
  screen.focus();

  const mounts = new Map([
    ['/data', 'RAM'],
    ['/home', 'OPFS'],
    ['/web', 'HTTP'],
  ]);
  const viewer = createViewer(ws, {
    path: element('viewer-path'),
    size: element('viewer-size'),
    body: element('viewer-body'),
    download: element<HTMLButtonElement>('download'),
  });
  const tree = createTree(element('tree'), ws, mounts, {
    onOpen: (path) => void viewer.show(path),
  });
  await tree.refresh();
  ws.watch(() => refreshSoon());

  let waiting: number | undefined;
  function refreshSoon(): void {
    waiting ??= window.setTimeout(() => {
      waiting = undefined;
      void tree.refresh();
      void viewer.refresh();
    }, 300);
  }

  element('refresh').addEventListener('click', () => void tree.refresh());
  uploads(ws, tree.folder, refreshSoon);
  for (const [label, line] of EXAMPLES) {
    const button = document.createElement('button');
    button.textContent = label;
    button.title = line;
    button.addEventListener('click', () => {
      shell.write(`${line}\r`);
      screen.focus();
    });
    element('examples').append(button, ' ');
  }

  // at hand in the browser's console
  Object.assign(window, { workspace: ws, terminal: screen, HTTPResource, RAMResource });
  const kind = await ws.engine();
  say(`${kind} engine, ready in ${Math.round(performance.now() - began)} ms`, 'ready');
}

/** Files from the user's machine, by the button or dropped on the tree. */
function uploads(ws: Workspace, folder: () => string, done: () => void): void {
  const picker = element<HTMLInputElement>('picker');
  const tree = element('tree');
  element('upload').addEventListener('click', () => picker.click());
  picker.addEventListener('change', () => void put(picker.files));
  tree.addEventListener('dragover', (event) => {
    event.preventDefault();
    tree.classList.add('dropping');
  });
  tree.addEventListener('dragleave', () => tree.classList.remove('dropping'));
  tree.addEventListener('drop', (event) => {
    event.preventDefault();
    tree.classList.remove('dropping');
    void put(event.dataTransfer?.files ?? null);
  });

  async function put(files: FileList | null): Promise<void> {
    for (const file of files ?? []) {
      const path = `${folder()}/${file.name}`.replace('//', '/');
      say(`writing ${path}…`);
      try {
        await ws.fs.writeFile(path, new Uint8Array(await file.arrayBuffer()));
        say(`wrote ${path}`, 'ready');
      } catch (error) {
        say(error instanceof Error ? error.message : String(error), 'failed');
      }
    }
    picker.value = '';
    done();
  }
}

start().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error), 'failed');
});
