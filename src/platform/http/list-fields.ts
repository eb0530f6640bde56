import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { Cleaned, field, NoControlCharacters, WELL_FORMED, type FieldOptions } from './field.js';

export function UuidList(options: FieldOptions & { max: number; min?: number }): PropertyDecorator {
  return field(
    options,
    { type: 'array', items: { type: 'string', format: 'uuid' }, maxItems: options.max, uniqueItems: true },
    ...list(options),
    ArrayUnique({ message: 'contient deux fois la même valeur' }),
    IsUUID(undefined, { each: true, message: 'contient un identifiant mal formé' }),
  );
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

export function NestedList(type: () => new () => object, options: FieldOptions & { max: number; min?: number }): PropertyDecorator {
  return field(
    options,
    { type: () => [type()], maxItems: options.max },
    ...list(options),
    ValidateNested({ each: true, message: 'ne doit contenir que des objets' }),
    Type(type),
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
