import { SIGNED_IN, type Group, type Persona } from './personas.js';
import type { World } from './world.js';

/**
 * What a person gets: the operation, past every check of who they are (`allow`); a list without the row looked for (`blind`); 403 (`forbid`);
 * 404 (`hide`); 401 (`sign in`). Anything else is said as it is, and is never expected.
 */
export type Outcome = 'allow' | 'blind' | 'forbid' | 'hide' | 'sign in' | `${number} ${string}`;

/** One line of the table: an operation on given objects, and who gets what. Acts are sent without If-Match: those allowed get 428. */
export interface Case {
  /** As the document names it: `GET /v1/dossiers/{id}`. */
  readonly operation: string;
  /** The objects, when they are not A's submitted dossier and what hangs on it. */
  readonly on?: string;
  /** The parameters of the path, in their order. */
  readonly at?: (world: World) => readonly (string | number)[];
  readonly query?: (world: World) => Record<string, string>;
  /** A body whose fields pass, so that it is never what refuses. */
  readonly body?: (world: World) => object | string;
  /** Media type of the body, when it is not JSON. */
  readonly type?: string;
  /** Of a list: the id of the row that those allowed find in it, and the others don't. */
  readonly row?: (world: World) => string;
  /** It answers for as long as one listens: its beginning says it all. */
  readonly endless?: true;
  /** Nobody needs to sign in. */
  readonly open?: true;
  readonly allow: Group;
  readonly forbid?: Group;
  readonly hide?: Group;
  readonly blind?: Group;
  /** Those who are not named. Default: hide. */
  readonly others?: 'blind' | 'forbid' | 'hide';
}

export const EVERYONE: Group = SIGNED_IN;
export const NOBODY: Group = [];

/** @throws Error when the line names someone twice */
export function expectedOf({ allow, forbid = [], hide = [], blind = [], others = 'hide', open }: Case): Record<Persona, Outcome> {
  const named = [...allow, ...forbid, ...hide, ...blind];
  const twice = named.filter((one, rank) => named.indexOf(one) !== rank);
  if (twice.length > 0) throw new Error(`named twice: ${twice.join(', ')}`);
  const outcome = (one: Persona): Outcome => {
    if (one === 'anonymous') return open ? 'allow' : 'sign in';
    if (allow.includes(one)) return 'allow';
    if (forbid.includes(one)) return 'forbid';
    if (hide.includes(one)) return 'hide';
    return blind.includes(one) ? 'blind' : others;
  };
  const personas: readonly Persona[] = ['anonymous', ...SIGNED_IN];
  return Object.fromEntries(personas.map((one) => [one, outcome(one)])) as Record<Persona, Outcome>;
}
