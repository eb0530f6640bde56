import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { Cleaned, field, NoControlCharacters, WELL_FORMED, type FieldOptions } from './field.js';

export type { FieldOptions } from './field.js';
export { CountsByKey, NestedList, TextList, UuidList, WholeNumberList } from './list-fields.js';

export function Text(options: FieldOptions & { max: number; min?: number; pattern?: RegExp; patternMessage?: string }): PropertyDecorator {
  const { max, min = 1, pattern, patternMessage } = options;
  return field(
    options,
    { type: 'string', maxLength: max, ...(min > 0 ? { minLength: min } : {}), ...(pattern ? { pattern: pattern.source } : {}) },
    Cleaned(),
    IsString({ message: 'doit être un texte' }),
    NoControlCharacters(),
    MaxLength(max, { message: `dépasse ${max} caractères` }),
    ...(min > 0 ? [MinLength(min, { message: min === 1 ? 'est vide' : `doit avoir au moins ${min} caractères` })] : []),
    ...(pattern ? [Matches(pattern, { message: patternMessage ?? 'n’a pas la forme attendue' })] : []),
  );
}

/** Kept to the letter: neither trimmed nor normalised. */
export function Password(options: FieldOptions & { min?: number } = {}): PropertyDecorator {
  const { min = 12 } = options;
  return field(
    options,
    { type: 'string', format: 'password', minLength: min, maxLength: 200 },
    IsString({ message: 'doit être un texte' }),
    NoControlCharacters(),
    MinLength(min, { message: `doit avoir au moins ${min} caractères` }),
    MaxLength(200, { message: 'dépasse 200 caractères' }),
  );
}

export function Email(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'email', maxLength: 254 },
    Cleaned(),
    NoControlCharacters(),
    MaxLength(254, { message: 'dépasse 254 caractères' }),
    IsEmail({}, { message: 'n’est pas une adresse électronique' }),
  );
}

export function Uuid(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'string', format: 'uuid' }, IsUUID(undefined, { message: 'n’est pas un identifiant' }));
}

/** An amount in integer euro cents, at most 999 999 999 999,99 €. */
export function Cents(options: FieldOptions & { min?: number } = {}): PropertyDecorator {
  return whole({ ...options, min: options.min ?? 0, max: 99_999_999_999_999 }, 'int64', 'doit être un nombre entier de centimes');
}

export function WholeNumber(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return whole(options, options.max > 2_147_483_647 ? 'int64' : 'int32', 'doit être un nombre entier');
}

function whole(options: FieldOptions & { min: number; max: number }, format: string, message: string): PropertyDecorator {
  const { min, max } = options;
  return field(
    options,
    { type: 'integer', format, minimum: min, maximum: max },
    ...(options.query === true
      ? [Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value))]
      : []),
    IsInt({ message }),
    Min(min, { message: `doit être au moins ${min}` }),
    Max(max, { message: `doit être au plus ${max}` }),
  );
}

export function Flag(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'boolean' },
    ...(options.query === true
      ? [Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))]
      : []),
    IsBoolean({ message: 'doit être vrai ou faux' }),
  );
}

const isDay = (value: unknown): boolean => {
  if (typeof value !== 'string' || !/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
};

/** A calendar day, `YYYY-MM-DD`. */
export function CalendarDay(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'date' },
    ValidateBy({ name: 'isDay', validator: { validate: isDay } }, { message: 'n’est pas un jour (AAAA-MM-JJ)' }),
  );
}

const INSTANT = /^(19|20|21)\d{2}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** An instant in RFC 3339 with its offset; the class property stays a string, answers are in UTC. */
export function Instant(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', format: 'date-time' },
    ValidateBy(
      {
        name: 'isInstant',
        validator: {
          validate: (value) =>
            typeof value === 'string' && INSTANT.test(value) && isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value)),
        },
      },
      { message: 'n’est pas un instant (RFC 3339, avec son décalage horaire)' },
    ),
  );
}

export function OneOf(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: 'string', enum: [...values] },
    IsIn([...values], { message: `doit être l’une des valeurs : ${values.join(', ')}` }),
  );
}

export function Nested(type: () => new () => object, options: FieldOptions = {}): PropertyDecorator {
  // Swagger knows a lazy type by its function being named `type`, which this literal does.
  return field(options, { type: () => type() }, IsObject({ message: 'doit être un objet' }), ValidateNested(), Type(type));
}

/** A number, a short text, or true or false; what it must be depends on another field, which the rules of the trade check. */
export function Scalar(options: FieldOptions & { max: number }): PropertyDecorator {
  const valid = (value: unknown): boolean =>
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value)) ||
    (typeof value === 'string' && value.length <= options.max && WELL_FORMED(value));
  return field(
    options,
    { oneOf: [{ type: 'number' }, { type: 'string', maxLength: options.max }, { type: 'boolean' }] },
    Cleaned(),
    ValidateBy({ name: 'isScalar', validator: { validate: valid } }, { message: 'doit être un nombre, un texte court, vrai ou faux' }),
  );
}
