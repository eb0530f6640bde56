import { Controller, Param, Query, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../../platform/auth/actor.js';
import { OneOf } from '../../../platform/http/fields.js';
import { Read } from '../../../platform/http/operation.js';
import { Me } from '../../../platform/http/params.js';
import { MAIL_KINDS } from '../domain/kinds.js';
import { PreviewMail } from '../use-cases/preview-mail.js';

class PreviewQuery {
  @OneOf(['html', 'text'], { optional: true, description: 'html, sauf indication' }) format?: 'html' | 'text';
}

/** Messages carry their own styles and nothing else: no script, no image, no form, no way out of the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
const MEDIA_TYPES = { html: 'text/html; charset=utf-8', text: 'text/plain; charset=utf-8' } as const;

@ApiTags('Mes messages')
@Controller('v1/admin/mail-previews')
export class MailPreviewsController {
  constructor(private readonly previewMail: PreviewMail) {}

  @Read(':kind', {
    summary: 'Voir un courriel, avec des données inventées',
    description: 'En HTML, ou en texte avec format=text. Ses liens mènent à la documentation.',
    permission: 'mail.preview',
    file: 'text/html',
  })
  @ApiParam({ name: 'kind', enum: MAIL_KINDS })
  preview(
    @Param('kind') kind: string,
    @Query() { format = 'html' }: PreviewQuery,
    @Me() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    const mail = this.previewMail.execute(kind, actor);
    void reply.header('content-type', MEDIA_TYPES[format]).header('content-security-policy', POLICY);
    return mail[format];
  }
}
