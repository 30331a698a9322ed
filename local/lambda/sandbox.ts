/** What an execution environment runs in: a thread of this process, or a process of its own. */
import type { LocalClock } from '../clock.ts';
import type { HandlerMessage, HandlerSettings, Invocation } from './protocol.ts';

export interface SandboxOptions {
  readonly settings: HandlerSettings;
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly clock: Pick<LocalClock, 'offset' | 'onAdvance'>;
  readonly onLog: (line: string) => void;
  /** Told when the sandbox cannot be ended. */
  readonly onFault: (error: unknown) => void;
  readonly hear: (news: SandboxNews) => void;
}

export type SandboxNews =
  | HandlerMessage
  /** It has ended, or is about to. `how` is Lambda's phrase, e.g. `signal: killed`; a clean exit has none. */
  | { readonly kind: 'exit'; readonly how: string | undefined };

export interface Sandbox {
  readonly invoke: (invocation: Invocation) => void;
  /** The most memory in megabytes since `invoke` was called last, or since the start. */
  readonly usedMb: () => number;
  /** Whether it keeps this process alive. */
  readonly hold: (held: boolean) => void;
  readonly end: () => Promise<void>;
}

/** What Lambda says when the system ended a process for its memory. */
export const KILLED = 'signal: killed';
