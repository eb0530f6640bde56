/** JSON for a jsonb parameter: amounts (bigint) as strings, which PostgreSQL reads back exactly. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? each.toString() : each));
}
