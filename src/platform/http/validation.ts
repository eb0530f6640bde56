import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { BievreError, type FieldError } from '../../kernel/errors.js';

/** The body or the query does not have the declared shape: HTTP 400, every field named. */
export class ValidationFailed extends BievreError {
  constructor(errors: readonly FieldError[]) {
    super(
      'VALIDATION_FAILED',
      `La demande est refusée : ${errors
        .map((error) => error.detail)
        .slice(0, 3)
        .join(' ; ')}.`.slice(0, 1000),
      errors,
    );
  }
}

const CODES: Readonly<Record<string, string>> = {
  whitelistValidation: 'UNKNOWN_FIELD',
  isString: 'NOT_A_TEXT',
  noControlCharacters: 'NOT_A_TEXT',
  maxLength: 'TOO_LONG',
  minLength: 'TOO_SHORT',
  matches: 'WRONG_FORM',
  isEmail: 'NOT_AN_EMAIL',
  isUuid: 'NOT_AN_ID',
  isInt: 'NOT_A_WHOLE_NUMBER',
  min: 'TOO_SMALL',
  max: 'TOO_LARGE',
  isBoolean: 'NOT_A_BOOLEAN',
  isDay: 'NOT_A_DAY',
  isInstant: 'NOT_AN_INSTANT',
  isIn: 'UNKNOWN_VALUE',
  isArray: 'NOT_A_LIST',
  arrayMaxSize: 'TOO_MANY',
  arrayMinSize: 'TOO_FEW',
  arrayUnique: 'DUPLICATE',
  isObject: 'NOT_AN_OBJECT',
  nestedValidation: 'NOT_AN_OBJECT',
  unknownValue: 'NOT_AN_OBJECT',
  isCountsByKey: 'WRONG_FORM',
  isScalar: 'WRONG_FORM',
};

function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) => ({
      pointer,
      code: CODES[constraint] ?? 'INVALID',
      detail: constraint === 'whitelistValidation' ? `${error.property} : ce champ n’existe pas` : `${error.property} : ${message}`,
    }));
    // One reason a field is enough for a person, and the first checks are the most telling.
    return [...own.slice(-1), ...fieldErrors(error.children ?? [], pointer)];
  });
}

/** Checks and cleans every body and query against its class; unknown fields are refused. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: false,
    exceptionFactory: (errors) => new ValidationFailed(fieldErrors(errors)),
  });
}
