import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/monitoring.js';
import { startProcess } from '../support/process.js';
import { pause } from './product.js';
import type { Scope } from './scope.js';

const config = 'route:\n  receiver: nobody\n  group_by: [service]\nreceivers:\n  - name: nobody\n';

/** A fresh Alertmanager with its own defaults, no peers and nobody to notify: the least work it can have. */
export async function startIdleAlertmanager(scope: Scope, binary: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-bench-alertmanager-'));
  scope.add(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'alertmanager.yml');
  await writeFile(file, config);
  const address = `127.0.0.1:${await freePort()}`;
  const flags = [`--config.file=${file}`, `--storage.path=${folder}`, `--web.listen-address=${address}`];
  const started = startProcess(binary, [...flags, '--cluster.listen-address=', '--log.level=error']);
  scope.add(() => started.end());
  for (let attempt = 0; attempt < 300; attempt++) {
    const answer = await fetch(`http://${address}/-/ready`).catch(() => null);
    if (answer?.ok) return `http://${address}`;
    await pause(50);
  }
  throw new Error(`Alertmanager did not become ready:\n${started.output()}`);
}
