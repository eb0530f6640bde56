import { simpleParser, type Attachment, type ParsedMail } from 'mailparser';

/** What a report of a mail server says (RFC 3464). */
export interface DeliveryReport {
  /** Message-IDs of the mails that it returns, as it quotes them. */
  readonly messageIds: readonly string[];
  /** What stands between `+` and `@` in the addresses it was sent to: of a return path of ours, the id of a mail. */
  readonly tags: readonly string[];
  readonly recipients: readonly ReportedRecipient[];
}

export interface ReportedRecipient {
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`; in lower case. */
  readonly action: string;
  /** `5.1.1`; null when missing or malformed. */
  readonly status: string | null;
  /** What the server said; it may quote addresses. */
  readonly diagnostic: string;
}

type Fields = ReadonlyMap<string, string>;

/** No server's report is as large as these allow: beyond them it is something else. */
const LIMITS = { maxHeadSize: 64 * 1024, maxChildNodes: 50 };
const MOST_RECIPIENTS = 100;
const LONGEST_DIAGNOSTIC = 2_000;
const RETURNED: ReadonlySet<string> = new Set(['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers']);
const STATUS_PARTS: ReadonlySet<string> = new Set(['message/delivery-status', 'message/global-delivery-status']);

/** Reads a raw message. Null when it is no report, or too deep, large or broken to be read as one. */
export async function readDeliveryReport(raw: Buffer): Promise<DeliveryReport | null> {
  const mail = await parse(raw);
  const status = mail?.attachments.find(({ contentType }) => STATUS_PARTS.has(contentType.toLowerCase()));
  if (!mail || !status) return null;
  // The first block is about the message, each of the others about a recipient.
  const recipients = blocksOf(textOf(status))
    .slice(1, 1 + MOST_RECIPIENTS)
    .map(recipientOf);
  return {
    messageIds: mail.attachments.filter(({ contentType }) => RETURNED.has(contentType.toLowerCase())).flatMap(messageIdOf),
    tags: tagsOf(raw),
    recipients: recipients.flatMap((recipient) => (recipient === null ? [] : [recipient])),
  };
}

async function parse(raw: Buffer): Promise<ParsedMail | null> {
  const options = {
    ...LIMITS,
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    checksumAlgo: false as const,
  };
  try {
    return await simpleParser(raw, options);
  } catch {
    return null;
  }
}

function recipientOf(fields: Fields): ReportedRecipient | null {
  const action = fields.get('action')?.toLowerCase();
  if (action === undefined || !/^[a-z-]{1,20}$/.test(action)) return null;
  const status = /^[245]\.\d{1,3}\.\d{1,3}(?=\s|\(|$)/.exec(fields.get('status') ?? '')?.[0] ?? null;
  const diagnostic = (fields.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '').slice(0, LONGEST_DIAGNOSTIC);
  return { action, status, diagnostic };
}

function messageIdOf(returned: Attachment): string[] {
  const [head] = blocksOf(textOf(returned));
  const id = /<[^\s<>]{1,250}>/.exec(head?.get('message-id') ?? '')?.[0];
  return id === undefined ? [] : [id];
}

/** From the report's own head, whose return path is in whichever field the last server wrote it. */
function tagsOf(raw: Buffer): string[] {
  const [head] = blocksOf(raw.toString('latin1', 0, LIMITS.maxHeadSize));
  const addresses = ['to', 'delivered-to', 'x-original-to', 'envelope-to'].map((name) => head?.get(name) ?? '').join(' ');
  return [...addresses.matchAll(/\+([\w-]{1,64})@/g)].flatMap(([, tag]) => (tag === undefined ? [] : [tag]));
}

function textOf({ content }: Attachment): string {
  return content.toString('utf8', 0, LIMITS.maxHeadSize);
}

/** Blocks of `Name: value` lines, folded ones put back together; of a name given twice, the first. */
function blocksOf(text: string): Fields[] {
  return text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split(/\n[ \t]*\n/)
    .map((block) => {
      const fields = new Map<string, string>();
      for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
        const colon = line.indexOf(':');
        const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
        if (name !== '' && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
      }
      return fields;
    });
}
