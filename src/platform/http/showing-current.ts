import { StaleVersion } from '../../kernel/errors.js';

/**
 * An edit made on an old version is refused with what stands now, as its reader sees it: beside what they sent, nobody loses what they typed.
 * @throws what `edit` throws
 */
export async function showingCurrent<Answer extends { readonly version: number }>(
  edit: Promise<Answer>,
  read: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await edit;
  } catch (error) {
    if (!(error instanceof StaleVersion)) throw error;
    const current = await read();
    throw new StaleVersion(current.version, current);
  }
}
