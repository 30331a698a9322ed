/** The page of how much of a layer is read, from the budgets that the reader keeps to. */
import { type Budget, DEFAULT_BUDGET } from '../../shared/layer/budget.ts';
import { table } from './table.ts';

const MIB = 1024 * 1024;

const bytes = (count: number): string => (count < 1024 * MIB ? `${count / MIB} MiB` : `${count / MIB / 1024} GiB`);
const number = (count: number): string => count.toLocaleString('en-US');

/** A budget without a row does not compile. */
const ROWS: Readonly<Record<keyof Budget, (budget: Budget) => readonly [of: string, most: string]>> = {
  compressedBytes: (budget) => ['the layer as the registry stores it', bytes(budget.compressedBytes)],
  uncompressedBytes: (budget) => ['the layer, unpacked', bytes(budget.uncompressedBytes)],
  ratio: (budget) => ['unpacked bytes for each stored byte', number(budget.ratio)],
  ratioFreeBytes: (budget) => ['what may be unpacked before that ratio counts', bytes(budget.ratioFreeBytes)],
  entries: (budget) => ['files, directories and links', number(budget.entries)],
  milliseconds: (budget) => ['time for the whole layer', `${budget.milliseconds / 60_000} minutes`],
  paths: (budget) => ['files that can be seen to replace those of a lower layer', number(budget.paths)],
  whiteoutLength: (budget) => [
    'paths that the layer deletes, together',
    `${budget.whiteoutLength / MIB} million characters`,
  ],
};

export const layerBudgetsPage = (): string =>
  `# Budgets of a layer

How much of one layer is read at most. What lies beyond is not read: the report of the layer says which budget was passed,
and no rule that asks for files passes on what was not read. How many secrets, packages and files of note are listed for
one layer is limited too, and said in the same way.

${table(
  ['of', 'at most'],
  Object.values(ROWS).map((row) => row(DEFAULT_BUDGET)),
)}
`;
