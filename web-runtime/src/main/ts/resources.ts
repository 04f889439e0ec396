/** What can be mounted. A resource describes a service; the engine does the rest. */

/** What may be done under a mount; each mode includes those before it. */
export const MountMode = {
  READ: 'read',
  WRITE: 'write',
  /** Files may also be run as programs. */
  EXEC: 'exec',
} as const;

export type MountMode = (typeof MountMode)[keyof typeof MountMode];

/** Settings that every resource takes. */
export interface MountOptions {
  /** What may be done under this mount; without it, the workspace's own mode. */
  mode?: MountMode;
}

/** Names a kind of service and its settings, all of them plain data. */
export interface Resource {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly mode?: MountMode | undefined;
}

/** Files in memory, gone with the workspace. */
export class RAMResource implements Resource {
  readonly kind = 'ram';
  readonly settings: Readonly<Record<string, unknown>>;
  readonly mode: MountMode | undefined;

  /** `limit`: bytes it may hold; without it, the workspace's `limits.memory` is shared. */
  constructor(options: MountOptions & { limit?: number } = {}) {
    const { mode, ...settings } = options;
    this.settings = settings;
    this.mode = mode;
  }
}

/** Files in the browser's storage for this origin; they are there again after a reload. */
export class OPFSResource implements Resource {
  readonly kind = 'opfs';
  readonly settings: Readonly<Record<string, unknown>>;
  readonly mode: MountMode | undefined;

  /** `path`: the directory to mount, made when it is missing; without it, all there is. */
  constructor(options: MountOptions & { path?: string } = {}) {
    const { mode, ...settings } = options;
    this.settings = settings;
    this.mode = mode;
  }
}

/** A folder the user picked with `showDirectoryPicker()`. */
export class FolderResource implements Resource {
  readonly kind = 'folder';
  readonly settings: Readonly<Record<string, unknown>>;
  readonly mode: MountMode | undefined;

  constructor(handle: FileSystemDirectoryHandle, options: MountOptions = {}) {
    this.settings = { handle, name: handle.name };
    this.mode = options.mode;
  }
}

/** A file in a manifest: its path, and what else is known of it. */
export interface ManifestEntry {
  path: string;
  size?: number;
  /** Milliseconds since 1970, or a date as text. */
  mtime?: number | string;
}

export interface HTTPOptions extends MountOptions {
  /** The directory's address; a relative one is taken from the page's. */
  url: string;
  /**
   * What is there: paths (one that ends with a slash is a directory) or entries, or the address of
   * such a list in JSON. Without it files can be read by their names but not listed.
   */
  manifest?: readonly (string | ManifestEntry)[] | string;
  /** `'index'`: ask the server for its index in JSON (nginx `autoindex_format json`, Caddy). */
  listing?: 'index';
  /** Sent with each request. */
  headers?: Readonly<Record<string, string>>;
  /** The longest wait for an answer; 30,000 without it. */
  timeoutMs?: number;
  /** How often a busy server is asked, the first time included; 5 without it. */
  attempts?: number;
  /** How long what the server said of names, sizes and times is believed; 10,000 without it. */
  ttlMs?: number;
}

/** The files of a web server, read only. Another origin's server must allow this one by CORS. */
export class HTTPResource implements Resource {
  readonly kind = 'http';
  readonly settings: Readonly<Record<string, unknown>>;
  readonly mode: MountMode | undefined;

  constructor(options: HTTPOptions) {
    const { mode, manifest, ...settings } = options;
    this.mode = mode;
    this.settings = {
      ...settings,
      url: new URL(options.url, globalThis.location?.href).href,
      manifest: Array.isArray(manifest) ? JSON.stringify(manifest) : manifest,
    };
  }
}
