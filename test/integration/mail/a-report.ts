interface Report {
  /** Whom it is sent to: the return path. */
  readonly to?: string;
  /** Of the mail it returns; null: it returns none. */
  readonly messageId: string | null;
  readonly action?: string;
  readonly status?: string;
  readonly diagnostic?: string;
  readonly returned?: string;
  readonly encoding?: string;
  /** More blocks of recipients. */
  readonly more?: string;
}

/** A delivery status notification (RFC 3464), as Postfix writes them. */
export function aReport(over: Report): string {
  const {
    to = 'ne-pas-repondre@bievre.test',
    messageId,
    action = 'failed',
    status = '5.1.1',
    diagnostic = '550 5.1.1 <absent@exemple.test>: Recipient address rejected: User unknown',
    returned = 'message/rfc822',
    encoding = '8bit',
    more = '',
  } = over;
  const part = (type: string, body: string): string => {
    const written =
      encoding === 'base64'
        ? Buffer.from(body)
            .toString('base64')
            .replace(/(.{76})/g, '$1\r\n')
        : body;
    return `--SEP/mx.exemple.test\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${written}\r\n`;
  };
  const about = `Reporting-MTA: dns; mx.exemple.test\r\nX-Postfix-Queue-ID: 4Xyz\r\nArrival-Date: Mon, 1 Mar 2027 10:00:00 +0100\r\n`;
  const recipient = `\r\nFinal-Recipient: rfc822; absent@exemple.test\r\nAction: ${action}\r\nStatus: ${status}\r\nRemote-MTA: dns; mx.exemple.test\r\nDiagnostic-Code: smtp; ${diagnostic}\r\n`;
  const original = `From: =?UTF-8?Q?Bi=C3=A8vre?= <ne-pas-repondre@bievre.test>\r\nTo: absent@exemple.test\r\nMessage-ID: ${messageId ?? ''}\r\nSubject: Bonjour\r\n\r\nMessage-ID: <decoy@elsewhere.test>\r\n`;
  return [
    `Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.exemple.test (Mail Delivery System)\r\nTo: ${to}\r\nSubject: Undelivered Mail Returned to Sender\r\n`,
    `Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n\tboundary="SEP/mx.exemple.test"\r\n\r\n`,
    part('text/plain; charset=us-ascii', 'This is the mail system. Action: failed'),
    part('message/delivery-status', `${about}${recipient}${more}`),
    ...(messageId === null ? [] : [part(returned, original)]),
    '--SEP/mx.exemple.test--\r\n',
  ].join('');
}
