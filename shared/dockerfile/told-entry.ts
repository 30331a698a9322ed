/** An entry of an image's history with the statement that it tells of. Secrets included: never shown. */
import type { HistoryEntry } from '../image/config.ts';
import { wholeStatementFromHistory } from './from-history.ts';

export interface ToldEntry extends HistoryEntry {
  /** `UNKNOWN` where the entry is no instruction. */
  readonly keyword: string;
  readonly text: string;
}

export const toldEntry = (entry: HistoryEntry): ToldEntry => ({ ...entry, ...wholeStatementFromHistory(entry) });

/** BuildKit notes this at each instruction of a Dockerfile. */
export const isOfBuildKit = ({ comment }: HistoryEntry): boolean => comment === 'buildkit.dockerfile.v0';

const CHANGE_NO_FILE: ReadonlySet<string> = new Set([
  'ARG',
  'CMD',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
]);

/** Whether no builder makes a layer for the instruction. */
export const changesNoFile = ({ keyword }: { readonly keyword: string }): boolean => CHANGE_NO_FILE.has(keyword);
