import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/**
 * One decorator a kind of field: it validates, cleans and documents it, in requests and responses alike, so that a field is described once.
 * Strings are trimmed and NFC; control characters (NUL first) are refused; everything has a maximum.
 */
export interface FieldOptions {
  readonly description?: string;
  readonly example?: unknown;
  /** May be left out. */
  readonly optional?: boolean;
  /** May be null. */
  readonly nullable?: boolean;
  /** Comes from the query string, where everything is text. */
  readonly query?: boolean;
}

type Swagger = Record<string, unknown>;

function field(options: FieldOptions, swagger: Swagger, ...validators: PropertyDecorator[]): PropertyDecorator {
  const { description, example, optional = false, nullable = false } = options;
  const documented = {
    required: !optional,
    nullable,
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
  };
  return applyDecorators(
    ApiProperty({ ...swagger, ...documented }),
    ...(optional ? [nullable ? IsOptional() : ValidateIf((_object, value) => value !== undefined)] : []),
    ...(nullable && !optional ? [ValidateIf((_object, value) => value !== null)] : []),
    ...validators,
  );
}

// Line breaks and tabs are text; other control characters (C0, DEL) never are.
const CONTROL = new RegExp(`[${['\\u0000-\\u0008', '\\u000b', '\\u000c', '\\u000e-\\u001f', '\\u007f'].join('')}]`);
const WELL_FORMED = (value: string): boolean => !CONTROL.test(value) && value.isWellFormed();

function NoControlCharacters(each = false): PropertyDecorator {
  return ValidateBy(
    { name: 'noControlCharacters', validator: { validate: (value) => typeof value !== 'string' || WELL_FORMED(value) } },
    { each, message: 'contient un caractère qui n’est pas du texte' },
  );
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC').trim();
  if (Array.isArray(value)) return value.map(clean);
  return value;
}
const Cleaned = () => Transform(({ value }: { value: unknown }) => clean(value));

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

export function UuidList(options: FieldOptions & { max: number; min?: number }): PropertyDecorator {
  return field(
    options,
    { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: options.max, uniqueItems: true },
    ...list(options),
    ArrayUnique({ message: 'contient deux fois la même valeur' }),
    IsUUID(undefined, { each: true, message: 'contient un identifiant mal formé' }),
  );
}

/** An amount in integer euro cents, at most 999 999 999 999,99 €. */
export function Cents(options: FieldOptions & { min?: number } = {}): PropertyDecorator {
  return whole({ ...options, min: options.min ?? 0, max: 99_999_999_999_999 }, 'int64', 'doit être un nombre entier de centimes');
}

export function WholeNumber(options: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return whole(options, options.max > 2_147_483_647 ? 'int64' : 'int32', 'doit être un nombre entier');
}

export function WholeNumberList(
  options: FieldOptions & { max: number; min?: number; each: { min: number; max: number } },
): PropertyDecorator {
  const { each } = options;
  return field(
    options,
    {
      type: 'array',
      items: { type: 'integer', minimum: each.min, maximum: each.max },
      maxItems: options.max,
      uniqueItems: true,
      ...(options.min === undefined ? {} : { minItems: options.min }),
    },
    ...list(options),
    ArrayUnique({ message: 'contient deux fois la même valeur' }),
    IsInt({ each: true, message: 'ne doit contenir que des nombres entiers' }),
    Min(each.min, { each: true, message: `ne doit contenir que des nombres à partir de ${each.min}` }),
    Max(each.max, { each: true, message: `ne doit contenir que des nombres jusqu’à ${each.max}` }),
  );
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

export function TextList(
  options: FieldOptions & { max: number; min?: number; each: number; oneOf?: readonly string[] },
): PropertyDecorator {
  return field(
    options,
    {
      type: 'array',
      items: { type: 'string', maxLength: options.each, ...(options.oneOf ? { enum: [...options.oneOf] } : {}) },
      maxItems: options.max,
      uniqueItems: true,
      ...(options.min === undefined ? {} : { minItems: options.min }),
    },
    Cleaned(),
    ...list(options),
    ArrayUnique({ message: 'contient deux fois la même valeur' }),
    IsString({ each: true, message: 'ne doit contenir que des textes' }),
    NoControlCharacters(true),
    MaxLength(options.each, { each: true, message: `contient une valeur de plus de ${options.each} caractères` }),
    MinLength(1, { each: true, message: 'contient une valeur vide' }),
    ...(options.oneOf ? [IsIn([...options.oneOf], { each: true, message: `ne doit contenir que : ${options.oneOf.join(', ')}` })] : []),
  );
}

export function Nested(type: () => new () => object, options: FieldOptions = {}): PropertyDecorator {
  // Swagger knows a lazy type by its function being named `type`, which this literal does.
  return field(options, { type: () => type() }, IsObject({ message: 'doit être un objet' }), ValidateNested(), Type(type));
}

export function NestedList(type: () => new () => object, options: FieldOptions & { max: number; min?: number }): PropertyDecorator {
  return field(
    options,
    { type: () => [type()], maxItems: options.max },
    ...list(options),
    ValidateNested({ each: true, message: 'ne doit contenir que des objets' }),
    Type(type),
  );
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

/** Whole numbers under free keys, such as beneficiaries by age band. */
export function CountsByKey(options: FieldOptions & { maxKeys: number; max: number }): PropertyDecorator {
  const valid = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length <= options.maxKeys &&
    Object.entries(value).every(
      ([key, count]) =>
        key.length <= 50 && WELL_FORMED(key) && Number.isInteger(count) && (count as number) >= 0 && (count as number) <= options.max,
    );
  return field(
    options,
    { type: 'object', additionalProperties: { type: 'integer', minimum: 0, maximum: options.max }, maxProperties: options.maxKeys },
    ValidateBy(
      { name: 'isCountsByKey', validator: { validate: valid } },
      { message: 'doit associer des nombres entiers à des libellés courts' },
    ),
  );
}

function list(options: { max: number; min?: number }): PropertyDecorator[] {
  const { max, min } = options;
  return [
    IsArray({ message: 'doit être une liste' }),
    ArrayMaxSize(max, { message: `dépasse ${max} éléments` }),
    ...(min === undefined ? [] : [ArrayMinSize(min, { message: `doit avoir au moins ${min} élément(s)` })]),
  ];
}
