/**
 * Keeps finalizers of one program from running in the next. Pyodide releases Python objects when
 * their JavaScript proxies are collected; once the interpreter's memory has been put back, those
 * addresses belong to other objects.
 */
export interface Finalizers {
  /** What was registered up to now is not finalized any more. */
  forget(): void;
}

interface Held<T> {
  age: number;
  value: T;
}

/** Replaces this worker's `FinalizationRegistry`. Call before Pyodide is loaded. */
export function isolateFinalizers(): Finalizers {
  const Real = globalThis.FinalizationRegistry;
  let age = 0;
  function Isolated<T>(cleanup: (value: T) => void): FinalizationRegistry<T> {
    const real = new Real<Held<T>>((held) => {
      if (held.age === age) {
        cleanup(held.value);
      }
    });
    return {
      register: (target, value, token) => real.register(target, { age, value }, token),
      unregister: (token) => real.unregister(token),
      [Symbol.toStringTag]: 'FinalizationRegistry',
    };
  }
  globalThis.FinalizationRegistry = Isolated as unknown as FinalizationRegistryConstructor;
  return {
    forget() {
      age++;
    },
  };
}
