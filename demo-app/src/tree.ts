import type { Workspace } from 'qanat';

/** What the tree tells the page. */
export interface TreeEvents {
  /** A file was chosen. */
  onOpen(path: string): void;
}

/** The file tree: folders are read when they are opened, and again by {@link refresh}. */
export interface FileTree {
  refresh(): Promise<void>;
  /** The folder new files go to: the chosen one, or the one that holds the chosen file. */
  folder(): string;
}

const MAX_SHOWN = 500;

/** Shows the workspace's tree in `list`. */
export function createTree(
  list: HTMLElement,
  ws: Workspace,
  mounts: ReadonlyMap<string, string>,
  events: TreeEvents,
): FileTree {
  const open = new Set<string>(['/']);
  let chosen = '/home';
  let drawing = 0;

  async function refresh(): Promise<void> {
    const mine = ++drawing;
    const rows = await children('/');
    if (mine === drawing) {
      list.replaceChildren(...rows);
    }
  }

  async function children(folder: string): Promise<HTMLElement[]> {
    let entries;
    try {
      entries = await Promise.all(
        (await ws.fs.readdir(folder)).map(async ({ name, type }) => ({
          name,
          type: type === 'symlink' ? await targetType(folder, name) : type,
        })),
      );
    } catch (error) {
      return [problem(String(error instanceof Error ? error.message : error))];
    }
    const sorted = entries.sort(
      (a, b) =>
        Number(b.type === 'directory') - Number(a.type === 'directory') ||
        a.name.localeCompare(b.name),
    );
    const shown = sorted.slice(0, MAX_SHOWN);
    const items = await Promise.all(
      shown.map(async (entry) => {
        const path = folder === '/' ? `/${entry.name}` : `${folder}/${entry.name}`;
        const item: HTMLElement = document.createElement('li');
        item.append(row(path, entry.name, entry.type === 'directory', await sizeOf(path, entry)));
        if (entry.type === 'directory' && open.has(path)) {
          const group = document.createElement('ul');
          group.append(...(await children(path)));
          item.append(group);
        }
        return item;
      }),
    );
    if (sorted.length > MAX_SHOWN) {
      items.push(problem(`${sorted.length - MAX_SHOWN} more; list them in the terminal`));
    }
    return items;
  }

  function row(path: string, name: string, directory: boolean, size?: number): HTMLElement {
    const button = document.createElement('button');
    button.className = 'row';
    button.setAttribute('role', 'treeitem');
    button.setAttribute('aria-selected', String(path === chosen));
    button.dataset.path = path;
    if (directory) {
      button.setAttribute('aria-expanded', String(open.has(path)));
    }
    button.append(span('mark', directory ? (open.has(path) ? '▾' : '▸') : '·'), span('name', name));
    const mount = mounts.get(path);
    if (mount) {
      button.append(span('mount', mount));
    } else if (!directory && size !== undefined && size >= 0) {
      button.append(span('size', humanSize(size)));
    }
    button.addEventListener('click', () => {
      chosen = path;
      if (!directory) {
        events.onOpen(path);
      } else if (!open.delete(path)) {
        open.add(path);
      }
      void refresh();
    });
    return button;
  }

  /** What a link leads to; a link that leads nowhere stays one. */
  async function targetType(folder: string, name: string): Promise<string> {
    try {
      return (await ws.fs.stat(`${folder}/${name}`)).type;
    } catch {
      return 'symlink';
    }
  }

  /** The size of a file; a listing does not tell it. */
  async function sizeOf(path: string, entry: { type: string }): Promise<number | undefined> {
    if (entry.type !== 'file') {
      return undefined;
    }
    try {
      return (await ws.fs.stat(path)).size;
    } catch {
      return undefined;
    }
  }

  return {
    refresh,
    folder: () => (open.has(chosen) ? chosen : chosen.slice(0, chosen.lastIndexOf('/')) || '/'),
  };
}

function problem(text: string): HTMLElement {
  const item = document.createElement('li');
  item.className = 'problem';
  item.textContent = text;
  return item;
}

function span(name: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  return element;
}

/** Bytes as a person reads them: `812 B`, `1.4 MB`. */
export function humanSize(bytes: number): string {
  if (bytes < 1000) {
    return `${bytes} B`;
  }
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
