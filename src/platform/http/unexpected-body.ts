import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { unknownField, ValidationFailed } from './validation.js';

const takesBody = new WeakMap<object, boolean>();

/** Whether the operation reads the request's body. */
function readsBody(controller: object, handler: { readonly name: string }): boolean {
  const known = takesBody.get(handler);
  if (known !== undefined) return known;
  const parameters = Object.keys((Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler.name) as object | undefined) ?? {});
  const reads = parameters.some((parameter) => parameter.split(':')[0] === String(RouteParamtypes.BODY));
  takesBody.set(handler, reads);
  return reads;
}

/**
 * An operation that takes no field gets none: who sends one believes that it changes something. An empty object is what some clients send for nothing.
 * @throws ValidationFailed
 */
export function refuseUnexpectedBody(controller: object, handler: { readonly name: string }, body: unknown): void {
  if (typeof body !== 'object' || body === null || Object.getPrototypeOf(body) !== Object.prototype) return;
  const fields = Object.keys(body);
  if (fields.length === 0 || readsBody(controller, handler)) return;
  throw new ValidationFailed(fields.map((field) => unknownField(field)));
}
