import { Controller, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '../../kernel/errors.js';
import { Email } from '../http/fields.js';
import { Read } from '../http/operation.js';
import { mailboxPage } from './dev-mailbox.page.js';
import { FolderMailer, type KeptMail } from './folder-mailer.js';

class MailboxQuery {
  @Email({ optional: true }) to?: string;
}

type ListedMail = Omit<KeptMail, 'messageId'>;

/** Messages carry their own styles and nothing else: no script, no image, no form, no way out of the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** The mail that the embedded mode keeps, for whoever tries Bièvre. Exists there only; no part of the API's contract. */
@ApiExcludeController()
@Controller('dev/mailbox')
export class DevMailboxController {
  constructor(private readonly mailer: FolderMailer) {}

  @Read('', { summary: 'Courriels gardés, du plus récent au plus ancien', permission: 'public' })
  async list(
    @Query() { to }: MailboxQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListedMail[] | string> {
    const kept = (await this.mailer.list()).filter((mail) => to === undefined || mail.to.toLowerCase() === to.toLowerCase());
    return wantsPage(request) ? page(reply, mailboxPage(kept)) : kept.map(listed);
  }

  @Read(':id', { summary: 'Un courriel gardé, tel qu’il se lit', permission: 'public' })
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const mail = (await this.mailer.list()).find((kept) => kept.id === id);
    if (!mail) throw new NotFound();
    return page(reply, mail.html);
  }
}

function listed({ id, to, subject, date, text, html }: KeptMail): ListedMail {
  return { id, to, subject, date, text, html };
}

function wantsPage({ headers: { accept } }: FastifyRequest): boolean {
  return accept?.includes('text/html') === true;
}

function page(reply: FastifyReply, html: string): string {
  void reply.header('content-type', 'text/html; charset=utf-8').header('content-security-policy', POLICY);
  return html;
}
