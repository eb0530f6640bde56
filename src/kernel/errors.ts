/** What a caller is told about one field of a refused body. `pointer` is a JSON pointer into the body. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** Root of every error that Bièvre raises on purpose. `code` is stable and ASCII; `message` is French and said to the person. */
export abstract class BievreError extends Error {
  readonly fields: readonly FieldError[];

  constructor(
    readonly code: string,
    message: string,
    fields: readonly FieldError[] = [],
  ) {
    super(message);
    this.fields = fields;
    this.name = new.target.name;
  }
}

/** A rule of the trade says no, given the state of things: HTTP 409. */
export abstract class RuleRefused extends BievreError {}

/** What was sent can't be accepted whatever the state (a wrong figure, an impossible date): HTTP 422. */
export abstract class Unprocessable extends BievreError {}

/** The caller may know that the thing exists, but not do this to it: HTTP 403. */
export class Forbidden extends BievreError {
  constructor(message = "Vous n'avez pas le droit de faire cela ici.", code = 'FORBIDDEN') {
    super(code, message);
  }
}

/** The thing does not exist, or the caller may not know that it does: HTTP 404. One sentence for both, or the difference would tell. */
export class NotFound extends BievreError {
  constructor() {
    super('NOT_FOUND', "Cet objet n'existe pas, ou ne vous est pas accessible.");
  }
}

/** The caller decided on an older version than the one stored: HTTP 412. */
export class StaleVersion extends BievreError {
  /** `current`: what stands now, as its reader sees it; given where the caller was writing a content that must not be lost. */
  constructor(
    readonly currentVersion: number,
    readonly current?: object,
  ) {
    super('STALE_VERSION', `Cet objet a changé entre-temps : sa version est maintenant ${currentVersion}. Relisez-le, puis recommencez.`);
  }
}
