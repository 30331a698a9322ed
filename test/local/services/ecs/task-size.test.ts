import { describe, expect, it } from 'vitest';
import { cpuUnitsOf, isFargateSize, mebibytesOf } from '../../../../local/services/ecs/task-size.ts';

describe('the CPU of a task', () => {
  it.each<[string, number | undefined]>([
    ['256', 256],
    ['1 vCPU', 1024],
    ['.25 vcpu', 256],
    ['0.5vCPU', 512],
    ['', undefined],
    ['1.5', undefined],
    ['-256', undefined],
    ['1 core', undefined],
  ])('of %o is %o units', (text, units) => {
    expect(cpuUnitsOf(text)).toBe(units);
  });
});

describe('the memory of a task', () => {
  it.each<[string, number | undefined]>([
    ['512', 512],
    ['1 GB', 1024],
    ['0.5gb', 512],
    ['1 GiB', undefined],
    ['much', undefined],
  ])('of %o is %o MiB', (text, mebibytes) => {
    expect(mebibytesOf(text)).toBe(mebibytes);
  });
});

describe('Fargate', () => {
  it.each([
    [256, 512],
    [256, 2048],
    [512, 1024],
    [512, 4096],
    [1024, 2048],
    [1024, 8192],
    [2048, 16_384],
    [4096, 30_720],
    [8192, 16_384],
    [8192, 61_440],
    [16_384, 122_880],
    [32_768, 249_856],
  ])('has %i CPU units with %i MiB', (cpu, memory) => {
    expect(isFargateSize(cpu, memory, false)).toBe(true);
  });

  it.each([
    [256, 4096],
    [256, 1536],
    [512, 512],
    [1024, 2560],
    [1024, 9216],
    [2048, 17_408],
    [4096, 31_744],
    [8192, 17_408],
    [16_384, 36_864],
    [32_768, 65_536],
    [128, 512],
    [0, 0],
  ])('does not have %i CPU units with %i MiB', (cpu, memory) => {
    expect(isFargateSize(cpu, memory, false)).toBe(false);
  });

  it.each([
    [512, 1024, false],
    [1024, 2048, true],
    [4096, 8192, true],
    [8192, 16_384, false],
  ])('has %i CPU units with %i MiB for Windows: %o', (cpu, memory, has) => {
    expect(isFargateSize(cpu, memory, true)).toBe(has);
  });
});
