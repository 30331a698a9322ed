import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintWith } from '../../../../shared/layer/fingerprint.ts';
import type { EntryType } from '../../../../shared/layer/layer-reader.ts';
import { createSecretReader } from '../../../../shared/layer/secrets/secret-reader.ts';
import { holdsPartOf, type PlantedSecret, plantedSecrets } from '../../../support/planted-secrets.ts';
import { give, kindsIn, newReader } from './read-files.ts';

const PLANTED = plantedSecrets(7);
const one = (title: string): PlantedSecret => {
  const found = PLANTED.find((planted) => planted.title.includes(title));
  if (found === undefined) throw new Error(`nothing planted is called ${title}`);
  return found;
};
const TOKEN = one('github-token in a shell script');
/** Without it nobody knows the rest. */
const HOOK = 'hooks.slack.com/services/';
const KEY = one('RSA in PKCS#1');

describe('a secret', () => {
  it('is found wherever the content is cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PLANTED),
        fc.array(fc.nat(10_000), { maxLength: 5 }),
        ({ path, content, kind }, places) => {
          const cuts = places.map((place) => place % (content.length + 1)).sort((a, b) => a - b);
          expect(kindsIn(path, content, cuts)).toEqual([kind]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is found at every cut of its own', () => {
    for (let cut = 0; cut <= TOKEN.content.length; cut += 1)
      expect(kindsIn(TOKEN.path, TOKEN.content, [cut])).toEqual(['github-token']);
  });

  // The window has 256 KiB; from the second on 220 KiB of it are new.
  it.each([TOKEN, KEY, one('openai-key in JSON'), one('in a Kubernetes secret')])(
    'is found once around the edges of the window: $title',
    ({ path, content, kind }) => {
      for (const edge of [220 * 1024, 224 * 1024, 252 * 1024, 256 * 1024, 444 * 1024, 448 * 1024])
        for (let before = 0; before < content.length + 8; before += Math.ceil(content.length / 4)) {
          const file = Buffer.concat([Buffer.alloc(edge - before, '.\n'), content, Buffer.alloc(300_000, '.\n')]);
          expect(kindsIn(path, file)).toEqual([kind]);
        }
    },
  );

  it('has one fingerprint for one value and another for another', () => {
    const reader = newReader();
    give(reader, 'a', TOKEN.content);
    give(reader, 'b', Buffer.concat([TOKEN.content, TOKEN.content]));
    give(reader, 'c', one('github-token in YAML').content);
    const [a, b, c, ...more] = reader.facts().secrets;
    expect(more).toEqual([]);
    expect(a?.fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(b?.fingerprint).toBe(a?.fingerprint);
    expect(c?.fingerprint).not.toBe(a?.fingerprint);
  });

  it('has the same fingerprint in PEM and inside JSON', () => {
    const reader = newReader();
    for (const title of [
      'PKCS#8 below',
      'as lines of a program',
      'private-key: in YAML',
      'on one line',
      'private-key: in a binary',
    ])
      give(reader, one(title).path, one(title).content);
    expect(new Set(reader.facts().secrets.map(({ fingerprint }) => fingerprint)).size).toBe(1);
  });

  it('that stands in a file twice is one', () => {
    expect(kindsIn('a', Buffer.concat([KEY.content, KEY.content]))).toEqual(['private-key']);
  });

  it('is known by what it is before where it stands', () => {
    expect(kindsIn('root/.npmrc', `//r.test/:_authToken=${one('npm-token in JSON').value}\n`)).toEqual(['npm-token']);
  });

  it.each([
    ['little', Buffer.from('\ufeff$env:X = 1\r\n', 'utf16le')],
    ['big', Buffer.from('\ufeff$env:X = 1\r\n', 'utf16le').swap16()],
  ] as const)('is found in UTF-16, %s end first', (end, head) => {
    const text = Buffer.from(TOKEN.content.toString(), 'utf16le');
    const file = Buffer.concat([head, end === 'big' ? text.swap16() : text]);
    expect(kindsIn('app/a.ps1', file, [1, 33])).toEqual(['github-token']);
  });

  it('is found in a small file packed with gzip', () => {
    expect(kindsIn('app/a.sh.gz', gzipSync(TOKEN.content), [9])).toEqual(['github-token']);
  });

  it('is found in a large file packed with gzip, wherever it stands', () => {
    // Of what cannot be packed, so that it is long as it is stored too.
    const noise = Buffer.from(randomBytes(3_000_000).toString('hex').replaceAll('0', '\n'));
    const file = gzipSync(Buffer.concat([noise, Buffer.from('\n'), TOKEN.content, Buffer.from('\n'), noise]));
    const reader = newReader();
    give(reader, 'data/a.csv.gz', file, [5, 70_000, 70_001]);
    expect(reader.facts().secrets.map(({ kind }) => kind)).toEqual(['github-token']);
    expect(reader.facts().truncated).toEqual([]);
  });

  it('is found in every member of a gzip file, and before the place where it is damaged', () => {
    const [first, second] = [gzipSync(KEY.content), gzipSync(TOKEN.content)];
    expect(kindsIn('a.gz', Buffer.concat([first, second]))).toEqual(['private-key', 'github-token']);
    expect(kindsIn('a.gz', Buffer.concat([second, Buffer.alloc(100, 'x')]))).toEqual(['github-token']);
    expect(kindsIn('a.gz', 'no gzip at all')).toEqual([]);
  });

  it('is not looked for in links and directories', () => {
    const reader = newReader();
    for (const type of ['directory', 'symlink', 'hardlink', 'fifo', 'other'] satisfies EntryType[])
      expect(reader.entry({ path: 'a', rawName: 'a', type, mode: 0, uid: 0, gid: 0, size: 10 })).toBeUndefined();
  });
});

describe('a package', () => {
  it.each([
    'app/node_modules/dynalite/ssl/server-key.pem',
    'usr/lib/python3.11/test/certdata/keycert.pem',
    'usr/local/lib/python3.12/site-packages/x/test.pem',
    'usr/lib/python3/dist-packages/x/ca.key',
    'usr/share/doc/openssl/demo.pem',
    'usr/share/tool/testdata/key.pem',
    'usr/local/bundle/gems/x-1.0/spec/key.pem',
    'root/go/pkg/mod/x@v1/key.pem',
    'usr/lib/x86_64-linux-gnu/libgnutls.so.30',
  ])('publishes its test keys: %s', (path) => {
    expect(kindsIn(path, KEY.content)).toEqual([]);
  });

  it.each([
    'app/test/key.pem',
    'app/fixtures/key.pem',
    'srv/examples/key.pem',
    'usr/share/nginx/html/key.pem',
    'usr/lib/tool/key.pem',
    'usr/src/app/tests/key.pem',
    'etc/ssl/private/ssl-cert-snakeoil.key',
  ])('does not excuse other files: %s', (path) => {
    expect(kindsIn(path, KEY.content)).toEqual(['private-key']);
  });

  it('publishes no token that its own form proves', () => {
    expect(kindsIn('app/node_modules/x/test/a.sh', TOKEN.content)).toEqual(['github-token']);
  });
});

describe('the facts', () => {
  it('hold six characters of no value', () => {
    const reader = createSecretReader({ fingerprint: () => '-' });
    for (const planted of PLANTED) {
      give(reader, planted.path, planted.content);
      // The path itself names the secret; nobody's path holds the whole of a private key.
      if (!/private-key|client key/.test(planted.title) && !planted.value.includes('\n'))
        give(
          reader,
          `srv/${planted.kind === 'slack-webhook' ? HOOK : ''}${planted.value}/${planted.path}`,
          planted.content,
        );
    }
    const text = JSON.stringify(reader.facts());
    expect(reader.facts().secrets.length).toBeGreaterThan(300);
    // Private keys are made anew in every run, and so long that six of their characters may come up by chance.
    const shows = (planted: PlantedSecret) => holdsPartOf(text, planted, planted.value.length > 400 ? 8 : 6);
    expect(PLANTED.filter(shows).map(({ title }) => title)).toEqual([]);
  });

  it('name a path without the token in it', () => {
    const reader = newReader();
    give(reader, `tmp/${TOKEN.value}/a`, TOKEN.content);
    expect(reader.facts().secrets.map(({ path }) => path)).toEqual(['tmp/[redacted]/a']);
  });

  it.each(['pässwörd-0815x', 'пароль-08157', '秘密の鍵0815'])(
    'name a path without the password in it: %s',
    (password) => {
      const reader = newReader();
      give(reader, `app/${password}/.netrc`, `machine a login b password ${password}\n`);
      expect(reader.facts().secrets.map(({ path }) => path)).toEqual(['app/[redacted]/.netrc']);
    },
  );

  it('say that packed files hold more than a layer may have, and keep what was found before', () => {
    const limits = { unpackedBytes: 4_000_000 };
    const reader = createSecretReader({ fingerprint: fingerprintWith('key'), limits });
    give(reader, 'a.gz', gzipSync(Buffer.concat([TOKEN.content, Buffer.alloc(1_000_000, '\n')])));
    expect(reader.facts().truncated).toEqual([]);
    give(reader, 'b.gz', gzipSync(Buffer.alloc(8_000_000, '\n')));
    give(reader, `${TOKEN.value}.gz`, gzipSync(KEY.content));
    expect(reader.facts().secrets.map(({ path }) => path)).toEqual(['a.gz']);
    expect(reader.facts().truncated).toEqual([
      {
        by: 'file-size',
        text: 'the packed files of the layer hold more than 4000000 bytes; from b.gz on, they were not unpacked',
      },
    ]);
  });

  it('say that there are more secrets than one file may have', () => {
    const reader = createSecretReader({ fingerprint: fingerprintWith('key'), limits: { perFile: 2, perLayer: 10 } });
    give(reader, 'a', Buffer.concat(PLANTED.filter(({ kind }) => kind === 'stripe-key').map(({ content }) => content)));
    expect(reader.facts().secrets).toHaveLength(2);
    expect(reader.facts().truncated).toEqual([
      { by: 'findings', text: 'more than 2 secrets in a; the others are not listed' },
    ]);
  });

  it('say that there are more secrets than one layer may have', () => {
    const reader = createSecretReader({ fingerprint: fingerprintWith('key'), limits: { perFile: 2, perLayer: 3 } });
    for (const name of ['a', 'b', 'c', 'd', 'e']) give(reader, name, TOKEN.content);
    expect(reader.facts().secrets).toHaveLength(3);
    expect(reader.facts().truncated).toEqual([
      { by: 'findings', text: 'more than 3 secrets in the layer; the others are not listed' },
    ]);
  });

  it('say that a credential file was too long to be read', () => {
    const reader = newReader();
    give(reader, 'root/.netrc', `machine a login b password c0rrect\n${'#'.repeat(1024 * 1024)}`);
    expect(reader.facts()).toEqual({
      secrets: [],
      truncated: [
        { by: 'file-size', text: 'root/.netrc is longer than 1048576 bytes and was not read as what its name says' },
      ],
    });
  });
});
