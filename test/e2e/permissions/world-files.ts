import { FileLinks } from '../../../src/platform/files/file-links.js';
import { anUploadedFile } from '../../builders/files.js';
import type { TestApp } from '../../setup/app.js';
import type { People } from './personas.js';

export interface FilesOfWorld {
  /** Of the prefecture of Val-de-Marne, attached to nothing. */
  readonly file: string;
  /** The query of a link to its content. */
  readonly fileLink: Readonly<Record<string, string>>;
}

export async function buildFiles(app: TestApp, people: People): Promise<FilesOfWorld> {
  const file = await anUploadedFile(app, people.prefecture94);
  // Signed for longer than links are, so that it outlives the reading of the whole table.
  const { path } = new FileLinks(app.ground.environment.secretFor('file-link')).to(file, new Date(Date.now() + 86_400_000));
  return { file, fileLink: Object.fromEntries(new URL(path, 'http://bievre.test').searchParams) };
}
