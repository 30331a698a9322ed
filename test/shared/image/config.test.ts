import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseImageConfig } from '../../../shared/image/config.ts';
import { digestOf } from './documents.ts';

describe('parseImageConfig', () => {
  it('reads the fields that a dossier needs', () => {
    const body = JSON.stringify({
      os: 'linux',
      architecture: 'arm64',
      variant: 'v8',
      created: '2024-01-01T00:00:00Z',
      author: 'Ann',
      config: {
        User: '10001',
        Env: ['A=1'],
        ExposedPorts: { '8080/tcp': {}, '53/udp': {} },
        WorkingDir: '/app',
        Entrypoint: ['/bin/app'],
        Cmd: ['serve'],
        Labels: { a: 'b' },
        Volumes: { '/data': {} },
        Healthcheck: { Test: ['CMD', '/check'], Interval: 5 },
        OnBuild: ['COPY . /app'],
        Shell: ['/bin/bash', '-c'],
        StopSignal: 'SIGTERM',
      },
      history: [
        { created: 'x', created_by: 'RUN true', author: 'Ann', comment: 'buildkit.dockerfile.v0', empty_layer: true },
      ],
      rootfs: { type: 'layers', diff_ids: [digestOf('1')] },
      'moby.buildkit.cache.v0': 'x',
    });
    expect(parseImageConfig(body)).toEqual({
      os: 'linux',
      architecture: 'arm64',
      variant: 'v8',
      created: '2024-01-01T00:00:00Z',
      author: 'Ann',
      config: {
        User: '10001',
        Env: ['A=1'],
        ExposedPorts: ['8080/tcp', '53/udp'],
        WorkingDir: '/app',
        Entrypoint: ['/bin/app'],
        Cmd: ['serve'],
        Labels: { a: 'b' },
        Volumes: ['/data'],
        Healthcheck: ['CMD', '/check'],
        OnBuild: ['COPY . /app'],
        Shell: ['/bin/bash', '-c'],
      },
      history: [
        { created: 'x', created_by: 'RUN true', author: 'Ann', comment: 'buildkit.dockerfile.v0', empty_layer: true },
      ],
      rootfs: { diff_ids: [digestOf('1')] },
    });
  });

  const nothing = {
    os: '',
    architecture: '',
    config: {
      User: '',
      Env: [],
      ExposedPorts: [],
      WorkingDir: '',
      Entrypoint: [],
      Cmd: [],
      Labels: {},
      Volumes: [],
      OnBuild: [],
      Shell: [],
    },
    history: [],
    rootfs: { diff_ids: [] },
  };

  it.each([
    ['is an empty object', '{}'],
    ['has null at the top', '{"os":null,"created":null,"config":null,"history":null,"rootfs":null}'],
    [
      'has null inside',
      '{"config":{"User":null,"Env":null,"ExposedPorts":null,"Entrypoint":null,"Cmd":null,"Labels":null,"Volumes":null,"Healthcheck":null,"OnBuild":null,"Shell":null},"rootfs":{"diff_ids":null}}',
    ],
  ])('takes a config that %s for one that says nothing', (_, body) => {
    expect(parseImageConfig(body)).toEqual(nothing);
  });

  it('takes a history entry of nulls for one that made a layer', () => {
    const body = '{"history":[{"created_by":null,"comment":null,"empty_layer":null},{}]}';
    expect(parseImageConfig(body).history).toEqual([{ empty_layer: false }, { empty_layer: false }]);
  });

  it('reads a command that is one text', () => {
    expect(parseImageConfig('{"config":{"Cmd":"run me"}}').config.Cmd).toEqual(['run me']);
  });

  it.each([
    ['an author, a time and a platform', '{"author":7,"created":[],"os":{},"architecture":1,"variant":false}'],
    ['triggers', '{"config":{"OnBuild":"COPY . ."}}'],
    ['a shell', '{"config":{"Shell":{"a":"b"}}}'],
    ['a health check', '{"config":{"Healthcheck":"curl"}}'],
    ['the test of a health check', '{"config":{"Healthcheck":{"Test":7}}}'],
    ['labels, volumes and ports', '{"config":{"Labels":["a"],"Volumes":"/data","ExposedPorts":80}}'],
    ['a history', '{"history":{"0":"RUN true"}}'],
    ['a history that is longer than any', JSON.stringify({ history: Array.from({ length: 2_001 }, () => ({})) })],
  ])('takes %s of an odd type for none: the image runs all the same', (_, body) => {
    expect(parseImageConfig(body)).toEqual(nothing);
  });

  it('keeps what stands beside an odd value', () => {
    const body = JSON.stringify({
      author: 'Ann',
      created: 7,
      config: {
        Labels: { a: 'b', odd: 7, none: null },
        Volumes: { '/data': 7 },
        ExposedPorts: { '80/tcp': [] },
        Healthcheck: { Test: ['CMD', 7, '/check'], Interval: {} },
        OnBuild: [7, 'COPY . /app', null],
        Shell: ['/bin/sh', {}],
      },
      history: [7, { created_by: 'RUN true', comment: 7, empty_layer: 'yes' }, { created_by: {}, empty_layer: true }],
    });
    expect(parseImageConfig(body)).toEqual({
      ...nothing,
      author: 'Ann',
      config: {
        ...nothing.config,
        Labels: { a: 'b', odd: '', none: '' },
        Volumes: ['/data'],
        ExposedPorts: ['80/tcp'],
        Healthcheck: ['CMD', '/check'],
        OnBuild: ['COPY . /app'],
        Shell: ['/bin/sh'],
      },
      history: [{ empty_layer: false }, { created_by: 'RUN true', empty_layer: false }, { empty_layer: true }],
    });
  });

  it('reads every config in which is right what a runtime asks for', () => {
    const odd = (...names: readonly string[]) =>
      fc.record(Object.fromEntries(names.map((name) => [name, fc.jsonValue()])), { requiredKeys: [] });
    const config = fc
      .tuple(
        odd('os', 'architecture', 'variant', 'created', 'author', 'history', 'container', 'docker_version'),
        odd('ExposedPorts', 'Labels', 'Volumes', 'Healthcheck', 'OnBuild', 'Shell', 'StopSignal', 'ArgsEscaped'),
        fc.array(odd('created', 'created_by', 'author', 'comment', 'empty_layer')),
        fc.boolean(),
      )
      .map(([top, inner, history, withHistory]) => ({
        ...top,
        ...(withHistory && { history }),
        config: { ...inner, User: '10001', Env: ['A=1'], Entrypoint: ['/bin/app'], Cmd: ['serve'], WorkingDir: '/app' },
        rootfs: { type: 'layers', diff_ids: [digestOf('1')] },
      }));
    fc.assert(
      fc.property(config, (document) => {
        expect(parseImageConfig(JSON.stringify(document))).toMatchObject({
          config: { User: '10001', Env: ['A=1'], Entrypoint: ['/bin/app'], Cmd: ['serve'], WorkingDir: '/app' },
          rootfs: { diff_ids: [digestOf('1')] },
        });
      }),
    );
  });

  it.each([
    ['what is not JSON', 'null,', 'it is not JSON'],
    ['a text', '"x"', 'it is no JSON object'],
    ['variables that are no texts', '{"config":{"Env":[1]}}', 'config.Env.0 is no text'],
    ['variables that are no list', '{"config":{"Env":{}}}', 'config.Env is no list'],
    ['a user that is a number', '{"config":{"User":0}}', 'config.User is no text'],
    ['a folder that is a list', '{"config":{"WorkingDir":[]}}', 'config.WorkingDir is no text'],
    ['settings that are a list', '{"config":[]}', 'config is no object'],
    ['layers that are no list', '{"rootfs":{"diff_ids":{}}}', 'rootfs.diff_ids is no list'],
    ['a command that is a number', '{"config":{"Cmd":7}}', 'config.Cmd is no command'],
    ['another digest algorithm', '{"rootfs":{"diff_ids":["md5:1"]}}', 'rootfs.diff_ids.0 is no sha256 digest'],
  ])('refuses %s', (_, body, why) => {
    expect(() => parseImageConfig(body)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: `The image config cannot be used: ${why}.` }),
    );
  });
});
