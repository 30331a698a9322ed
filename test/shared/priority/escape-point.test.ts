import { expect, it } from 'vitest';
import { escapePoint } from '../../../shared/priority/escape-point.ts';

it.each([
  ['openssl', ['no']],
  ['github.com/opencontainers/runc', ['no', 'yes']],
  ['github.com/containerd/containerd/v2', ['no', 'yes']],
  ['containerd.io', ['no', 'yes']],
  ['Linux-Image-amd64', ['no', 'yes']],
  ['nvidia-container-toolkit', ['no', 'yes']],
  ['lodash', ['no']],
])('a vulnerability of %s', (name, possible) => {
  expect(escapePoint([{ name: 'bash' }, { name }])).toMatchObject({ possible, taken: 'no' });
});
