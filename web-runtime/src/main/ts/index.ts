/** Qanat: a computer inside a browser tab. See README.md for the first steps. */
export { Workspace } from './workspace.js';
export type {
  ExecuteOptions,
  ExecuteResult,
  MountInfo,
  Process,
  PythonOptions,
  Session,
  TerminalSession,
  WorkspaceOptions,
} from './workspace.js';
export { FolderResource, HTTPResource, MountMode, OPFSResource, RAMResource } from './resources.js';
export type { HTTPOptions, ManifestEntry, MountOptions, Resource } from './resources.js';
export { FileError } from './errors.js';
export type { FileSystem, ReadOptions, WriteOptions } from './files.js';
export type { CommandFunction, CommandInvocation, CommandOutput } from './commands.js';
export type { InputSource, OutputListener } from './runs.js';
export type {
  Bytes,
  EntryRecord,
  FileKind,
  Limits,
  SessionSettings,
  SessionState,
  StatRecord,
} from './protocol.js';
export type { EngineKind } from './load.js';
