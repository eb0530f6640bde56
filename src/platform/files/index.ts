export { Files, type FileLink } from './files.js';
export { FILE_PURPOSES, type FilePurpose } from './file-purpose.js';
export type { FileOwner, StoredFile } from './stored-file.js';
