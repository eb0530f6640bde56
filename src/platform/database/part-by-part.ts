import { BievreError, StaleVersion } from '../../kernel/errors.js';
import type { Actor } from '../auth/actor.js';
import { asParts } from '../request-context.js';
import type { Query } from './query.js';
import type { Tx, UnitOfWork } from './unit-of-work.js';

/** Why a part of a batch was not done. */
export interface PartRefused {
  /** The version of what it is about, when it was not the one that was said. */
  readonly version: number | null;
  readonly code: string;
  /** In French, for who asked. */
  readonly detail: string;
}

/** What is done to each part of a batch that is kept in the database. */
export interface Parts<Item> {
  /** Locks the part; false when something became of it already. */
  lockPending(query: Query, item: Item): Promise<boolean>;
  /** Does it, and keeps that it is done. */
  carryOut(tx: Tx, item: Item): Promise<void>;
  /** Keeps that it is refused. */
  refuse(tx: Tx, item: Item, why: PartRefused): void;
}

/**
 * Parts of one request, a transaction each, by the very rules of one: one that is refused stops no other. What became of it is written together with
 * its own effects, so that the same batch asked again goes on with those that nothing became of yet.
 * @throws what is no refusal: a database that is away, a defect
 */
export async function partByPart<Item>(work: UnitOfWork, actor: Actor, items: readonly Item[], parts: Parts<Item>): Promise<void> {
  for (const item of items) await asParts(() => one(work, actor, item, parts));
}

async function one<Item>(work: UnitOfWork, actor: Actor, item: Item, parts: Parts<Item>): Promise<void> {
  try {
    await work.run(actor, async (tx) => {
      if (await parts.lockPending(tx.query, item)) await parts.carryOut(tx, item);
    });
  } catch (error) {
    if (!(error instanceof BievreError)) throw error;
    const why = { version: error instanceof StaleVersion ? error.currentVersion : null, code: error.code, detail: error.message };
    await work.run(actor, (tx) => {
      parts.refuse(tx, item, why);
      return Promise.resolve();
    });
  }
}
