import { expect, it } from 'vitest';
import { instructionName } from '../../../shared/priority/instruction-name.ts';

it.each([
  ['app', 'instruction 5 of the Dockerfile'],
  ['base', 'instruction 5 of the base image'],
  ['unknown', 'instruction 5 of the Dockerfile or of its base image'],
] as const)('names an instruction whose origin is %s', (origin, name) => {
  expect(instructionName({ position: 5, origin })).toBe(name);
});

it('names the line of the author’s own Dockerfile, where that is known', () => {
  expect(instructionName({ position: 5, origin: 'app', line: 12 })).toBe('instruction 5 (line 12) of the Dockerfile');
});
