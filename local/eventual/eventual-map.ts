/** A map of a service with eventual consistency: writers have the map itself, readers see it as it was a while ago. */
import type { Clock } from '../../shared/base/clock.ts';

export interface EventualMapOptions {
  readonly clock: Clock;
  /** How long a change stays unseen; 0: not at all. */
  readonly lagMs: number;
}

interface Change<Key, Value> {
  readonly atMs: number;
  readonly apply: (map: Map<Key, Value>) => void;
}

/**
 * As a `Map` it is the truth, also to whoever reads it before he writes. Values are to be replaced and not changed in
 * place: a reader would see that at once.
 */
export class EventualMap<Key, Value> extends Map<Key, Value> {
  readonly #options: EventualMapOptions;
  readonly #past = new Map<Key, Value>();
  readonly #unseen: Change<Key, Value>[] = [];

  constructor(options: EventualMapOptions) {
    super();
    this.#options = options;
  }

  override set(key: Key, value: Value): this {
    this.#change((map) => map.set(key, value));
    return super.set(key, value);
  }

  override delete(key: Key): boolean {
    this.#change((map) => map.delete(key));
    return super.delete(key);
  }

  override clear(): void {
    this.#change((map) => map.clear());
    super.clear();
  }

  /** What listing and describing operations may answer: the map as it was `lagMs` ago. */
  seen(): ReadonlyMap<Key, Value> {
    const untilMs = this.#options.clock.now().getTime() - this.#options.lagMs;
    const next = this.#unseen.findIndex(({ atMs }) => atMs > untilMs);
    for (const { apply } of this.#unseen.splice(0, next === -1 ? this.#unseen.length : next)) apply(this.#past);
    return this.#past;
  }

  #change(apply: Change<Key, Value>['apply']): void {
    // So that the changes of a map that nobody reads are not kept for ever.
    this.seen();
    this.#unseen.push({ atMs: this.#options.clock.now().getTime(), apply });
  }
}
