import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';

/** Lets browsers and proxies keep an answer that is the same for everyone. Only a success: a refusal must be asked again. */
@Injectable()
export class Cacheable implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = execution.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(tap(() => void reply.header('cache-control', 'public, max-age=300')));
  }
}
