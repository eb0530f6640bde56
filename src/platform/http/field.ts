import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateBy, ValidateIf } from 'class-validator';

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

/** What a field is in the contract. */
export type Swagger = Record<string, unknown>;

/** A field that is validated, cleaned and documented at once. */
export function field(options: FieldOptions, swagger: Swagger, ...validators: PropertyDecorator[]): PropertyDecorator {
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
export const WELL_FORMED = (value: string): boolean => !CONTROL.test(value) && value.isWellFormed();

export function NoControlCharacters(each = false): PropertyDecorator {
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
export const Cleaned = () => Transform(({ value }: { value: unknown }) => clean(value));
