import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Settings } from '../../config/environment.js';
import { FileStorage, type StoredContent } from './file-storage.js';

const PREFIX = 'files/';

/** Contents in a bucket. */
export class S3Storage extends FileStorage {
  private readonly client: S3Client;

  constructor(private readonly settings: S3Settings) {
    super();
    const { endpoint, region } = settings;
    // Other providers than Amazon rarely answer under one host name a bucket, nor know the newer checksums.
    this.client = new S3Client({
      region,
      ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(id: string, path: string, sizeBytes: number): Promise<void> {
    await this.client.send(new PutObjectCommand({ ...this.at(id), Body: createReadStream(path), ContentLength: sizeBytes }));
  }

  async open(id: string): Promise<Readable> {
    const { Body } = await this.client.send(new GetObjectCommand(this.at(id)));
    return Body as Readable;
  }

  async remove(id: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.at(id)));
  }

  async *list(): AsyncIterable<StoredContent> {
    let next: string | undefined;
    do {
      const page = await this.client.send(
        new ListObjectsV2Command({ Bucket: this.settings.bucket, Prefix: PREFIX, ContinuationToken: next }),
      );
      for (const { Key, LastModified } of page.Contents ?? []) {
        if (Key !== undefined && LastModified !== undefined) yield { id: Key.slice(PREFIX.length), storedAt: LastModified };
      }
      next = page.NextContinuationToken;
    } while (next !== undefined);
  }

  private at(id: string): { Bucket: string; Key: string } {
    return { Bucket: this.settings.bucket, Key: `${PREFIX}${id}` };
  }
}
