const LONGEST = 150;

/** Separators of folders, what Windows refuses in a name, and the marks that turn the reading direction (`exe.pdf` shown as `fdp.exe`). */
const UNSAFE = /[/\\:*?"<>|\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g;

/**
 * A name that can be given back to any system: one line, no folder, no leading dot, at most 150 characters with its extension kept.
 * Null when nothing is left of it.
 */
export function safeFileName(given: string): string | null {
  const clean = given
    .normalize('NFC')
    .replace(UNSAFE, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  if (clean === '') return null;
  const letters = [...clean];
  if (letters.length <= LONGEST) return clean;
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? '';
  return `${letters.slice(0, LONGEST - extension.length).join('')}${extension}`;
}

/** Content-Disposition of a download (RFC 6266): the name in ASCII for old clients, and whole in UTF-8. */
export function attachmentNamed(name: string): string {
  const ascii = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
