import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { BievreError } from '../../kernel/errors.js';
import type { PageRequest } from '../../kernel/page.js';
import { Flag, Text, WholeNumber } from './fields.js';

/** What every list accepts; its own filters extend this. */
export class ListQuery {
  @WholeNumber({ min: 1, max: 100, optional: true, query: true, description: 'Nombre de lignes (50 par défaut)' }) limit?: number;
  @Text({ max: 2000, optional: true, description: 'Curseur reçu de la page précédente' }) cursor?: string;
  @Flag({ optional: true, query: true, description: 'Donner aussi le total' }) count?: boolean;
}

export class PageInfo {
  @Text({ max: 2000, nullable: true }) nextCursor!: string | null;
  @Flag() hasMore!: boolean;
  @WholeNumber({ min: 0, max: 2_147_483_647, optional: true }) total?: number;
}

/** The cursor was not made by this service for this list with these filters. */
export class InvalidCursor extends BievreError {
  constructor() {
    super('INVALID_CURSOR', 'Ce curseur n’est pas de cette liste, ou ses filtres ont changé. Reprenez depuis le début.');
  }
}

const DEFAULT_LIMIT = 50;
type Keys = readonly (string | number | null)[];

/** Signed keyset cursors: opaque to clients, bound to the list, its filters and its sort. */
export class Cursors {
  constructor(private readonly secret: Buffer) {}

  /** Which list this is: its path with every filter and the sort, whatever their order. */
  static fingerprint(path: string, query: Readonly<Record<string, unknown>>): string {
    const filters = Object.entries(query)
      .filter(([name]) => !['cursor', 'limit', 'count'].includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return createHash('sha256')
      .update(JSON.stringify([path, filters]))
      .digest('base64url');
  }

  encode(keys: Keys, fingerprint: string): string {
    const body = Buffer.from(JSON.stringify(keys)).toString('base64url');
    return `${body}.${this.sign(body, fingerprint).toString('base64url')}`;
  }

  /** @throws InvalidCursor */
  decode(cursor: string, fingerprint: string): Keys {
    const [body, signature] = cursor.split('.');
    if (body === undefined || signature === undefined) throw new InvalidCursor();
    const given = Buffer.from(signature, 'base64url');
    const right = this.sign(body, fingerprint);
    if (given.length !== right.length || !timingSafeEqual(given, right)) throw new InvalidCursor();
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Keys;
  }

  /** The page asked for. Wrong `limit` or `count` are left to the field checks, which name them. @throws InvalidCursor */
  requestOf(path: string, query: Readonly<Record<string, unknown>>): PageRequest {
    const limit = typeof query['limit'] === 'string' && /^\d{1,3}$/.test(query['limit']) ? Number(query['limit']) : DEFAULT_LIMIT;
    const { cursor } = query;
    const after = typeof cursor === 'string' && cursor !== '' ? this.decode(cursor, Cursors.fingerprint(path, query)) : null;
    return { limit, after, count: query['count'] === 'true' };
  }

  private sign(body: string, fingerprint: string): Buffer {
    return createHmac('sha256', this.secret).update(`${fingerprint}\n${body}`).digest();
  }
}
