import { Controller, Header, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OneOf, WholeNumber } from '../http/fields.js';
import { Read } from '../http/operation.js';
import { Metrics } from '../observability/metrics.js';
import { Health } from './health.js';

class LiveResponse {
  @OneOf(['ok']) status!: 'ok';
}

class ReadyResponse {
  @OneOf(['ok', 'unavailable']) status!: 'ok' | 'unavailable';
  @OneOf(['ok', 'down']) database!: 'ok' | 'down';
  @OneOf(['ok', 'down']) queue!: 'ok' | 'down';
  @WholeNumber({ min: 0, max: 2_147_483_647, description: 'Événements qui attendent' }) outboxPending!: number;
  @WholeNumber({ min: 0, max: 2_147_483_647, description: 'Âge du plus ancien, en secondes' }) outboxOldestSeconds!: number;
  @WholeNumber({ min: 0, max: 2_147_483_647, description: 'Événements abandonnés, qu’un administrateur doit rejouer ou écarter' })
  outboxDead!: number;
}

@ApiTags('Santé')
@Controller()
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {}

  @Read('health/live', { summary: 'Le processus tourne', permission: 'public', answers: LiveResponse })
  live(): LiveResponse {
    return { status: 'ok' };
  }

  @Read('health/ready', { summary: 'Base, file et messages en attente répondent', permission: 'public', answers: ReadyResponse })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyResponse> {
    const state = await this.health.check();
    if (state.status !== 'ok') void reply.status(503).header('retry-after', 5);
    return state;
  }

  @Read('metrics', { summary: 'Mesures Prometheus', permission: 'public', file: 'text/plain' })
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  figures(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}
