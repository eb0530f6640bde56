import Handlebars from 'handlebars';
import { HTML_LAYOUT, HTML_PARTIALS } from './layout.html.js';
import { TEXT_LAYOUT, TEXT_PARTIALS } from './layout.text.js';
import type { Outline } from '../../domain/inbox.js';
import type { Message } from './message.js';

export interface RenderedMail {
  /** One line of at most 120 characters. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

const SUBJECT_LENGTH = 120;
const SUMMARY_LENGTH = 200;

// Compiled once. `strict`: a name that the message lacks is an error, never an empty space in somebody's mail.
const html = compile(HTML_LAYOUT, HTML_PARTIALS, false);
const text = compile(TEXT_LAYOUT, TEXT_PARTIALS, true);

/** The message in its two twins. Every value is escaped in the HTML one: a title is text, whatever it holds. */
export function layOut(message: Message): RenderedMail {
  const title = shortened(
    readable(message.subject)
      .replace(/[^\S\u00a0\u202f]+/gu, ' ')
      .trim(),
    SUBJECT_LENGTH,
  );
  // A header keeps to ordinary spaces; on a page, an amount must not be cut at the end of a line.
  const subject = title.replace(/\s/gu, ' ');
  return {
    subject,
    html: readable(html({ ...message, subject: title })),
    text: readable(text({ ...message, subject })).replace(/\n{3,}/gu, '\n\n'),
  };
}

/** The same in one line: subject, summary or first paragraph, and where it leads. */
export function outlineOf({ subject, summary, blocks }: Message): Outline {
  const said = blocks.find((block) => block.kind === 'paragraph');
  const way = blocks.find((block) => block.kind === 'link');
  return {
    subject: line(subject, SUBJECT_LENGTH),
    summary: line(summary ?? (said?.kind === 'paragraph' ? said.text : ''), SUMMARY_LENGTH),
    link: way?.kind === 'link' ? way.url : null,
  };
}

function compile(layout: string, partials: Readonly<Record<string, string>>, noEscape: boolean): Handlebars.TemplateDelegate {
  const engine = Handlebars.create();
  engine.registerHelper('quoted', (words: string) => words.replace(/^/gmu, '> '));
  engine.registerHelper('que', (clause: string) => (/^[aeiouyàâéèêëîïôœ]/iu.test(clause) ? `qu’${clause}` : `que ${clause}`));
  engine.registerHelper('underlined', (title: string, dash: string) => `${title}\n${dash.repeat(Math.min(title.length, 60))}`);
  for (const [kind, source] of Object.entries(partials)) engine.registerPartial(kind, engine.compile(source, { strict: true, noEscape }));
  return engine.compile(layout, { strict: true, noEscape });
}

/** Without control or bidirectional characters (they could make a title look like something else), and with the no-break spaces of French. */
function readable(written: string): string {
  return written
    .normalize('NFC')
    .replace(/\r\n?/gu, '\n')
    .replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/ (?=[:;?!»€])/gu, '\u00a0')
    .replace(/« /gu, '«\u00a0');
}

function line(words: string, longest: number): string {
  return shortened(readable(words).replace(/\s+/gu, ' ').trim(), longest);
}

/** Cut between two characters, never inside one. */
function shortened(line: string, longest: number): string {
  if (line.length <= longest) return line;
  let kept = '';
  for (const letter of line) {
    if (kept.length + letter.length >= longest) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}
