import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { OPERATION, type DeclaredOperation } from './operation.js';

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly declared: DeclaredOperation;
}

/**
 * Every route with what it declares.
 * @throws Error naming the handler that declares nothing: the boot stops rather than serve an operation nobody thought about
 */
export function declaredOperations(discovery: DiscoveryService, scanner: MetadataScanner): readonly Route[] {
  return discovery.getControllers().flatMap((wrapper) => {
    const { instance, metatype } = wrapper as { instance: object | null; metatype: (new () => object) | null };
    if (!instance || !metatype) return [];
    const base = String(Reflect.getMetadata(PATH_METADATA, metatype) ?? '');
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
    return scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name] as object;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const declared = Reflect.getMetadata(OPERATION, handler) as DeclaredOperation | undefined;
      if (!declared) throw new Error(`${metatype.name}.${name} declares no permission: use Read, List, Create, Act, Change or Replace.`);
      const path = `/${[base, String(Reflect.getMetadata(PATH_METADATA, handler) ?? '')].join('/')}`
        .replace(/\/+/g, '/')
        .replace(/(.)\/$/, '$1');
      return [{ method: RequestMethod[method], path, declared }];
    });
  });
}
