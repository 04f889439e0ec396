/** An engine on this thread: loads the build and gives its Java methods the shape of the API. */
import type { EngineApi, EngineEvent, EngineOptions } from './protocol.js';
import type { EngineHost, EngineKind, Loaded } from './load.js';
import { host, load } from './load.js';
import type { createPythonHost } from './python/host.js';

/** What `Main.java` exports. Every other method of the API is there too, after the engine's number. */
interface JavaExports {
  open(
    host: EngineHost,
    options: EngineOptions & { loadPython: () => Promise<PythonHost> },
    listener: (event: EngineEvent) => void,
  ): Promise<number>;
  close(engine: number): Promise<void>;
}

type PythonHost = ReturnType<typeof createPythonHost>;
type Method = (...args: unknown[]) => unknown;

const build = {
  wasm: new URL('./qanat.wasm', import.meta.url),
  loader: () => import('./wasm-loader.js'),
  fallback: () => import('./qanat-fallback.js'),
};

/** The builds this thread has loaded: the workspaces of a thread share one. */
const loads = new Map<EngineKind | undefined, Promise<Loaded<JavaExports>>>();

function loadOnce(kind: EngineKind | undefined): Promise<Loaded<JavaExports>> {
  let loading = loads.get(kind);
  if (!loading) {
    loading = load<JavaExports>(build, kind);
    loads.set(kind, loading);
    loading.catch(() => loads.delete(kind)); // the next workspace may find the network again
  }
  return loading;
}

/** Creates an engine; nothing is loaded before `open`. */
export function createEngine(onEvent: (event: EngineEvent) => void): EngineApi {
  let java: JavaExports | undefined;
  let number = -1;
  let python: PythonHost | undefined;

  const own = {
    async open(options: EngineOptions): Promise<EngineKind> {
      const loaded = await loadOnce(options.engine ?? undefined);
      java = loaded.exports;
      const loadPython = async (): Promise<PythonHost> => {
        const bridge = await import('./python/host.js');
        return (python ??= bridge.createPythonHost(options.python));
      };
      number = await java.open(host(), { ...options, loadPython }, onEvent);
      return loaded.kind;
    },
    async close(): Promise<void> {
      const ending = java?.close(number);
      java = undefined;
      await ending;
      python?.dispose();
    },
  };

  // TeaVM's exports cannot be listed, only asked for by name.
  const methods = own as unknown as Record<string, Method>;
  return new Proxy(own as unknown as EngineApi, {
    get(_, name) {
      if (name === 'then') {
        return undefined; // it is no promise
      }
      return (methods[name as string] ??= async (...args: unknown[]) => {
        if (!java) {
          throw new Error('the workspace is closed');
        }
        const method = (java as unknown as Record<string, Method>)[name as string];
        if (!method) {
          throw new Error(`the engine has no method ${String(name)}`);
        }
        return method(number, ...args);
      });
    },
  });
}
