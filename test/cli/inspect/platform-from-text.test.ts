import { expect, it } from 'vitest';
import { platformFromText } from '../../../cli/inspect/platform-from-text.ts';

it.each([
  ['linux/arm64', 'linux/arm64'],
  ['linux/arm64/v8', 'linux/arm64'],
  ['linux/arm/v7', 'linux/arm/v7'],
  ['LINUX/ARM64', 'linux/arm64'],
  ['arm64', 'linux/arm64'],
])('%s is %s', (text, platform) => expect(platformFromText(text)).toBe(platform));
