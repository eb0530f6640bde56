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

/** Constraint → stable code, the most telling first: what kind of thing was expected, then its size, then its form. */
const CODES: Readonly<Record<string, string>> = {
  whitelistValidation: 'UNKNOWN_FIELD',
  isString: 'NOT_A_TEXT',
  isInt: 'NOT_A_WHOLE_NUMBER',
  isBoolean: 'NOT_A_BOOLEAN',
  isArray: 'NOT_A_LIST',
  isObject: 'NOT_AN_OBJECT',
  nestedValidation: 'NOT_AN_OBJECT',
  unknownValue: 'NOT_AN_OBJECT',
  isDay: 'NOT_A_DAY',
  isInstant: 'NOT_AN_INSTANT',
  isUuid: 'NOT_AN_ID',
  isScalar: 'WRONG_FORM',
  noControlCharacters: 'NOT_A_TEXT',
  arrayMaxSize: 'TOO_MANY',
  arrayMinSize: 'TOO_FEW',
  arrayUnique: 'DUPLICATE',
  maxLength: 'TOO_LONG',
  minLength: 'TOO_SHORT',
  max: 'TOO_LARGE',
  min: 'TOO_SMALL',
  isEmail: 'NOT_AN_EMAIL',
  isIn: 'UNKNOWN_VALUE',
  matches: 'WRONG_FORM',
  isCountsByKey: 'WRONG_FORM',
};
const RANKS = Object.keys(CODES);
const rankOf = (constraint: string): number => (RANKS.includes(constraint) ? RANKS.indexOf(constraint) : RANKS.length);

/** The one reason that helps a person most; a field that was left out is missing, whatever else it fails to be. */
function reasonOf({ property, value, constraints = {} }: ValidationError): { code: string; detail: string } | null {
  const [constraint] = Object.keys(constraints).sort((a, b) => rankOf(a) - rankOf(b));
  if (constraint === undefined) return null;
  if (constraint === 'whitelistValidation') return unknownField(property);
  if (value === undefined) return { code: 'REQUIRED', detail: `${property} : ce champ est obligatoire` };
  return { code: CODES[constraint] ?? 'INVALID', detail: `${property} : ${constraints[constraint]}` };
}

/** What is said of a field that the operation does not have. */
export function unknownField(property: string, parent = ''): FieldError {
  return { pointer: pointerOf(property, parent), code: 'UNKNOWN_FIELD', detail: `${property} : ce champ n’existe pas` };
}

/** RFC 6901. */
const pointerOf = (property: string, parent: string): string => `${parent}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;

function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = pointerOf(error.property, parent);
    const reason = reasonOf(error);
    return [...(reason ? [{ ...reason, pointer }] : []), ...fieldErrors(error.children ?? [], pointer)];
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
