// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Dockerfiles write their variables like this
import { describe, expect, it } from 'vitest';
import { type BuildRequest, buildPath } from '../../../shared/dockerfile/build-path.ts';
import { parseDockerfile } from '../../../shared/dockerfile/parse-dockerfile.ts';

const NOTHING_ASKED: BuildRequest = { buildArguments: new Map(), contexts: new Map() };

const pathOf = (text: string, request: Partial<BuildRequest> = {}) => {
  const file = parseDockerfile(text);
  if (!file.known) throw new Error(file.reason);
  const path = buildPath(file.value, { ...NOTHING_ASKED, ...request });
  return path && [path.image, path.fromLine, path.instructions.map(({ rest }) => rest).join(' ')];
};

const STAGES = 'FROM a:1 AS One\nRUN 1\nFROM b:1\nRUN 2\nFROM one AS three\nRUN 3\nCOPY --from=1 4\nFROM three\nRUN 5';

describe('buildPath', () => {
  it('goes from the last stage down through the stages that it is built on, and through no other', () => {
    expect(pathOf(STAGES)).toEqual(['a:1', 1, '1 3 --from=1 4 5']);
  });

  it.each([
    ['name', 'THREE', ['a:1', 1, '1 3 --from=1 4']],
    ['number', '1', ['b:1', 3, '2']],
    ['a name that is not there', 'four', undefined],
    ['a number that is not there', '9', undefined],
  ])('begins at the stage that was asked for by %s', (_, target, expected) => {
    expect(pathOf(STAGES, { target })).toEqual(expected);
  });

  it('takes the nearest earlier stage of a name, and an image where none is earlier', () => {
    expect(pathOf('FROM a\nRUN 1\nFROM b AS a\nRUN 2\nFROM a\nRUN 3')).toEqual(['b', 3, '2 3']);
    expect(pathOf('FROM debian AS debian\nRUN 1')).toEqual(['debian', 1, '1']);
  });

  it.each([
    ['ARG V=12\nFROM debian:$V', {}, 'debian:12'],
    ['ARG V="12"\nFROM debian:${V}', {}, 'debian:12'],
    ['ARG V=12\nFROM debian:$V', { V: '13' }, 'debian:13'],
    ['ARG A=12 B=${A}-slim\nFROM debian:$B', {}, 'debian:12-slim'],
    ['FROM debian:${V:-12}', {}, 'debian:12'],
    ['ARG V\nFROM debian:${V:-12}', { V: '13' }, 'debian:13'],
    ['ARG S=1\nFROM debian:12${S:+-slim}', {}, 'debian:12-slim'],
    ['ARG V\nFROM debian:$V', {}, undefined],
    // Only what stands before the first FROM counts, and an argument must be declared to be given.
    ['FROM debian:$V', { V: '13' }, undefined],
    ['FROM a\nARG V=12\nFROM debian:$V', {}, undefined],
    ['ARG V=12\nFROM debian:${V%x}', {}, undefined],
  ])('puts the variables into %j', (text, args, image) => {
    const path = pathOf(text, { buildArguments: new Map(Object.entries(args)) });
    expect(path?.[0]).toBe(image);
  });

  it.each([
    ['an image', 'docker-image://debian:13', 'debian:13'],
    ['a folder', 'local:base', undefined],
  ])('takes a named context that is %s for what it replaces', (_, context, image) => {
    const contexts = new Map([['one', context]]);
    expect(pathOf(STAGES, { contexts })).toEqual([image, 5, '3 --from=1 4 5']);
  });
});
