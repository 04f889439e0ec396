/** The host of Python, put here by the build from the module `pyodide-bridge`. */
export function createPythonHost(options: {
  indexURL?: string;
  maxInterpreters?: number;
  graceMillis?: number;
  keepSnapshot?: boolean;
}): { dispose(): void };
