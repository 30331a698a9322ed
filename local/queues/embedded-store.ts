/** The words of the embedded server's queue store, which its package uses and does not export. */
import type { BuildAppOptions } from 'fauxqs';

export type Stores = NonNullable<BuildAppOptions['stores']>;
export type SqsStore = Stores['sqsStore'];
export type SqsQueue = NonNullable<ReturnType<SqsStore['getQueue']>>;
export type StoredMessage = Parameters<SqsQueue['enqueue']>[0];
