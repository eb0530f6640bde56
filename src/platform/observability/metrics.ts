import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Prometheus figures of one process. */
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'bievre_http_request_seconds',
    help: 'Durée des requêtes, par opération et statut',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  readonly jobs = new Counter({
    name: 'bievre_jobs_total',
    help: 'Travaux de fond traités, par type et issue',
    labelNames: ['type', 'outcome'] as const,
    registers: [this.registry],
  });
  readonly outboxPending = new Gauge({
    name: 'bievre_outbox_pending',
    help: 'Événements en attente de traitement',
    registers: [this.registry],
  });
  readonly outboxOldest = new Gauge({
    name: 'bievre_outbox_oldest_seconds',
    help: 'Âge du plus vieil événement en attente',
    registers: [this.registry],
  });

  readonly outboxDead = new Gauge({
    name: 'bievre_outbox_dead',
    help: 'Événements abandonnés, à rejouer ou à écarter',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
