import { BievreError, Forbidden, RuleRefused, Unprocessable } from '../../kernel/errors.js';
import type { FilePurpose, PurposeRules } from './file-purpose.js';

/** HTTP 415. */
export class WrongMediaType extends BievreError {
  constructor({ mediaTypes }: Pick<PurposeRules, 'mediaTypes'>) {
    super('UNSUPPORTED_MEDIA_TYPE', `Envoyez ici un fichier de l’un de ces types (Content-Type) : ${mediaTypes.join(', ')}.`);
  }
}

/** HTTP 413. */
export class FileTooLarge extends BievreError {
  constructor(maxBytes: number) {
    super('TOO_LARGE', `Ce fichier dépasse ${Math.floor(maxBytes / 1024 / 1024)} Mio.`);
  }
}

export class EmptyFile extends Unprocessable {
  constructor() {
    super('FILE_EMPTY', 'Ce fichier est vide.');
  }
}

export class NotOfItsType extends Unprocessable {
  constructor(mediaType: string) {
    super('FILE_NOT_OF_ITS_TYPE', `Le contenu de ce fichier n’est pas du type annoncé (${mediaType}).`);
  }
}

export class UnusableFileName extends Unprocessable {
  constructor() {
    const sentence = 'Ce nom de fichier ne contient aucun caractère utilisable.';
    super('FILE_NAME_UNUSABLE', sentence, [{ pointer: '/name', code: 'FILE_NAME_UNUSABLE', detail: sentence }]);
  }
}

/** One sentence whether it does not exist or is someone else's, or the difference would tell. */
export class UnknownFile extends Unprocessable {
  constructor() {
    const sentence = 'Ce fichier n’existe pas, ou n’est pas le vôtre. Un fichier déposé et jamais utilisé est effacé au bout de 24 heures.';
    super('FILE_UNKNOWN', sentence, [{ pointer: '/fileId', code: 'FILE_UNKNOWN', detail: sentence }]);
  }
}

export class WrongPurpose extends Unprocessable {
  constructor(purpose: FilePurpose) {
    const sentence = `Ce fichier a été déposé pour un autre usage : déposez-le avec purpose=${purpose}.`;
    super('FILE_OF_ANOTHER_PURPOSE', sentence, [{ pointer: '/fileId', code: 'FILE_OF_ANOTHER_PURPOSE', detail: sentence }]);
  }
}

export class FileAlreadyUsed extends RuleRefused {
  constructor() {
    super('FILE_ALREADY_USED', 'Ce fichier sert déjà. Déposez-le de nouveau pour vous en servir ici.');
  }
}

export class LinkExpired extends Forbidden {
  constructor() {
    super('Ce lien n’est plus valable : demandez-en un nouveau.', 'LINK_EXPIRED');
  }
}
