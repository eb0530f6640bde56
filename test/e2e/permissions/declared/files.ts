import { A_PDF } from '../../../builders/files.js';
import { EVERYONE, type Case } from '../case.js';

const upload = { query: () => ({ purpose: 'signed-act', name: 'acte.pdf' }), type: 'application/pdf', body: () => A_PDF };

/** A file is its sender's; other readers go through what it is attached to, and get a link that opens to whoever holds it. */
export const FILES: readonly Case[] = [
  { operation: 'POST /v1/files', ...upload, allow: EVERYONE },
  { operation: 'GET /v1/files/{id}', at: (w) => [w.file], allow: ['prefecture94'] },
  { operation: 'POST /v1/files/{id}/links', at: (w) => [w.file], allow: ['prefecture94'] },
  { operation: 'GET /v1/files/{id}/content', at: (w) => [w.file], query: (w) => w.fileLink, open: true, allow: EVERYONE },
];
