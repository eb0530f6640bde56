import { BievreError, Forbidden, type FieldError } from '../../../kernel/errors.js';
import { LinesRefused } from '../domain/committee.errors.js';

/** Gathers what refuses each line, so that a person reads it all at once. */
export class Refusals {
  private readonly fields: FieldError[] = [];

  /** Null when a rule refused it. What is not a rule, or forbids the whole act, is thrown. */
  attempt<T>(pointer: string, work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof BievreError) || error instanceof Forbidden) throw error;
      this.fields.push({ pointer, code: error.code, detail: error.message });
      return null;
    }
  }

  /** @throws LinesRefused when anything was refused */
  assertNone(): void {
    if (this.fields.length > 0) throw new LinesRefused(this.fields);
  }
}
