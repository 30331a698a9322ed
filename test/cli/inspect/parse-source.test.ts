import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseSource, type Source } from '../../../cli/inspect/parse-source.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sekisho-source-'));
const layout = path.join(folder, 'layout');
const withColon = path.join(folder, 'lay:out');
const archive = path.join(folder, 'image.tar');
mkdirSync(layout);
mkdirSync(withColon);
writeFileSync(archive, '');
afterAll(() => rmSync(folder, { recursive: true }));

describe('a source', () => {
  it.each<[string, string, Source]>([
    ['a layout', `oci:${layout}`, { kind: 'oci-layout', directory: layout }],
    ['an image of a layout', `oci:${layout}:1.4`, { kind: 'oci-layout', directory: layout, tag: '1.4' }],
    ['a layout whose path holds a colon', `oci:${withColon}`, { kind: 'oci-layout', directory: withColon }],
    ['an image of such a layout', `oci:${withColon}:1`, { kind: 'oci-layout', directory: withColon, tag: '1' }],
    ['a layout that is not there', 'oci:nowhere:1', { kind: 'oci-layout', directory: 'nowhere', tag: '1' }],
    ['an archive by its name alone', archive, { kind: 'docker-archive', file: archive }],
    ['an archive', `docker-archive:${archive}`, { kind: 'docker-archive', file: archive }],
    [
      'an image of an archive',
      `docker-archive:${archive}:a/b:1`,
      { kind: 'docker-archive', file: archive, tag: 'a/b:1' },
    ],
    ['a reference as skopeo writes it', 'docker://alpine:3', { kind: 'registry', reference: 'alpine:3' }],
    ['a reference', 'ghcr.io/org/app:1', { kind: 'registry', reference: 'ghcr.io/org/app:1' }],
    ['a registry on this machine', '127.0.0.1:4700/a:1', { kind: 'registry', reference: '127.0.0.1:4700/a:1' }],
  ])('is %s', (_title, text, source) => {
    expect(parseSource(text)).toEqual(source);
  });

  it.each<[string, string, RegExp]>([
    ['a directory', layout, /is a directory: write oci:/],
    ['a mistyped path', './image', /there is no file \.\/image/],
    ['an archive that is not there', 'build/image.tar', /there is no file build\/image\.tar/],
    ['an archive with a tag and nothing before it', 'image.tar:1.4', /docker-archive:FILE:TAG/],
    ['a layout without a path', 'oci:', /names no path/],
    ['an archive without a path', 'docker-archive:', /names no path/],
    ['an OCI archive', 'oci-archive:image.tar', /unpack the archive into a directory/],
    ["Docker's own store", 'docker-daemon:app:1', /docker save/],
    ["Podman's own store", 'containers-storage:app:1', /skopeo copy/],
    ['a directory of skopeo', 'dir:build', /skopeo copy/],
  ])('is not %s', (_title, text, message) => {
    expect(() => parseSource(text)).toThrow(message);
    expect(() => parseSource(text)).toThrow(TypeError);
  });
});
