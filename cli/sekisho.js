#!/usr/bin/env node
/** The command's first step: Sekisho runs on Node 24, which `npm ci` brought along, whatever the machine itself has. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const NEEDED_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  await import('./main.ts');
} else {
  const require = createRequire(import.meta.url);
  const node = path.join(path.dirname(require.resolve('node/package.json')), 'bin', 'node');
  const { status, signal } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' });
  process.exitCode = status ?? (signal ? 1 : 0);
}
