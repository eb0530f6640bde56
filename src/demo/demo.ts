import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Temporal } from 'temporal-polyfill';
import type { Environment } from '../config/environment.js';
import { Clock } from '../kernel/clock.js';
import type { Day } from '../kernel/day.js';
import { SYSTEM } from '../platform/auth/system-actor.js';
import { whileConnected } from '../platform/database/connect.js';
import { createDataSource } from '../platform/database/data-source.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { PROMISED_ACCOUNTS } from './accounts.js';
import { loadDossier, type DemoGround } from './dossiers.js';
import { Hands } from './hands.js';
import { loadOrganisations, loadPeople } from './people.js';
import { DOSSIERS } from './year.js';

export interface Demo {
  readonly password: string;
  readonly accounts: readonly string[];
}

const COORDINATOR = 'coordination@demo.test';

/**
 * A first start that was cut short while it loaded the demo leaves half a year. Nobody can have used that database yet, since nothing was
 * listening: it is emptied, so that this start begins anew.
 */
export async function clearUnfinishedDemo(url: string): Promise<void> {
  await whileConnected(createDataSource(url, 2), async (source) => {
    const [table] = await source.query<{ there: boolean }[]>(`SELECT to_regclass('public.users') IS NOT NULL AS there`);
    if (table?.there !== true) return;
    const [row] = await source.query<{ unfinished: boolean }[]>(
      `SELECT EXISTS (SELECT FROM users) AND NOT EXISTS (SELECT FROM audit WHERE act = 'demo.loaded') AS unfinished`,
    );
    if (row?.unfinished === true) await source.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  });
}

/** Loads the demo year into an empty database, before anything listens. Gives the accounts and their password. */
export async function loadDemo(app: NestFastifyApplication, { dataDir, demoPassword }: Environment): Promise<Demo> {
  const password = keptPassword(dataDir, demoPassword);
  const work = app.get(UnitOfWork, { strict: false });
  const [row] = await work.read<{ empty: boolean }>('SELECT NOT EXISTS (SELECT FROM users) AS empty');
  if (row?.empty === true) {
    const clock = app.get(Clock, { strict: false });
    await playDemo(app, new Hands((request) => app.inject(request), clock, password), password);
  }
  return { password, accounts: PROMISED_ACCOUNTS.map(({ email, name }) => `${email} (${name})`) };
}

/** Everything that the demo's people did until today. */
export async function playDemo(app: NestFastifyApplication, hands: Hands, password: string): Promise<void> {
  await loadPeople(app, hands, password);
  const organisations = await loadOrganisations(hands);
  const ground = await loadCall(hands);
  for (const dossier of DOSSIERS) await loadDossier(hands, ground, organisations.get(dossier.organisation) ?? '', dossier);
  await app.get(UnitOfWork, { strict: false }).run(SYSTEM, (tx) => {
    tx.audit('demo.loaded', { type: 'instance', id: '*' }, null, { dossiers: DOSSIERS.length });
    return Promise.resolve(null);
  });
}

/** A call that is open now for next year's actions, both départements' envelopes, and the delegates' delegations of signature. */
async function loadCall(hands: Hands): Promise<DemoGround> {
  const year = Number(hands.inDays(0).slice(0, 4)) + 1;
  const orientations = await hands.get<{ code: string }[]>(COORDINATOR, '/v1/orientations');
  const call = await hands.post<{ id: string; version: number }>(COORDINATOR, '/v1/calls', {
    title: `Appel à projets ${year} du contrat de ville Grand-Orly Seine Bièvre`,
    year,
    opensAt: inParis(hands.inDays(-20), '08:00'),
    closesAt: inParis(hands.inDays(40), '23:59'),
    graceMinutes: 60,
    orientationCodes: orientations.map(({ code }) => code),
  });
  await hands.post(COORDINATOR, `/v1/calls/${call.id}/publish`, {}, call.version);
  const funders = new Map((await hands.get<{ id: string; code: string }[]>(COORDINATOR, '/v1/funders')).map(({ id, code }) => [code, id]));
  const envelopes = new Map<string, string>();
  const open = async (email: string, code: string, programme: string, euros: number, department?: string) => {
    const ceiling = euros * 100;
    const body = {
      funderId: funders.get(code),
      programme,
      year,
      ...(department === undefined ? {} : { department }),
      ceilingAeCents: ceiling,
      ceilingCpCents: ceiling,
    };
    envelopes.set(code, (await hands.post<{ id: string }>(email, '/v1/envelopes', body)).id);
  };
  await open('prefecture.94@demo.test', 'P147-94', 'P147-01', 1_200_000, '94');
  await open('prefecture.91@demo.test', 'P147-91', 'P147-01', 400_000, '91');
  await open('partenaire.cd94@demo.test', 'CD94', 'Politique de la ville', 150_000, '94');
  await open('instruction.ivry@demo.test', 'COMMUNE-ivry-sur-seine', 'Subventions aux associations', 60_000);
  await delegate(hands, 'prefecture.94@demo.test', 'deleguee.nord-est@demo.test', funders.get('P147-94'), 'NE', year);
  await delegate(hands, 'prefecture.91@demo.test', 'deleguee.sud@demo.test', funders.get('P147-91'), 'S', year);
  return { callId: call.id, year, funders, envelopes };
}

/** The instant of an hour of a day in Paris. */
function inParis(day: Day, hour: string): string {
  return Temporal.PlainDateTime.from(`${day}T${hour}`).toZonedDateTime('Europe/Paris').toInstant().toString();
}

async function delegate(
  hands: Hands,
  prefecture: string,
  email: string,
  funderId: string | undefined,
  sectorCode: string,
  year: number,
): Promise<void> {
  const { id: userId } = await hands.get<{ id: string }>(email, '/v1/me');
  const reference = `Arrêté de délégation ${year}-${sectorCode}`;
  const validity = { validFrom: hands.inDays(-30), validUntil: `${year}-12-31` };
  await hands.post(prefecture, '/v1/signature-delegations', {
    userId,
    funderId,
    sectorCode,
    ceilingCents: 500_000,
    ...validity,
    reference,
  });
}

/** DEMO_PASSWORD at the first start, else one made then; kept beside the data, so that every start can print it. */
function keptPassword(dataDir: string, given: string | undefined): string {
  const file = join(dataDir, 'demo-password');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, given ?? randomBytes(9).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}
