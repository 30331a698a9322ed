/** CPU and memory of a task: how they may be written, and the pairs of them that Fargate has. */

const quantity = (text: string, unit: RegExp): number | undefined => {
  if (/^\d+$/.test(text)) return Number(text);
  const inUnits = unit.exec(text)?.[1];
  return inUnits === undefined ? undefined : Math.round(Number(inUnits) * 1024);
};

/** CPU units of `256`, `.25 vCPU` or `1vcpu`; undefined for what is none of them. */
export const cpuUnitsOf = (text: string): number | undefined => quantity(text, /^(\d+|\d*\.\d+) ?vcpu$/i);

/** MiB of `512`, `0.5 GB` or `1gb`; undefined for what is none of them. */
export const mebibytesOf = (text: string): number | undefined => quantity(text, /^(\d+|\d*\.\d+) ?gb$/i);

const gigabytes = (from: number, to: number, step: number): readonly number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, at) => (from + at * step) * 1024);

/** MiB by CPU units, from the table of task sizes in the ECS developer guide. */
const FARGATE_SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, gigabytes(1, 4, 1)],
  [1024, gigabytes(2, 8, 1)],
  [2048, gigabytes(4, 16, 1)],
  [4096, gigabytes(8, 30, 1)],
  [8192, gigabytes(16, 60, 4)],
  [16_384, gigabytes(32, 120, 8)],
  [32_768, [61_440, 122_880, 249_856]],
]);
const WINDOWS_CPU: readonly number[] = [1024, 2048, 4096];

export const isFargateSize = (cpuUnits: number, mebibytes: number, isWindows: boolean): boolean =>
  (FARGATE_SIZES.get(cpuUnits)?.includes(mebibytes) ?? false) && (!isWindows || WINDOWS_CPU.includes(cpuUnits));
