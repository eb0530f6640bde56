import 'reflect-metadata';
import { readEnvironment } from './config/environment.js';
import { whyNotStarted } from './why-not-started.js';
import { startApi } from './start-api.js';

try {
  await startApi(readEnvironment());
} catch (error) {
  console.error(whyNotStarted(error));
  process.exit(1);
}
