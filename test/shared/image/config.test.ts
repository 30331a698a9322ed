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
    ['what is not JSON', 'null,', 'it is not JSON'],
    ['a text', '"x"', 'it is no JSON object'],
    ['variables that are no texts', '{"config":{"Env":[1]}}', 'config.Env.0 is no text'],
    ['variables that are no list', '{"config":{"Env":{}}}', 'config.Env is no list'],
    ['triggers that are no list', '{"config":{"OnBuild":"COPY . ."}}', 'config.OnBuild is no list'],
    ['a command that is a number', '{"config":{"Cmd":7}}', 'config.Cmd is no command'],
    ['another digest algorithm', '{"rootfs":{"diff_ids":["md5:1"]}}', 'rootfs.diff_ids.0 is no sha256 digest'],
    ['a layer flag in words', '{"history":[{"empty_layer":"yes"}]}', 'history.0.empty_layer is no boolean'],
    [
      'an endless history',
      JSON.stringify({ history: Array.from({ length: 2_001 }, () => ({})) }),
      'history has more than 2000 entries',
    ],
  ])('refuses %s', (_, body, why) => {
    expect(() => parseImageConfig(body)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: `The image config cannot be used: ${why}.` }),
    );
  });
});
