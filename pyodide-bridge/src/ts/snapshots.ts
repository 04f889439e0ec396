/** The snapshot of a started interpreter in the Cache API, under a name that says what it fits. */
import { packImage, takeImage, unpackImage } from './image.js';

const CACHE = 'qanat-python';

/** The cache's name for a snapshot; `fingerprint` covers everything that goes into it. */
export function snapshotKey(indexURL: string, fingerprint: string): string {
  return new URL(`qanat-snapshot-${fingerprint}`, indexURL).href;
}

/** Reads the snapshot; null when there is none, or no cache (an insecure page, a full disk). */
export async function readSnapshot(key: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const answer = await (await caches.open(CACHE)).match(key);
    return answer ? unpackImage(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

/** Keeps the snapshot in place of all others. */
export async function keepSnapshot(key: string, snapshot: Uint8Array): Promise<void> {
  const cache = await caches.open(CACHE);
  const body = packImage(takeImage(snapshot));
  await cache.put(key, new Response(body, { headers: { 'content-length': String(body.size) } }));
  for (const { url } of await cache.keys()) {
    if (url !== key) {
      await cache.delete(url);
    }
  }
}

/** Forgets a snapshot that did not work. */
export async function dropSnapshot(key: string): Promise<void> {
  try {
    await (await caches.open(CACHE)).delete(key);
  } catch {
    // then there is none to be found either
  }
}

/** A short name for texts: equal texts, equal name. FNV-1a, 53 bits. */
export function fingerprint(...texts: string[]): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) {
      low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
      high = Math.imul(high ^ text.charCodeAt(i), 0x01000193) + (low >>> 7);
    }
  }
  return (low >>> 0).toString(16).padStart(8, '0') + (high >>> 0).toString(16).padStart(8, '0');
}
