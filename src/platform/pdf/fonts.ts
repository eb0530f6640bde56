import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';

/** Read once, when the module loads: every document embeds a subset of these two. */
export const FONTS = {
  regular: readFileSync(new URL('./fonts/NotoSans-Regular.ttf', import.meta.url)),
  bold: readFileSync(new URL('./fonts/NotoSans-Bold.ttf', import.meta.url)),
} as const;

export type FontName = keyof typeof FONTS;

/** Parsed at the first document, then shared: the tables of the two cost 55 of the 66 ms of a two-page act when each document reads its own. */
const parsed = new Map<FontName, Font>();

/**
 * The two fonts as one document may use them: the parsed tables are shared, the glyphs are its own. A glyph keeps the characters by which it was first
 * asked for and these end in the file, which would then depend on what was drawn before it.
 */
export function fontsOfOneDocument(): Readonly<Record<FontName, Font>> {
  return { regular: withOwnGlyphs('regular'), bold: withOwnGlyphs('bold') };
}

function withOwnGlyphs(name: FontName): Font {
  let font = parsed.get(name);
  if (font === undefined) {
    font = create(FONTS[name]) as Font;
    parsed.set(name, font);
  }
  // fontkit has no public way to forget glyphs.
  return Object.create(font, { _glyphs: { value: {} } }) as Font;
}

/** The code points that both files draw (see fonts/README.md). */
const COVERED =
  '\\u0020-\\u007e\\u00a0-\\u024f\\u02b0-\\u0377\\u037a-\\u037f\\u0384-\\u038a\\u038c\\u038e-\\u03a1\\u03a3-\\u03e1\\u03f0-\\u04ff\\u1e00-\\u1eff' +
  '\\u2000-\\u200a\\u2010-\\u2027\\u202f-\\u205e\\u2070\\u2071\\u2074-\\u208e\\u2090-\\u209c\\u20a0-\\u20bf\\u2100-\\u215f\\ufffd';

const LINE_BREAKS = /\r\n?|[\v\f\u0085\u2028\u2029]/gu;
/** Control and format characters (zero-width, bidirectional, variation selectors). */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\ufe00-\ufe0f]/gu;
const NOT_COVERED = new RegExp(`[^\\n${COVERED}]`, 'gu');

/** What can be drawn of `text`: one kind of line break, no invisible mark, and � for what the fonts lack (PDF/UA forbids a missing glyph). */
export function printable(text: string): string {
  return text.normalize('NFC').replace(LINE_BREAKS, '\n').replace(/\t/gu, ' ').replace(INVISIBLE, '').replace(NOT_COVERED, '\ufffd');
}
