import { Controller, Query, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { toJson } from '../../kernel/money.js';
import type { Actor } from '../auth/actor.js';
import { Instant, OneOf, Text, Uuid, WholeNumber } from '../http/fields.js';
import { FileLinkResponse, toFileLinkResponse } from '../http/file-link.response.js';
import { Create, Read } from '../http/operation.js';
import { Id, Me } from '../http/params.js';
import { RawContent, type ReceivedContent } from '../http/raw-content.js';
import { attachmentNamed } from './file-name.js';
import { FILE_PURPOSES, PURPOSE_RULES, type FilePurpose } from './file-purpose.js';
import { Files } from './files.js';
import { FileQueries } from './files.queries.js';
import type { StoredFile } from './stored-file.js';
import { UploadFile } from './upload-file.js';

export class UploadQuery {
  @OneOf(FILE_PURPOSES, { description: 'Ce à quoi le fichier servira' }) purpose!: FilePurpose;
  @Text({ max: 500, description: 'Nom du fichier', example: 'Convention signée.pdf' }) name!: string;
}

export class ContentQuery {
  @WholeNumber({ min: 0, max: 99_999_999_999, query: true }) expires!: number;
  @Text({ max: 100 }) signature!: string;
}

export class FileResponse {
  @Uuid() id!: string;
  @Text({ max: 200 }) name!: string;
  @Text({ max: 200 }) mediaType!: string;
  @WholeNumber({ min: 1, max: 99_999_999_999 }) sizeBytes!: number;
  @Text({ max: 64, description: 'Empreinte SHA-256, en hexadécimal' }) sha256!: string;
  @OneOf(FILE_PURPOSES) purpose!: string;
  @Instant() createdAt!: string;
}

const toFileResponse = ({ id, name, mediaType, sizeBytes, sha256, purpose, createdAt }: StoredFile): FileResponse => ({
  ...{ id, name, mediaType, sizeBytes: toJson(sizeBytes), sha256, purpose },
  createdAt: createdAt.toISOString(),
});

const ACCEPTED = [...new Set(Object.values(PURPOSE_RULES).flatMap(({ mediaTypes }) => mediaTypes))];

@ApiTags('Fichiers')
@Controller('v1/files')
export class FilesController {
  constructor(
    private readonly uploadFile: UploadFile,
    private readonly queries: FileQueries,
    private readonly files: Files,
  ) {}

  @Create('', {
    summary: 'Déposer un fichier',
    description:
      'Le corps est le fichier lui-même, son type est le Content-Type. Un fichier dont on ne fait rien est effacé au bout de 24 heures.',
    permission: 'signed-in',
    consumes: ACCEPTED,
    answers: FileResponse,
    // Its body is not kept, so that nobody could tell whether it is the same one.
    idempotent: false,
    refusals: { 422: ['FILE_EMPTY', 'FILE_NOT_OF_ITS_TYPE', 'FILE_NAME_UNUSABLE'] },
  })
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  upload(@Query() query: UploadQuery, @RawContent() content: ReceivedContent, @Me() actor: Actor): Promise<FileResponse> {
    return this.uploadFile.execute({ purpose: query.purpose, name: query.name, ...content }, actor).then(toFileResponse);
  }

  @Read(':id', {
    summary: 'Lire ce qui est su d’un fichier qu’on a déposé',
    permission: 'signed-in',
    answers: FileResponse,
    refusals: { 404: ['NOT_FOUND'] },
  })
  get(@Id() id: string, @Me() actor: Actor): Promise<FileResponse> {
    return this.queries.get(id, actor).then(toFileResponse);
  }

  @Create(':id/links', {
    summary: 'Demander un lien vers un fichier qu’on a déposé, valable cinq minutes',
    permission: 'signed-in',
    answers: FileLinkResponse,
    idempotent: false,
    refusals: { 404: ['NOT_FOUND'] },
  })
  link(@Id() id: string, @Me() actor: Actor): Promise<FileLinkResponse> {
    return this.queries.link(id, actor).then(toFileLinkResponse);
  }

  @Read(':id/content', {
    summary: 'Télécharger un fichier par son lien',
    permission: 'public',
    file: 'application/octet-stream',
    refusals: { 400: ['VALIDATION_FAILED'], 403: ['LINK_EXPIRED'], 404: ['NOT_FOUND'] },
  })
  content(@Id() id: string, @Query() { expires, signature }: ContentQuery): Promise<StreamableFile> {
    return this.files
      .openLink(id, expires, signature)
      .then(
        ({ file, content }) =>
          new StreamableFile(content, { type: file.mediaType, disposition: attachmentNamed(file.name), length: toJson(file.sizeBytes) }),
      );
  }
}
