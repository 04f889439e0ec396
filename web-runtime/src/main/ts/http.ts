/**
 * Requests by `fetch`, and the reason when there is no answer. `fetch` rejects with the same
 * `TypeError` for a server that is down and for one whose CORS headers forbid reading; a second
 * request that asks for nothing to read tells them apart.
 */

/** Why there was no answer. */
export type FailureKind = 'network' | 'cors' | 'blocked' | 'timeout' | 'protocol';

/** An error whose `kind` the engine understands. */
export class RequestError extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** See `Host.Exchange` in Java. */
export interface Exchange {
  readonly status: number;
  readonly url: string;
  send(): Promise<undefined>;
  read(): Promise<Uint8Array | null>;
  header(name: string): string | null;
  close(): void;
}

const PROBE_MILLIS = 5000;

let lastViolation = { uri: '', directive: '', at: -Infinity };
if (typeof addEventListener === 'function') {
  addEventListener('securitypolicyviolation', (event) => {
    const e = event as SecurityPolicyViolationEvent;
    lastViolation = { uri: e.blockedURI, directive: e.effectiveDirective, at: performance.now() };
  });
}

/** Prepares a request; `headers` holds names and values in turn. */
export function exchange(
  method: string,
  url: string,
  headers: string[],
  body: Uint8Array<ArrayBuffer> | null,
  timeout: number,
  fresh: boolean,
): Exchange {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timedOut = false;
  let response: Response | undefined;
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  const within = async <T>(work: Promise<T>): Promise<T> => {
    if (timeout > 0) {
      timer = setTimeout(() => {
        timedOut = true;
        controller.abort();
      }, timeout);
    }
    try {
      return await work;
    } catch (error) {
      if (timedOut) {
        const seconds = timeout / 1000;
        throw new RequestError('timeout', `${url} gave nothing for ${seconds} seconds`);
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    get status() {
      return response?.status ?? 0;
    },
    get url() {
      return response?.url || url;
    },
    header: (name) => response?.headers.get(name) ?? null,
    async send() {
      const began = performance.now();
      const pairs: [string, string][] = [];
      for (let i = 0; i + 1 < headers.length; i += 2) {
        pairs.push([headers[i] ?? '', headers[i + 1] ?? '']);
      }
      try {
        response = await within(
          fetch(url, {
            method,
            headers: pairs,
            body,
            signal: controller.signal,
            cache: fresh ? 'no-cache' : 'default',
          }),
        );
        reader = response.body?.getReader();
      } catch (error) {
        throw error instanceof RequestError ? error : await explain(url, error, began);
      }
      return undefined;
    },
    async read() {
      if (!reader) {
        return null;
      }
      try {
        const step = await within(reader.read());
        return step.done ? null : step.value;
      } catch (error) {
        throw error instanceof RequestError
          ? error
          : new RequestError('network', `the answer from ${url} broke off: ${text(error)}`);
      }
    },
    close() {
      clearTimeout(timer);
      reader?.cancel().catch(() => undefined);
      controller.abort();
    },
  };
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Finds out why `fetch` gave no answer, and says what to do about it. */
async function explain(url: string, error: unknown, began: number): Promise<RequestError> {
  let target: URL;
  try {
    target = new URL(url, location.href);
  } catch {
    return new RequestError('protocol', `${url} is not an address`);
  }
  const here = self.origin;
  if (!/^https?:$/.test(target.protocol)) {
    return new RequestError('protocol', `${target.protocol} addresses cannot be fetched`);
  }
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(target.hostname);
  if (location.protocol === 'https:' && target.protocol === 'http:' && !local) {
    return new RequestError(
      'blocked',
      `${here} is a secure page and may not ask ${target.origin}: serve it by https`,
    );
  }
  await new Promise((resolve) => setTimeout(resolve, 0)); // the report of a violation is a task
  if (lastViolation.at >= began && url.startsWith(lastViolation.uri)) {
    return new RequestError(
      'blocked',
      `the page's content security policy (${lastViolation.directive}) forbids ${target.origin}: ` +
        `add it to connect-src`,
    );
  }
  if (target.origin !== here && (await answers(url))) {
    return new RequestError(
      'cors',
      `the CORS rules of ${target.origin} do not let ${here} read it: have the server send ` +
        `"Access-Control-Allow-Origin: ${here}" (and allow GET, HEAD and the headers you set), ` +
        `or mount it through a server of yours`,
    );
  }
  const offline = typeof navigator === 'object' && navigator.onLine === false;
  return new RequestError(
    'network',
    offline
      ? `this machine is offline, ${target.origin} cannot be reached`
      : `cannot reach ${target.origin}: ${text(error)} (is the server running, the name right?)`,
  );
}

/** Whether a server answers at all, to a request whose answer nobody may read. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, {
      mode: 'no-cors',
      method: 'HEAD',
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(PROBE_MILLIS),
    });
    return true;
  } catch {
    return false;
  }
}
