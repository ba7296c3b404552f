/** Keeps the catalogue between requests; it is read again after `NOTIFY pgrst` and when a request names something unknown. */
import { setTimeout as wait } from 'node:timers/promises';
import { RefusedRequest } from '../errors.ts';
import type { Catalog } from './catalog.ts';

/** At most this often: whoever asks for nonsense must not make us read the catalogue without pause. */
const RELOAD_GAP_MS = 200;
/** Refusals that a migration since the last look may have made wrong: table, function, relation, column. */
const UNKNOWN: ReadonlySet<unknown> = new Set(['42P01', 'PGRST202', 'PGRST200', 'PGRST204']);

export class CatalogCache {
  readonly #load: () => Promise<Catalog>;
  #current: Promise<Catalog> | null = null;
  #reloading: Promise<Catalog> | null = null;
  #loadedAt = 0;

  constructor(load: () => Promise<Catalog>) {
    this.#load = load;
  }

  /**
   * Runs `work` with the catalogue; when it refuses because something is unknown, once more with a fresh one.
   * @throws what `work` threw the last time.
   */
  async use<Result>(work: (catalog: Catalog) => Result): Promise<Result> {
    const kept = await this.#get();
    try {
      return work(kept);
    } catch (error) {
      if (!(error instanceof RefusedRequest) || !UNKNOWN.has(error.body['code'])) throw error;
    }
    return work(await this.#reload());
  }

  /** The next request reads the catalogue again. */
  forget(): void {
    this.#current = null;
  }

  #get(): Promise<Catalog> {
    return this.#current ?? this.#start();
  }

  /** Everybody who finds something missing while a reload waits for its turn shares that reload. */
  #reload(): Promise<Catalog> {
    this.#reloading ??= (async () => {
      await wait(Math.max(0, this.#loadedAt + RELOAD_GAP_MS - performance.now()));
      this.#reloading = null;
      return await this.#start();
    })();
    return this.#reloading;
  }

  #start(): Promise<Catalog> {
    this.#loadedAt = performance.now();
    const loading = this.#load();
    this.#current = loading;
    loading.catch(() => {
      if (this.#current === loading) this.#current = null;
    });
    return loading;
  }
}
