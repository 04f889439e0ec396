// The playground's two static servers: the page with the npm package, and, as a second origin, the
// data files that are mounted at /web. Nothing here is needed by Qanat itself: any static server does.
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
};

/** What vega-datasets gives, and one large file made from it. */
const DATA_FILES = ['airports.csv', 'flights-2k.json', 'movies.json', 'seattle-weather.csv'];
const LARGE_FILE = 'flights-200k.csv';

/**
 * Answers with a file: ranges (RFC 9110 §14), validators and conditional requests included.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} file
 */
function sendFile(request, response, file) {
  let stat;
  try {
    stat = statSync(file);
  } catch {
    stat = undefined;
  }
  if (!stat?.isFile()) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
    return;
  }
  const etag = `"${stat.size.toString(16)}-${Math.floor(stat.mtimeMs).toString(16)}"`;
  const head = {
    'accept-ranges': 'bytes',
    'cache-control': 'no-cache',
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    etag,
    'last-modified': stat.mtime.toUTCString(),
  };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, head).end();
    return;
  }
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  const ifRange = request.headers['if-range'];
  if (!range || (range[1] === '' && range[2] === '') || (ifRange && ifRange !== etag)) {
    send(200, 0, stat.size - 1, { 'content-length': stat.size });
    return;
  }
  const from = range[1] === '' ? Math.max(0, stat.size - Number(range[2])) : Number(range[1]);
  const to =
    range[1] === '' || range[2] === '' ? stat.size - 1 : Math.min(Number(range[2]), stat.size - 1);
  if (from >= stat.size || from > to) {
    response.writeHead(416, { ...head, 'content-range': `bytes */${stat.size}` }).end();
    return;
  }
  send(206, from, to, {
    'content-length': to - from + 1,
    'content-range': `bytes ${from}-${to}/${stat.size}`,
  });

  function send(status, start, end, more) {
    response.writeHead(status, { ...head, ...more });
    if (request.method === 'HEAD' || stat.size === 0) {
      response.end();
    } else {
      createReadStream(file, { start, end }).pipe(response);
    }
  }
}

/** The file a URL path names below a folder; undefined when it would leave it. */
function below(folder, path) {
  const file = normalize(join(folder, decodeURIComponent(path)));
  return file.startsWith(normalize(folder)) ? file : undefined;
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server.address().port));
  });
}

function pageServer(dataOrigin) {
  const roots = [
    ['/qanat/', here('../web-runtime/target/npm/')],
    ['/', here('target/site/')],
  ];
  return createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    if (path === '/config.json') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ data: dataOrigin() }));
      return;
    }
    const [prefix, folder] = roots.find(([start]) => path.startsWith(start));
    const file = below(folder, path === '/' ? 'index.html' : path.slice(prefix.length));
    sendFile(request, response, file ?? '');
  });
}

function dataServer(folder) {
  return createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    // the same files once more as a server without CORS would give them
    const closed = path.startsWith('/no-cors/');
    if (!closed) {
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader(
        'access-control-expose-headers',
        'accept-ranges, content-length, content-range, etag, last-modified',
      );
    }
    if (request.method === 'OPTIONS') {
      response.writeHead(closed ? 403 : 204, {
        'access-control-allow-headers': 'range, if-range, if-none-match',
        'access-control-allow-methods': 'GET, HEAD',
        'access-control-max-age': '600',
      });
      response.end();
      return;
    }
    if (path === '/index.json') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(request.method === 'HEAD' ? '' : JSON.stringify(manifest(folder)));
      return;
    }
    sendFile(request, response, below(folder, closed ? path.slice(8) : path) ?? '');
  });
}

function manifest(folder) {
  return [...DATA_FILES, LARGE_FILE].map((name) => {
    const stat = statSync(join(folder, name));
    return { path: name, size: stat.size, mtime: stat.mtime.toISOString() };
  });
}

/** Lays out the data files: vega-datasets' own, and its flights as one CSV of more than 5 MB. */
function prepareData() {
  const source = here('node_modules/vega-datasets/data/');
  const folder = here('target/data/');
  mkdirSync(folder, { recursive: true });
  for (const name of DATA_FILES) {
    if (!existsSync(join(folder, name))) {
      writeFileSync(join(folder, name), readFileSync(join(source, name)));
    }
  }
  if (!existsSync(join(folder, LARGE_FILE))) {
    const rows = JSON.parse(readFileSync(join(source, 'flights-200k.json'), 'utf8'));
    const lines = rows.map((r, i) => `${i + 1},${r.time},${r.distance},${r.delay}`);
    writeFileSync(join(folder, LARGE_FILE), `flight,time,distance,delay\n${lines.join('\n')}\n`);
  }
  return folder;
}

/**
 * Starts both servers on localhost; port 0 takes any free one.
 *
 * @param {{port?: number, dataPort?: number}} [options]
 * @returns {Promise<{page: string, data: string, close: () => void}>} their addresses
 */
export async function serve({ port = 0, dataPort = 0 } = {}) {
  const folder = prepareData();
  const data = dataServer(folder);
  let dataOrigin = '';
  const page = pageServer(() => dataOrigin);
  dataOrigin = `http://127.0.0.1:${await listen(data, dataPort)}`;
  const pagePort = await listen(page, port);
  return {
    page: `http://localhost:${pagePort}/`,
    data: `${dataOrigin}/`,
    close: () => {
      data.close();
      page.close();
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { page, data } = await serve({ port: Number(process.argv[2] ?? 0) });
  console.log(JSON.stringify({ page, data }));
}
