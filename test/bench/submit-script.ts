import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstAttested, ownerOf, type Scale } from './generate.js';
import { ROOT } from './ground.js';
import { numberOf, prefixOf } from './ids.js';

const SCRIPT = readFileSync(join(ROOT, 'test', 'bench', 'submit.sql'), 'utf8').replace(/^--.*\n/gm, '');

/** One statement of submit.sql for pg: each `:name` is a numbered parameter. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly params: readonly string[];
  /** What it returns names later parameters, and must be one row (`\gset`). */
  readonly kept: boolean;
}

export function statements(): readonly Statement[] {
  return [...SCRIPT.matchAll(/([^;\\]+)(;|\\gset)/g)].map(([, sql = '', end], index) => {
    const params: string[] = [];
    const text = sql.trim().replace(/(?<!:):([a-z]+)/g, (_whole, name: string) => {
      if (!params.includes(name)) params.push(name);
      return `$${params.indexOf(name) + 1}`;
    });
    return { name: `submit-${index}`, text, params, kept: end === '\\gset' };
  });
}

/** The same for pgbench, whose variables are numbers: ids are their prefix and a number, another dossier at each transaction. */
export function pgbenchScript(clients: number, scale: Scale): string {
  return [
    '\\set counter :counter + 1',
    `\\set row ${firstAttested(scale)} + :counter * ${clients} + :client_id`,
    `\\set dossiernumber ${numberOf(0)} + :row`,
    `\\set callernumber ${numberOf(0)} + ${ownerOf(':row', scale.organisations)}`,
    SCRIPT.replace(/:dossier\b/g, `('${prefixOf('dossier')}' || :dossiernumber)`).replace(
      /:caller\b/g,
      `('${prefixOf('user')}' || :callernumber)`,
    ),
  ].join('\n');
}
