/** The part of dynalite that is used here: it has no types of its own. */
declare module 'dynalite' {
  interface Options {
    readonly createTableMs?: number;
    readonly updateTableMs?: number;
    readonly deleteTableMs?: number;
  }
  /** An HTTP server with a DynamoDB in memory, not listening yet. */
  export default function dynalite(options: Options): import('node:http').Server;
}
