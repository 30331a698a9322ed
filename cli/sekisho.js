#!/usr/bin/env node
/** The command's first step: Sekisho runs on Node 24, which `npm ci` brought along, whatever the machine itself has. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const NEEDED_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  await import('./main.ts');
} else {
  const require = createRequire(import.meta.url);
  const node = path.join(path.dirname(require.resolve('node/package.json')), 'bin', 'node');
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // Whoever ends this process means the runtime, which would go on alone.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
