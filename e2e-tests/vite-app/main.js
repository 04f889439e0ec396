import { MountMode, RAMResource, Workspace } from 'qanat';

const options = new URLSearchParams(location.search);
const ws = new Workspace(
  { '/data': new RAMResource() },
  { mode: MountMode.WRITE, thread: options.get('thread') ?? 'worker' },
);
const result = await ws.execute('seq 3 | tac | tr "\\n" " " | tee /data/out');
window.result = { ...result, engine: await ws.engine() };
