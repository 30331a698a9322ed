import { describe, expect, it } from 'vitest';
import { parseRegistryReference, type RegistryReference } from '../../../cli/inspect/registry-reference.ts';
import type { Digest } from '../../../shared/image/digest.ts';

const DIGEST = `sha256:${'a1'.repeat(32)}` as Digest;
const HUB = { host: 'registry-1.docker.io', registry: 'docker.io' };
const at = (registry: string) => ({ host: registry, registry });

describe('a reference', () => {
  it.each<[string, RegistryReference]>([
    ['debian', { ...HUB, repository: 'library/debian', tag: 'latest' }],
    ['debian:12', { ...HUB, repository: 'library/debian', tag: '12' }],
    ['org/app:1', { ...HUB, repository: 'org/app', tag: '1' }],
    ['docker.io/org/app:1', { ...HUB, repository: 'org/app', tag: '1' }],
    ['docker.io/debian', { ...HUB, repository: 'library/debian', tag: 'latest' }],
    ['ghcr.io/org/app:1', { ...at('ghcr.io'), repository: 'org/app', tag: '1' }],
    ['localhost/app', { ...at('localhost'), repository: 'app', tag: 'latest' }],
    ['127.0.0.1:4700/shop/app:1', { ...at('127.0.0.1:4700'), repository: 'shop/app', tag: '1' }],
    [`ghcr.io/org/app@${DIGEST}`, { ...at('ghcr.io'), repository: 'org/app', digest: DIGEST }],
    [`ghcr.io/org/app:1@${DIGEST}`, { ...at('ghcr.io'), repository: 'org/app', tag: '1', digest: DIGEST }],
    [
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout:1.4.2',
      { ...at('111122223333.dkr.ecr.eu-west-1.amazonaws.com'), repository: 'shop/checkout', tag: '1.4.2' },
    ],
  ])('%s is read', (text, reference) => {
    expect(parseRegistryReference(text)).toEqual(reference);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['capital letters in the name', 'org/App:1'],
    ['a space', 'org/app one'],
    ['an empty tag', 'org/app:'],
    ['two colons', 'app:1:2'],
    ['a path that climbs out', 'ghcr.io/../app'],
    ['a digest of another kind', 'app@sha512:00'],
    ['two digests', `app@${DIGEST}@${DIGEST}`],
    ['a query', 'ghcr.io/app?x=1'],
    ['a host with a path in it', 'https://ghcr.io/app:1'],
    ['a login', 'user:word@ghcr.io/app:1'],
    ['more than any registry takes', `app:${'1'.repeat(1_001)}`],
  ])('with %s is none', (_title, text) => {
    expect(() => parseRegistryReference(text)).toThrow(TypeError);
  });
});
