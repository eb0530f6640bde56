import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { isEmail } from 'class-validator';
import { AppModule } from './app.module.js';
import { prepareGround } from './boot.js';
import { readEnvironment, WrongEnvironment, type Environment } from './config/environment.js';
import { withDatabase } from './installation.js';
import { BievreError } from './kernel/errors.js';
import { CreateAdministrator } from './modules/identity/index.js';
import { findEmbeddedPostgres } from './platform/database/embedded-postgres.js';
import { runMigrations } from './platform/database/migrate.js';

/** `npm run admin:create -- EMAIL`: gives the administration to this address; who runs it hands the code over. */
async function createAdministrator(environment: Environment, databaseUrl: string, email: string): Promise<string> {
  await runMigrations(databaseUrl);
  const ground = await prepareGround(environment, databaseUrl);
  const context = await NestFactory.createApplicationContext(AppModule.with({ ...ground, works: false }), {
    logger: false,
    abortOnError: false,
  });
  try {
    const { token } = await context.get(CreateAdministrator, { strict: false }).execute(email);
    if (token === null) return `${email} est maintenant administrateur, et se connecte avec son mot de passe habituel.`;
    return [
      `${email} est maintenant administrateur. Ce code sert une fois, pendant 14 jours, à choisir son mot de passe (12 caractères au moins) :`,
      `  ${token}`,
      `Par exemple :`,
      `  curl -X POST ${environment.publicUrl}/v1/auth/accept-invitation -H 'Content-Type: application/json' \\`,
      `    -d '{"token": "${token}", "password": "…", "name": "…"}'`,
    ].join('\n');
  } finally {
    await context.close();
  }
}

/** On the database named, else the one that `npm start` is running on this data folder, else that folder's, started for the time it takes. */
async function run(email: string): Promise<string> {
  const environment = readEnvironment();
  const running = environment.databaseUrl === undefined ? await findEmbeddedPostgres(environment.dataDir) : undefined;
  const create = (url: string) => createAdministrator(environment, url, email);
  return running ? create(running.url) : withDatabase(environment, create);
}

const email = process.argv[2]?.trim().normalize('NFC') ?? '';
if (!isEmail(email) || email.length > 254) {
  console.error('Usage : npm run admin:create -- prenom.nom@exemple.fr');
  process.exitCode = 2;
} else {
  try {
    console.log(await run(email));
  } catch (error) {
    if (!(error instanceof BievreError || error instanceof WrongEnvironment)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
