/** How the local runtime is started. */
import type { ChatMessage } from './chat-channel.ts';

/** Truths of AWS that are off unless asked for: they make tests and trials slow. */
export interface RuntimeSwitches {
  /** Refuses calls above the rates that AWS publishes. */
  readonly throttling?: boolean;
  /** For how long a read that AWS does not promise to be consistent shows the state before a write. 0 or absent: never. */
  readonly eventualConsistencySeconds?: number;
}

export interface RuntimeOptions extends RuntimeSwitches {
  /** The directory of the cloud assembly. */
  readonly assembly: string;
  readonly account: string;
  readonly region: string;
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** A JSON file in the form of CISA's catalogue of known exploited vulnerabilities; absent: a small sample. */
  readonly kevFeed?: string;
  /** Lines that the functions write, and faults of the runtime itself. */
  readonly onLog?: (line: string) => void;
  /** Told of every message as it reaches chat. */
  readonly onChat?: (message: ChatMessage) => void;
}
