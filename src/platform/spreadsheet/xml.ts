import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { WorkbookRefused } from './spreadsheet.errors.js';

/** Characters of XML without a single tag or end of text after which the file is up to something: the parser would hold them all. */
const LONGEST_SILENCE = 1024 * 1024;

export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** `x:row` → `row`: the prefix is the writer's choice. */
const localName = (name: string): string => {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
};

/**
 * Reads XML as it comes, and gives control back after each chunk, so that what was found can be taken before more is read. Declarations of
 * types and entities are refused: nothing is expanded, nothing is fetched. @throws WorkbookRefused
 */
export async function* readXml(content: Readable, handlers: XmlHandlers): AsyncGenerator<void> {
  let heard = false;
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    heard = true;
    handlers.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    heard = true;
    handlers.close?.(localName(name));
  });
  const text = (found: string) => {
    heard = true;
    handlers.text?.(found);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('doctype', () => {
    throw new WorkbookRefused('il déclare un type de document (DTD)');
  });
  parser.on('error', () => {
    throw new WorkbookRefused('son XML est mal formé');
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let silence = 0;
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      heard = false;
      parser.write(decoder.decode(chunk, { stream: true }));
      silence = heard ? 0 : silence + chunk.length;
      if (silence > LONGEST_SILENCE) throw new WorkbookRefused('il contient un texte démesuré');
      yield;
    }
    parser.write(decoder.decode());
    parser.close();
    yield;
  } catch (error) {
    throw error instanceof WorkbookRefused || isOfTheSystem(error) ? error : new WorkbookRefused('son contenu est endommagé');
  } finally {
    content.destroy();
  }
}

const isOfTheSystem = (error: unknown): boolean => typeof (error as { syscall?: unknown } | null)?.syscall === 'string';
