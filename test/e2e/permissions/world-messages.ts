import { aMessage } from '../../builders/messages.js';
import type { TestApp } from '../../setup/app.js';
import type { People } from './personas.js';

export interface MessagesOfWorld {
  /** In the thread of A's submitted dossier, by the instructor of Ivry. */
  readonly message: string;
  /** The same, for those who instruct only. */
  readonly note: string;
}

export async function buildMessages(app: TestApp, people: People, dossierId: string): Promise<MessagesOfWorld> {
  return {
    message: await aMessage(app, people.instructorIvry, dossierId, 'Où aura lieu l’atelier ?'),
    note: await aMessage(app, people.instructorIvry, dossierId, 'À voir avec la déléguée', 'staff'),
  };
}
