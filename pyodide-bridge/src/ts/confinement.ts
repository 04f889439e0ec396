/**
 * Takes the ways out of the worker away, so that a Python program (which can reach JavaScript) has the
 * network and the browser's stores only through the engine and its rules. What a script cannot take
 * away is `import()`; a page that must be sure sets a Content-Security-Policy.
 */

const NAMES = [
  'fetch',
  'fetchLater',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'Worker',
  'SharedWorker',
  'BroadcastChannel',
  'RTCPeerConnection',
  'importScripts',
  'caches',
  'indexedDB',
  'Notification',
];
const NAVIGATOR_NAMES = ['storage', 'serviceWorker', 'sendBeacon', 'locks', 'usb', 'serial', 'hid'];

/** Call once, when the interpreter is loaded and nothing of these is needed any more. */
export function confine(): void {
  remove(globalThis, NAMES);
  remove(navigator, NAVIGATOR_NAMES);
}

function remove(start: object, names: readonly string[]): void {
  for (let o: object | null = start; o !== null; o = Object.getPrototypeOf(o) as object | null) {
    for (const name of names) {
      Reflect.deleteProperty(o, name);
    }
  }
}
