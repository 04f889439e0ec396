import type { Workspace } from 'qanat';
import { humanSize } from './tree.js';

const SHOWN_BYTES = 256 * 1024;
const SHOWN_ROWS = 500;
const IMAGES: Record<string, string> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};

/** Shows files: tables, JSON, pictures, text, and bytes as a hex dump. */
export interface Viewer {
  show(path: string): Promise<void>;
  /** Shows the open file again, after something may have changed it. */
  refresh(): Promise<void>;
}

/** Elements the viewer draws in. */
export interface ViewerElements {
  path: HTMLElement;
  size: HTMLElement;
  body: HTMLElement;
  download: HTMLButtonElement;
}

export function createViewer(ws: Workspace, at: ViewerElements): Viewer {
  let current: string | undefined;
  let seen: string | undefined;

  at.download.addEventListener('click', () => void download());

  async function show(path: string): Promise<void> {
    current = path;
    seen = undefined;
    await refresh();
  }

  async function refresh(): Promise<void> {
    const path = current;
    if (path === undefined) {
      return;
    }
    try {
      const stat = await ws.fs.stat(path);
      const state = `${stat.size} ${stat.mtimeMs}`;
      if (state === seen || path !== current) {
        return;
      }
      seen = state;
      at.path.textContent = path;
      at.size.textContent = humanSize(stat.size);
      at.download.hidden = false;
      const picture = IMAGES[extension(path)];
      const bytes = await ws.fs.readFile(path, picture ? {} : { length: SHOWN_BYTES });
      if (path === current) {
        at.body.replaceChildren(...render(path, bytes, picture, stat.size));
      }
    } catch (error) {
      at.path.textContent = path;
      at.size.textContent = '';
      at.download.hidden = true;
      at.body.replaceChildren(note(error instanceof Error ? error.message : String(error)));
    }
  }

  async function download(): Promise<void> {
    if (current === undefined) {
      return;
    }
    const link = document.createElement('a');
    const bytes = await ws.fs.readFile(current);
    link.href = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
    link.download = current.slice(current.lastIndexOf('/') + 1);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  return { show, refresh };
}

function extension(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).toLowerCase();
}

function render(
  path: string,
  bytes: Uint8Array,
  picture: string | undefined,
  size: number,
): Node[] {
  if (picture) {
    const image = document.createElement('img');
    image.src = URL.createObjectURL(
      new Blob([bytes as Uint8Array<ArrayBuffer>], { type: picture }),
    );
    image.alt = path;
    image.onload = () => URL.revokeObjectURL(image.src);
    return [image];
  }
  const rest =
    size > bytes.length ? [note(`the first ${humanSize(bytes.length)} of ${humanSize(size)}`)] : [];
  if (bytes.includes(0)) {
    return [pre(hexDump(bytes.subarray(0, 4096))), ...rest];
  }
  const text = new TextDecoder().decode(bytes);
  switch (extension(path)) {
    case 'csv':
      return [table(text, ','), ...rest];
    case 'tsv':
      return [table(text, '\t'), ...rest];
    case 'json':
      return [pre(size > bytes.length ? text : pretty(text)), ...rest];
    default:
      return [pre(text), ...rest];
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function pre(text: string): HTMLElement {
  const element = document.createElement('pre');
  element.textContent = text;
  return element;
}

function note(text: string): HTMLElement {
  const element = document.createElement('div');
  element.className = 'note';
  element.textContent = text;
  return element;
}

function table(text: string, separator: string): HTMLElement {
  const element = document.createElement('table');
  for (const [index, fields] of records(text, separator).entries()) {
    const line = element.insertRow();
    for (const field of fields) {
      const cell = document.createElement(index === 0 ? 'th' : 'td');
      cell.textContent = field;
      line.append(cell);
    }
  }
  return element;
}

/** The first records of a CSV text, quoted fields as RFC 4180 has them. */
function records(text: string, separator: string): string[][] {
  const out: string[][] = [];
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length && out.length < SHOWN_ROWS; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') {
        field += c;
      } else if (text[i + 1] === '"') {
        field += text[++i];
      } else {
        quoted = false;
      }
    } else if (c === '"') {
      quoted = true;
    } else if (c === separator || c === '\n') {
      fields.push(field.endsWith('\r') ? field.slice(0, -1) : field);
      field = '';
      if (c === '\n') {
        out.push(fields);
        fields = [];
      }
    } else {
      field += c;
    }
  }
  if (field !== '' && out.length < SHOWN_ROWS) {
    out.push([...fields, field]);
  }
  return out;
}

function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((b) => b.toString(16).padStart(2, '0')).join(' ');
    const text = row.map((b) => (b >= 32 && b < 127 ? String.fromCharCode(b) : '.')).join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(48)} ${text}`);
  }
  return lines.join('\n');
}
