import 'reflect-metadata';
import { readEnvironment, WrongEnvironment } from './config/environment.js';
import { startWorker } from './boot.js';

try {
  await startWorker(readEnvironment());
} catch (error) {
  console.error(error instanceof WrongEnvironment ? `Réglages à corriger :\n${error.message}` : error);
  process.exitCode = 1;
}
